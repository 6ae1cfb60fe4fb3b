/** Buying the benchmark at the first close and holding it. */
export interface BenchmarkReturns {
  /** One a period, as fractions. */
  readonly returns: Float64Array;
  readonly mean: number;
  /** Sum of the squared distances from the mean. */
  readonly squares: number;
  /** From the first close to the last, as a fraction. */
  readonly totalReturn: number;
}

/**
 * Returns of the benchmark over a run's periods; null when a close is not above 0.
 * @throws RangeError when there is not one close an instant
 */
export function benchmarkReturns(
  closes: Float64Array,
  instantCount: number,
  periodEnds: Int32Array,
): BenchmarkReturns | null {
  if (closes.length !== instantCount) {
    throw new RangeError(`${closes.length} closes of the benchmark for ${instantCount} instants`);
  }
  for (let i = 0; i < instantCount; i += 1) {
    const close = closes[i] as number;
    if (!(close > 0 && close < Infinity)) return null;
  }
  const first = closes[0] as number;
  const count = periodEnds.length;
  const returns = new Float64Array(count);
  let previous = first;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const close = closes[periodEnds[i] as number] as number;
    const value = close / previous - 1;
    returns[i] = value;
    sum += value;
    previous = close;
  }
  const mean = count > 0 ? sum / count : 0;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    const distance = (returns[i] as number) - mean;
    squares += distance * distance;
  }
  return { returns, mean, squares, totalReturn: (closes[instantCount - 1] as number) / first - 1 };
}

/**
 * A symbol's last known close at each instant of a run (NaN before its first bar): the benchmark of a run whose
 * instants are not all its own.
 * @param times instants of the run; `timestamps` open times of the symbol's bars; both epoch milliseconds, ascending
 */
export function alignCloses(times: Float64Array, timestamps: Float64Array, closes: Float64Array): Float64Array {
  const aligned = new Float64Array(times.length);
  let next = 0;
  let last = NaN;
  for (let i = 0; i < times.length; i += 1) {
    const time = times[i] as number;
    while (next < timestamps.length && (timestamps[next] as number) <= time) {
      last = closes[next] as number;
      next += 1;
    }
    aligned[i] = last;
  }
  return aligned;
}
