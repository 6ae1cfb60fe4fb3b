import type { BarSeries } from '../../domain/bar.js';
import { timedId } from '../../domain/event-id.js';
import type { Model, Prediction } from '../../domain/model.js';
import { invariant } from '../../domain/result.js';
import { latestLstmWindow, LSTM_FEATURE_COUNT, PREDICTION_BARS, WINDOW_BARS } from '../../engines/ml/lstm-features.js';
import { lastBarsOf } from '../../engines/signals/bar-window.js';
import { forecastPrice } from '../../engines/signals/forecast-price.js';
import type { PriceForecast } from '../../engines/signals/signal-source.js';
import type { LoadedModels } from './loaded-models.js';

export interface ForecastRequest {
  readonly window: BarSeries;
  /** Close time of the window's last bar. */
  readonly closeTime: number;
  /** Null while no model is in use. */
  readonly modelId: string | null;
}

/** What a price model said of a bar: as the signal sources read it, and as it is stored. */
export interface BarForecast {
  readonly model: Model;
  readonly forecast: PriceForecast;
  /** Null when the model answered no price. */
  readonly prediction: Prediction | null;
}

const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

/**
 * Predicts the bar after each window, in one batch a model.
 * @returns in the order of the requests; null where there is no model or the window is shorter than a prediction needs
 */
export async function forecastPrices(
  models: LoadedModels,
  requests: readonly ForecastRequest[],
): Promise<readonly (BarForecast | null)[]> {
  const forecasts: (BarForecast | null)[] = requests.map(() => null);
  for (const modelId of new Set(requests.map((request) => request.modelId))) {
    if (modelId === null) continue;
    const places: number[] = [];
    const inputs: Float32Array[] = [];
    for (const [place, request] of requests.entries()) {
      const input = request.modelId === modelId ? latestLstmWindow(lastBarsOf(request.window, PREDICTION_BARS)) : null;
      if (input === null) continue;
      places.push(place);
      inputs.push(input);
    }
    if (inputs.length === 0) continue;
    const model = await models.priceModel(modelId);
    const predicted = await models.predictor.predict(modelId, joined(inputs));
    invariant(predicted.length === places.length, `model ${modelId} answers once for each of ${places.length} windows`);
    for (const [index, place] of places.entries()) {
      const request = requests[place];
      const logReturn = predicted[index];
      if (request !== undefined && logReturn !== undefined) forecasts[place] = toForecast(model, request, logReturn);
    }
  }
  return forecasts;
}

function toForecast(model: Model, { window, closeTime }: ForecastRequest, predictedLogReturn: number): BarForecast {
  const inputs = lastBarsOf(window, WINDOW_BARS);
  const barTimestamp = inputs.timestamps.at(-1) ?? NaN;
  const currentPrice = inputs.closes.at(-1) ?? NaN;
  const predictedPrice = forecastPrice(currentPrice, predictedLogReturn);
  const { id: modelId, symbol, timeframe, skill, skillStandardError, heldOutCount } = model;
  const prediction =
    predictedPrice === null
      ? null
      : {
          id: timedId(barTimestamp, 'prediction', modelId, symbol, timeframe),
          modelId,
          symbol,
          timeframe,
          timestamp: closeTime,
          barTimestamp,
          currentPrice,
          predictedPrice,
          expectedChange: 100 * Math.expm1(predictedLogReturn),
          inputFrom: inputs.timestamps[0] ?? NaN,
          inputTo: barTimestamp,
        };
  return { model, forecast: { predictedLogReturn, skill, skillStandardError, heldOutCount }, prediction };
}

function joined(inputs: readonly Float32Array[]): Float32Array {
  const windows = new Float32Array(inputs.length * WINDOW_LENGTH);
  for (const [index, input] of inputs.entries()) windows.set(input, index * WINDOW_LENGTH);
  return windows;
}
