export interface BlockLengths {
  /** Mean length of the blocks of the stationary bootstrap; may be below 1 for returns that alternate. */
  readonly stationary: number;
  /** Length of the blocks of the circular bootstrap, before rounding up. */
  readonly circular: number;
}

/**
 * Block lengths that make the bootstrap's estimate of a mean's variance best, from how far the series depends on its
 * own past.
 * @param values at least 9, finite (fewer have no autocorrelations to look at: both lengths are 1)
 * @see Politis and White, "Automatic Block-Length Selection for the Dependent Bootstrap", Econometric Reviews 23 (2004),
 *   with the correction by Patton, Politis and White, Econometric Reviews 28 (2009); band and lags as in arch 8.0
 */
export function automaticBlockLengths(values: Float64Array): BlockLengths {
  const count = values.length;
  if (count < 9) return { stationary: 1, circular: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const centered = values.map((value) => value - mean);
  const { covariances, bandwidth } = dependenceOf(centered);
  let slope = 0;
  let longRunVariance = covariances[0] as number;
  for (let lag = 1; lag <= bandwidth; lag += 1) {
    const covariance = covariances[lag] as number;
    const weight = flatTop(lag / bandwidth);
    slope += 2 * weight * lag * covariance;
    longRunVariance += 2 * weight * covariance;
  }
  // A constant series has no variance: any block is as good.
  if (longRunVariance === 0) return { stationary: 1, circular: 1 };
  const longest = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3));
  const lengthFor = (factor: number): number =>
    Math.min(longest, Math.cbrt(((2 * slope ** 2) / (factor * longRunVariance ** 2)) * count));
  return { stationary: lengthFor(2), circular: lengthFor(4 / 3) };
}

/** Lag window of Politis and Romano (1995): 1 up to a half, then falling to 0 at 1. */
const flatTop = (share: number): number => (share <= 0.5 ? 1 : 2 * (1 - share));

/**
 * Twice the lag after which `quietLags` autocorrelations in a row are within the band of noise, and the autocovariances
 * up to there. Stops as soon as it knows both: returns that depend on little need few of the sqrt(n) lags.
 */
function dependenceOf(centered: Float64Array): { readonly covariances: Float64Array; readonly bandwidth: number } {
  const count = centered.length;
  const quietLags = Math.max(5, Math.floor(Math.log10(count)));
  const lastLag = Math.min(Math.ceil(Math.sqrt(count)) + quietLags, count - 2);
  const band = 2 * Math.sqrt(Math.log10(count) / count);
  const covariances = new Float64Array(lastLag + 1);
  const energy = centered.reduce((sum, value) => sum + value * value, 0);
  let energyOfHead = 0;
  let energyOfTail = 0;
  let quiet = 0;
  let bandwidth: number | null = null;
  for (let lag = 0; lag <= (bandwidth ?? lastLag); lag += 1) {
    // Lags lag - quietLags to lag - 1 were quiet: the dependence ends before them.
    if (bandwidth === null && quiet >= quietLags) bandwidth = Math.min(2 * Math.max(lag - quietLags, 1), lastLag);
    let product = 0;
    for (let i = lag; i < count; i += 1) product += (centered[i] as number) * (centered[i - lag] as number);
    covariances[lag] = product / count;
    // Of the values from lag + 1 on, and of those up to as far from the end.
    energyOfHead += (centered[lag] as number) ** 2;
    energyOfTail += (centered[count - 1 - lag] as number) ** 2;
    const scale = Math.sqrt((energy - energyOfHead) * (energy - energyOfTail));
    quiet = Math.abs(product) < band * scale ? quiet + 1 : 0;
  }
  return { covariances, bandwidth: bandwidth ?? lastLag };
}
