import { assertPeriod } from './period.js';

/**
 * Exponential moving average with smoothing 2 / (period + 1).
 *
 * Seeded with the simple average of the first `period` values, as Stock.Indicators does (tulip seeds with the first
 * value alone, and so differs for some hundred bars). The first value therefore stands at index `period - 1`.
 * @param values finite numbers, oldest first
 * @returns Float64Array of the same length; NaN at the first `period - 1` places
 * @throws RangeError for a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function ema(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  if (values.length < period) return out;
  let sum = 0;
  for (let i = 0; i < period; i += 1) sum += values[i] as number;
  let average = sum / period;
  out[period - 1] = average;
  const smoothing = 2 / (period + 1);
  for (let i = period; i < values.length; i += 1) {
    average += smoothing * ((values[i] as number) - average);
    out[i] = average;
  }
  return out;
}

/** Incremental {@link ema}, with the same seed; equal to the batch function bit for bit. */
export class IncrementalEma {
  private readonly period: number;
  private readonly smoothing: number;
  private seedCount = 0;
  private seedSum = 0;
  private average = NaN;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    assertPeriod(period);
    this.period = period;
    this.smoothing = 2 / (period + 1);
  }

  /** @returns the average after this value, NaN until `period` values were seen. */
  update(value: number): number {
    if (this.seedCount === this.period) {
      this.average += this.smoothing * (value - this.average);
      return this.average;
    }
    this.seedCount += 1;
    this.seedSum += value;
    if (this.seedCount === this.period) this.average = this.seedSum / this.period;
    return this.average;
  }
}
