import { scratch } from './scratch.js';
import { selectSmallest } from './select-smallest.js';

/** Both ends of a distribution of returns; fractions. */
export interface ReturnTails {
  /** Quantile of 5 %, interpolated between the two returns beside it (NumPy's default, `linear`). */
  readonly lower: number;
  /** Mean of the floor(0.05 (n - 1)) + 1 lowest returns. */
  readonly lowerMean: number;
  /** Quantile of 95 %. */
  readonly upper: number;
}

const TAIL = 0.05;
/** A sorted sample of this many values says where the tails begin; a long series gets the larger one. */
const SMALL_SAMPLE = 48;
const LARGE_SAMPLE = 512;
const LARGE_COUNT = 16_384;

/**
 * The 5 % tails of the first `count` values. Only values beyond two thresholds, taken from a sample, are looked at
 * twice; when the sample misled, all of them are. The result is exact either way.
 * @param count 2 or more
 */
export function returnTails(values: Float64Array, count: number): ReturnTails {
  const position = TAIL * (count - 1);
  // The rank next to the position is needed for the interpolation.
  const wanted = Math.min(count, Math.floor(position) + 2);
  const lows = scratch(1, count);
  const highs = scratch(2, count);
  const [from, to] = tailThresholds(values, count);
  let lowCount = 0;
  let highCount = 0;
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    if (value <= from) {
      lows[lowCount] = value;
      lowCount += 1;
    }
    if (value >= to) {
      // Negated: the upper tail is the lower one of the mirrored returns.
      highs[highCount] = -value;
      highCount += 1;
    }
  }
  if (lowCount < wanted) {
    for (let i = 0; i < count; i += 1) lows[i] = values[i] as number;
    lowCount = count;
  }
  if (highCount < wanted) {
    for (let i = 0; i < count; i += 1) highs[i] = -(values[i] as number);
    highCount = count;
  }
  const low = tailOf(lows, lowCount, wanted, position);
  const high = tailOf(highs, highCount, wanted, position);
  return { lower: low.quantile, lowerMean: low.mean, upper: -high.quantile };
}

/** Where about 10 to 20 % of the values lie below, and above. */
function tailThresholds(values: Float64Array, count: number): readonly [number, number] {
  const size = count > LARGE_COUNT ? LARGE_SAMPLE : SMALL_SAMPLE;
  if (count < 2 * size) return [Infinity, -Infinity];
  const stride = Math.floor(count / size);
  const sample = scratch(1, count);
  // Sorted by insertion: for so few values it beats the call of a sort.
  for (let i = 0; i < size; i += 1) {
    const value = values[i * stride] as number;
    let j = i;
    while (j > 0 && (sample[j - 1] as number) > value) {
      sample[j] = sample[j - 1] as number;
      j -= 1;
    }
    sample[j] = value;
  }
  // Three and a half standard deviations of the sample's rank: one sample in a thousand misleads.
  const expected = TAIL * size;
  const rank = Math.ceil(expected + 3.5 * Math.sqrt(expected));
  return [sample[rank] as number, sample[size - 1 - rank] as number];
}

/** Quantile and mean of the lowest values: the largest two of the `wanted` smallest are the quantile's neighbours. */
function tailOf(
  values: Float64Array,
  count: number,
  wanted: number,
  position: number,
): { quantile: number; mean: number } {
  selectSmallest(values, count, wanted);
  let largest = -Infinity;
  let second = -Infinity;
  let sum = 0;
  for (let i = 0; i < wanted; i += 1) {
    const value = values[i] as number;
    sum += value;
    if (value > largest) {
      second = largest;
      largest = value;
    } else if (value > second) second = value;
  }
  const below = Math.floor(position);
  return { quantile: second + (position - below) * (largest - second), mean: (sum - largest) / (wanted - 1) };
}
