import { standardDeviation } from '../indicators/rolling-standard-deviation.js';
import { assertBarColumns, type BarColumns } from './bar-columns.js';

/** Bars before a bar that its features compare it with. */
export const FOREST_REFERENCE_BARS = 30;
/** Bars one row needs: its own, those before it, and one more for the first of their returns. */
export const FOREST_BARS = FOREST_REFERENCE_BARS + 2;
/** What a row of the forest holds, in this order. */
export const FOREST_FEATURES = ['log_return', 'return_to_volatility', 'range', 'log_volume_z'] as const;
export const FOREST_FEATURE_COUNT = FOREST_FEATURES.length;

/** Bound of the relative features: after a flat stretch any move is infinitely unusual, and one number must say so. */
const MAX_DEVIATIONS = 20;

/**
 * The isolation forest's features of each bar:
 * - log_return: ln(close / previous close)
 * - return_to_volatility: |log return| / standard deviation of the FOREST_REFERENCE_BARS returns before it, at most 20
 * - range: (high - low) / close
 * - log_volume_z: z-score of ln(1 + volume) against the FOREST_REFERENCE_BARS bars before it, within +-20
 *
 * A bar is compared with the bars before it, never with itself: a spike would hide in its own average. A row depends on
 * its FOREST_BARS last bars only, to the last bit, and never on a later one.
 * @returns Float64Array, row-major [bars, FOREST_FEATURE_COUNT]; NaN in the first FOREST_BARS - 1 rows
 * @throws RangeError for bars that are not valid
 */
export function forestFeatureRows(bars: BarColumns): Float64Array {
  assertBarColumns(bars);
  const { closes, highs, lows, volumes } = bars;
  const returns = closes.map((close, i) => (i === 0 ? 0 : Math.log(close / (closes[i - 1] as number))));
  const logVolumes = volumes.map((volume) => Math.log1p(volume));
  const rows = new Float64Array(closes.length * FOREST_FEATURE_COUNT).fill(NaN);
  for (let i = FOREST_BARS - 1; i < closes.length; i += 1) {
    const start = i - FOREST_REFERENCE_BARS;
    const at = i * FOREST_FEATURE_COUNT;
    const logReturn = returns[i] as number;
    rows[at] = logReturn;
    rows[at + 1] = inDeviations(Math.abs(logReturn), standardDeviation(returns, start, i));
    rows[at + 2] = ((highs[i] as number) - (lows[i] as number)) / (closes[i] as number);
    const volumeAboveMean = (logVolumes[i] as number) - mean(logVolumes, start, i);
    rows[at + 3] = inDeviations(volumeAboveMean, standardDeviation(logVolumes, start, i));
  }
  return rows;
}

/**
 * The row that an anomaly check of the last bar takes.
 * @param bars at least FOREST_BARS validated bars; more change nothing
 * @returns Float64Array [FOREST_FEATURE_COUNT], or null when there are too few bars
 * @throws RangeError for bars that are not valid
 */
export function latestForestRow(bars: BarColumns): Float64Array | null {
  const last = bars.closes.length - 1;
  if (last < FOREST_BARS - 1) return null;
  return forestFeatureRows(bars).slice(last * FOREST_FEATURE_COUNT);
}

function mean(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i += 1) sum += values[i] as number;
  return sum / (end - start);
}

function inDeviations(difference: number, deviation: number): number {
  // Below it, both are rounding: a flat stretch followed by an equal bar is not unusual.
  if (Math.abs(difference) < 1e-12) return 0;
  return Math.max(-MAX_DEVIATIONS, Math.min(MAX_DEVIATIONS, difference / deviation));
}
