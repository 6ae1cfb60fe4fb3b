import { createHash } from 'node:crypto';
import type { BarSeries } from '../../domain/bar.js';
import { BAR_SERIES_COLUMNS } from '../../domain/bar-columns.js';

/**
 * sha256, hexadecimal, over the columns of a series as little-endian float64, one after the other in the order of
 * BAR_SERIES_COLUMNS. Symbol and timeframe are not in it. A million bars take a quarter of a second.
 */
export function dataHash(series: BarSeries): string {
  const hash = createHash('sha256');
  for (const name of BAR_SERIES_COLUMNS) hash.update(bytesOf(series[name]));
  return hash.digest('hex');
}

export { combinedDataHash } from '../../domain/combined-data-hash.js';

export function bytesOf(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
