import type { BarColumns } from './bar-columns.js';
import type { SampleRange } from './chronological-split.js';
import { fitFeatureScaler, scaleFeatures, scaleTargets, type FeatureScaler } from './feature-scaler.js';
import { LOOKBACK_BARS, LSTM_FEATURE_COUNT, lstmWindows, PREDICTION_BARS } from './lstm-features.js';
import { trainLstm, type LstmEpoch, type LstmSamples, type TrainedLstm } from './lstm-training.js';
import type { LstmTrainingSettings } from './training-settings.js';

// Sample s: the window that ends at bar s + PREDICTION_BARS - 1, and the return from there to the next bar. It looks at
// the bars from s to s + PREDICTION_BARS.

/** A trained network, and the scaler that its training part gave. */
export interface FittedLstm extends TrainedLstm {
  readonly scaler: FeatureScaler;
}

/**
 * Learns the scaler on the training samples only, trains on them, and stops by the validation samples.
 * @param rows `lstmFeatureRows` of the bars
 * @param onEpoch called after each epoch
 * @throws RangeError when there are no samples or a setting is out of range
 */
export async function fitLstm(
  bars: BarColumns,
  rows: Float64Array,
  { training, validation }: { readonly training: SampleRange; readonly validation: SampleRange },
  settings: LstmTrainingSettings,
  onEpoch?: (epoch: LstmEpoch) => void,
): Promise<FittedLstm> {
  const firstRow = training.start + LOOKBACK_BARS - 1;
  const lastRow = training.end + PREDICTION_BARS - 2;
  const scaler = fitFeatureScaler(
    rows.slice(firstRow * LSTM_FEATURE_COUNT, (lastRow + 1) * LSTM_FEATURE_COUNT),
    LSTM_FEATURE_COUNT,
    nextReturns(bars, training),
  );
  const samples = (range: SampleRange) => scaledSamples(bars, rows, range, scaler);
  return { scaler, ...(await trainLstm(samples(training), samples(validation), settings, onEpoch)) };
}

/** Index of the last bar of each sample's window. */
export function lastBarsOf({ start, end }: SampleRange): Uint32Array {
  return Uint32Array.from({ length: end - start }, (_, i) => start + i + PREDICTION_BARS - 1);
}

/** Log returns from the last bar of each sample's window to the bar after it. */
export function nextReturns({ closes }: BarColumns, range: SampleRange): Float64Array {
  return Float64Array.from(lastBarsOf(range), (last) =>
    Math.log((closes[last + 1] as number) / (closes[last] as number)),
  );
}

function scaledSamples(bars: BarColumns, rows: Float64Array, range: SampleRange, scaler: FeatureScaler): LstmSamples {
  return {
    windows: scaleFeatures(lstmWindows(rows, lastBarsOf(range)), scaler),
    targets: scaleTargets(nextReturns(bars, range), scaler),
  };
}
