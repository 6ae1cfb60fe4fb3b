import type { Model } from '../../domain/model.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { PREDICTION_BARS } from '../../engines/ml/lstm-features.js';
import type { MlStore } from '../../ports/ml-store.js';
import { latestWindow, type ModelQuery, type ModelQueryRefusal } from './latest-window.js';
import type { LoadedModels } from './loaded-models.js';
import { forecastPrices } from './price-forecasts.js';

export interface PricePrediction {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Close time of the last bar it saw. */
  readonly timestamp: number;
  readonly currentPrice: number;
  /** Of the close of the bar after it, in the quote currency. */
  readonly predictedPrice: number;
  /** Percent. */
  readonly expectedChange: number;
  /** Open times of the first and last bar of the model's window. */
  readonly inputFrom: number;
  readonly inputTo: number;
  /** With its out-of-sample evidence. */
  readonly model: Model;
}

export interface ModelQueryOptions extends ModelQuery {
  readonly store: Pick<MlStore, 'readyModel'>;
  readonly models: LoadedModels;
}

/** Predicts the next close from the newest bars with the newest ready model. Stores nothing. */
export class PredictPrice {
  constructor(private readonly options: ModelQueryOptions) {}

  /** @param timeframe the symbol's tracked one when left out. Rejects when the predictor fails. */
  async execute(symbol: string, timeframe?: Timeframe): Promise<Result<PricePrediction, ModelQueryRefusal>> {
    const { store, models } = this.options;
    const latest = await latestWindow(this.options, symbol, timeframe, PREDICTION_BARS);
    if (!latest.ok) return latest;
    const { window, closeTime } = latest.value;
    const ready = await store.readyModel('LSTM', symbol, window.timeframe);
    if (ready === null) return err({ code: 'NO_MODEL', message: `symbol: no price model of ${symbol} is ready yet` });
    const [forecast] = await forecastPrices(models, [{ window, closeTime, modelId: ready.id }]);
    if (!forecast?.prediction) {
      return err({ code: 'NO_MODEL', message: `symbol: the price model of ${symbol} answered no price` });
    }
    const { timestamp, currentPrice, predictedPrice, expectedChange, inputFrom, inputTo } = forecast.prediction;
    return ok({
      symbol,
      timeframe: window.timeframe,
      timestamp,
      currentPrice,
      predictedPrice,
      expectedChange,
      inputFrom,
      inputTo,
      model: ready,
    });
  }
}
