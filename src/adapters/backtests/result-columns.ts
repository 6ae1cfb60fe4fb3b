import type { BacktestResult } from '../../ports/backtest-runner.js';

/** The memory of all columns of a result, each buffer once: what goes over when it is given to another thread. */
export function buffersOfResult({ times, equity, sample, roundTrips }: BacktestResult): ArrayBuffer[] {
  const columns = [times, equity, ...Object.values(sample), ...Object.values(roundTrips)];
  const buffers = columns.flatMap((column) => (column instanceof Float64Array ? [column.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}
