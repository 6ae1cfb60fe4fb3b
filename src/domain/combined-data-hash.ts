import { createHash } from 'node:crypto';

/** One hash for the bars of a run: that of its only series, else of all hashes with their symbols. */
export function combinedDataHash(series: readonly { readonly symbol: string; readonly dataHash: string }[]): string {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) return only.dataHash;
  const hash = createHash('sha256');
  for (const each of series) hash.update(`${each.symbol}=${each.dataHash}\n`);
  return hash.digest('hex');
}
