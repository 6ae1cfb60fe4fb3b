import { assertPeriod } from './period.js';
import { ValueWindow } from './value-window.js';

/**
 * Simple moving average: the mean of the last `period` values, itself included.
 *
 * Each value depends on its own window only, to the last bit, wherever the series starts.
 * @param values finite numbers, oldest first
 * @returns Float64Array of the same length; NaN at the first `period - 1` places
 * @throws RangeError for a period that is not a whole number >= 1
 */
export function sma(values: Float64Array, period: number): Float64Array {
  assertPeriod(period);
  const out = new Float64Array(values.length).fill(NaN);
  for (let end = period; end <= values.length; end += 1) {
    let sum = 0;
    for (let i = end - period; i < end; i += 1) sum += values[i] as number;
    out[end - 1] = sum / period;
  }
  return out;
}

/** Incremental {@link sma}: one value in, the average out; equal to the batch function bit for bit. */
export class IncrementalSma {
  private readonly window: ValueWindow;

  /** @throws RangeError for a period that is not a whole number >= 1. */
  constructor(period: number) {
    this.window = new ValueWindow(period);
  }

  /** @returns the average of the last `period` values, NaN until there are so many. */
  update(value: number): number {
    this.window.push(value);
    return this.window.mean();
  }
}
