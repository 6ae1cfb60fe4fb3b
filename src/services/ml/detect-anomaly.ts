import type { AnomalySeverity, AnomalyType } from '../../domain/anomaly.js';
import type { Model } from '../../domain/model.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { FOREST_BARS } from '../../engines/ml/forest-features.js';
import { checkForAnomaly } from './anomaly-check.js';
import { latestWindow, type ModelQueryRefusal } from './latest-window.js';
import type { ModelQueryOptions } from './predict-price.js';

export interface AnomalyCheck {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Close time of the bar that was checked, and its open time. */
  readonly timestamp: number;
  readonly barTimestamp: number;
  readonly isAnomaly: boolean;
  /** scikit-learn's decision_function: below 0 is anomalous. */
  readonly anomalyScore: number;
  /** scikit-learn's score_samples: -1 to 0. */
  readonly rawScore: number;
  /** These three are null when the bar is not anomalous. */
  readonly type: AnomalyType | null;
  readonly severity: AnomalySeverity | null;
  readonly description: string | null;
  readonly model: Model;
}

/** Checks the newest bar of a symbol with the newest ready forest. Stores nothing. */
export class DetectAnomaly {
  constructor(private readonly options: ModelQueryOptions) {}

  /** @param timeframe the symbol's tracked one when left out */
  async execute(symbol: string, timeframe?: Timeframe): Promise<Result<AnomalyCheck, ModelQueryRefusal>> {
    const { store, models } = this.options;
    const latest = await latestWindow(this.options, symbol, timeframe, FOREST_BARS);
    if (!latest.ok) return latest;
    const { window, closeTime } = latest.value;
    const ready = await store.readyModel('ISOLATION_FOREST', symbol, window.timeframe);
    const check = ready === null ? null : checkForAnomaly(await models.forest(ready.id), window);
    if (ready === null || check === null) {
      return err({ code: 'NO_MODEL', message: `symbol: no anomaly model of ${symbol} is ready yet` });
    }
    const { anomalyScore, rawScore, kind } = check;
    return ok({
      symbol,
      timeframe: window.timeframe,
      timestamp: closeTime,
      barTimestamp: window.timestamps.at(-1) ?? NaN,
      isAnomaly: kind !== null,
      anomalyScore,
      rawScore,
      type: kind?.type ?? null,
      severity: kind?.severity ?? null,
      description: kind?.description ?? null,
      model: ready,
    });
  }
}
