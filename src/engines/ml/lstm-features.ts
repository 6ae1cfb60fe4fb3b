import { standardDeviation } from '../indicators/rolling-standard-deviation.js';
import { assertBarColumns, type BarColumns } from './bar-columns.js';

/** Feature rows in one window of the LSTM. */
export const WINDOW_BARS = 30;
/** Bars one feature row looks at, its own bar included. */
export const LOOKBACK_BARS = 30;
/** Bars a prediction needs: those of its window and those the window's first row looks back at. */
export const PREDICTION_BARS = WINDOW_BARS + LOOKBACK_BARS - 1;
/** What a row of the LSTM holds, in this order. A change of one of them is a new version of the stored model. */
export const LSTM_FEATURES = ['log_return', 'range', 'close_position', 'log_volume_z', 'ema_distance'] as const;
export const LSTM_FEATURE_COUNT = LSTM_FEATURES.length;

const EMA_SPAN = 10;
const EMA_WEIGHTS = normalizedEmaWeights();

/**
 * The LSTM's features of each bar, unscaled, all stationary (no price or volume level):
 * - log_return: ln(close / previous close)
 * - range: (high - low) / close
 * - close_position: (close - low) / (high - low) - 0.5, in [-0.5, 0.5]; 0 when high = low
 * - log_volume_z: z-score of ln(1 + volume) among the last LOOKBACK_BARS bars; 0 when they are all equal
 * - ema_distance: ln(close / EMA), the EMA of span 10 cut off after LOOKBACK_BARS bars and its weights normalized
 *
 * A row depends on its LOOKBACK_BARS last bars only, to the last bit (hence the cut-off EMA): live, backtest and
 * training see the same row however much history each of them loaded. It never looks at a later bar.
 * @returns Float64Array, row-major [bars, LSTM_FEATURE_COUNT]; NaN in the first LOOKBACK_BARS - 1 rows
 * @throws RangeError for bars that are not valid
 */
export function lstmFeatureRows(bars: BarColumns): Float64Array {
  assertBarColumns(bars);
  const { closes, highs, lows, volumes } = bars;
  const logVolumes = volumes.map((volume) => Math.log1p(volume));
  const rows = new Float64Array(closes.length * LSTM_FEATURE_COUNT).fill(NaN);
  for (let i = LOOKBACK_BARS - 1; i < closes.length; i += 1) {
    const close = closes[i] as number;
    const spread = (highs[i] as number) - (lows[i] as number);
    const at = i * LSTM_FEATURE_COUNT;
    rows[at] = Math.log(close / (closes[i - 1] as number));
    rows[at + 1] = spread / close;
    rows[at + 2] = spread > 0 ? (close - (lows[i] as number)) / spread - 0.5 : 0;
    rows[at + 3] = zScoreOfLast(logVolumes, i);
    rows[at + 4] = Math.log(close / cutOffEma(closes, i));
  }
  return rows;
}

/**
 * Gathers windows of consecutive feature rows.
 * @param rows row-major [bars, LSTM_FEATURE_COUNT] of {@link lstmFeatureRows}
 * @param lastBars index of the last bar of each window, each at least PREDICTION_BARS - 1
 * @returns Float32Array, row-major [lastBars.length, WINDOW_BARS, LSTM_FEATURE_COUNT], unscaled
 * @throws RangeError when a window would reach before the first row or behind the last one
 */
export function lstmWindows(rows: Float64Array, lastBars: ArrayLike<number>): Float32Array {
  const windowLength = WINDOW_BARS * LSTM_FEATURE_COUNT;
  const barCount = rows.length / LSTM_FEATURE_COUNT;
  const windows = new Float32Array(lastBars.length * windowLength);
  for (let i = 0; i < lastBars.length; i += 1) {
    const last = lastBars[i] as number;
    if (!(last >= PREDICTION_BARS - 1 && last < barCount)) {
      throw new RangeError(`No window ends at bar ${last}: it needs ${PREDICTION_BARS} bars out of ${barCount}`);
    }
    const end = (last + 1) * LSTM_FEATURE_COUNT;
    windows.set(rows.subarray(end - windowLength, end), i * windowLength);
  }
  return windows;
}

/**
 * The window that a prediction from the last bar takes, unscaled (the model scales it).
 * @param bars at least PREDICTION_BARS validated bars; more change nothing
 * @returns Float32Array, row-major [WINDOW_BARS, LSTM_FEATURE_COUNT], or null when there are too few bars
 * @throws RangeError for bars that are not valid
 */
export function latestLstmWindow(bars: BarColumns): Float32Array | null {
  const last = bars.closes.length - 1;
  if (last < PREDICTION_BARS - 1) return null;
  return lstmWindows(lstmFeatureRows(bars), [last]);
}

function zScoreOfLast(values: Float64Array, last: number): number {
  const start = last - LOOKBACK_BARS + 1;
  const deviation = standardDeviation(values, start, last + 1);
  let sum = 0;
  for (let i = start; i <= last; i += 1) sum += values[i] as number;
  // A spread that is only rounding (all values equal but for their last digits) is no spread.
  return deviation > 1e-12 ? ((values[last] as number) - sum / LOOKBACK_BARS) / deviation : 0;
}

function cutOffEma(closes: Float64Array, last: number): number {
  let sum = 0;
  for (let age = 0; age < LOOKBACK_BARS; age += 1) {
    sum += (EMA_WEIGHTS[age] as number) * (closes[last - age] as number);
  }
  return sum;
}

/** Weight of a close by its age in bars: the EMA's geometric weights, made to sum to 1. */
function normalizedEmaWeights(): Float64Array {
  const decay = 1 - 2 / (EMA_SPAN + 1);
  const weights = Float64Array.from({ length: LOOKBACK_BARS }, (_, age) => decay ** age);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
