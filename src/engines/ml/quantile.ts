/**
 * Quantile with linear interpolation between the closest ranks, as numpy's default (`np.percentile(values, 100 * share)`).
 * @param values finite, at least one, in any order (not changed)
 * @param share in [0, 1]
 * @throws RangeError for no values or a share out of range
 */
export function quantile(values: Float64Array, share: number): number {
  if (values.length === 0 || !(share >= 0 && share <= 1)) {
    throw new RangeError(`No quantile ${share} of ${values.length} values`);
  }
  const sorted = values.toSorted();
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (rank - below);
}
