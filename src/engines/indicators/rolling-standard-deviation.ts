import { assertPeriod } from './period.js';

/**
 * Standard deviation of the last `period` values, with divisor `period` (population, as Stock.Indicators).
 *
 * Two passes over each window (mean, then squares), so a large level with a small spread keeps its digits.
 * @param values finite numbers, oldest first
 * @returns Float64Array of the same length, in the values' unit; NaN at the first `period - 1` places
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function rollingStandardDeviation(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  for (let end = period; end <= values.length; end += 1) {
    out[end - 1] = standardDeviation(values, end - period, end);
  }
  return out;
}

/** Population standard deviation of values[start, end), in their unit; NaN when the range is empty. */
export function standardDeviation(values: Float64Array, start = 0, end = values.length): number {
  const count = end - start;
  if (count <= 0) return NaN;
  let sum = 0;
  for (let i = start; i < end; i += 1) sum += values[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = start; i < end; i += 1) {
    const deviation = (values[i] as number) - mean;
    squares += deviation * deviation;
  }
  return Math.sqrt(squares / count);
}
