import type { BarSeries } from '../../domain/bar.js';
import { FOREST_BARS, latestForestRow } from '../../engines/ml/forest-features.js';
import { anomalyKind, barSurprise, type AnomalyKind } from '../../engines/signals/anomaly-kind.js';
import { lastBarsOf } from '../../engines/signals/bar-window.js';
import type { LoadedForest } from './loaded-models.js';

export interface BarAnomalyCheck {
  /** scikit-learn's decision_function: below 0 is anomalous. */
  readonly anomalyScore: number;
  /** scikit-learn's score_samples: -1 to 0. */
  readonly rawScore: number;
  /** Null when the bar is not anomalous. */
  readonly kind: AnomalyKind | null;
}

/** Scores the last bar of a window; null for fewer than FOREST_BARS bars. */
export function checkForAnomaly({ forest }: LoadedForest, window: BarSeries): BarAnomalyCheck | null {
  const seen = lastBarsOf(window, FOREST_BARS);
  const row = latestForestRow(seen);
  const surprise = barSurprise(seen);
  if (row === null || surprise === null) return null;
  const rawScore = forest.scoreSamples(row)[0] ?? NaN;
  const anomalyScore = forest.decisionFunction(row)[0] ?? NaN;
  return { anomalyScore, rawScore, kind: anomalyScore < 0 ? anomalyKind(surprise, anomalyScore) : null };
}
