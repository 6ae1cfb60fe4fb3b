/** A figure over many paths, with what was observed. */
export interface Distribution {
  /** The figure of the run itself. */
  readonly observed: number;
  readonly mean: number;
  readonly p1: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
}

/** @param values one a path, finite, at least one; not changed */
export function distributionOf(values: Float64Array, observed: number): Distribution {
  const sorted = values.toSorted();
  const [p1, p5, p25, p50, p75, p95, p99] = sharesOf(sorted, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { observed, mean, p1, p5, p25, p50, p75, p95, p99 };
}

/**
 * Quantiles with linear interpolation between the closest ranks, as numpy's default.
 * @param sorted ascending, at least one value
 * @param shares in [0, 1]
 */
export function sharesOf(sorted: Float64Array, shares: readonly number[]): number[] {
  return shares.map((share) => {
    const rank = share * (sorted.length - 1);
    const below = Math.floor(rank);
    const low = sorted[below] as number;
    return low + ((sorted[Math.min(below + 1, sorted.length - 1)] as number) - low) * (rank - below);
  });
}
