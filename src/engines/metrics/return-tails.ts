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
/**
 * Standard deviations from the mean beyond which the tails are looked for, the likeliest first. Of a normal distribution
 * 10 % lie beyond 1.3 on each side; fat tails leave less there, and with none of them found all values are taken.
 */
const DISTANCES = [1.3, 0.6] as const;

/**
 * The 5 % tails of the first `count` values, exactly; mean and deviation only say where to look.
 * @param count 2 or more
 */
export function returnTails(values: Float64Array, count: number, mean: number, deviation: number): ReturnTails {
  const position = TAIL * (count - 1);
  // The rank next to the position is needed for the interpolation.
  const wanted = Math.min(count, Math.floor(position) + 2);
  const lows = scratch(1, count);
  const highs = scratch(2, count);
  for (const distance of DISTANCES) {
    const limit = distance * deviation;
    let lowCount = 0;
    let highCount = 0;
    for (let i = 0; i < count; i += 1) {
      const value = values[i] as number;
      const fromMean = value - mean;
      if (Math.abs(fromMean) < limit) continue;
      if (fromMean < 0) {
        lows[lowCount] = value;
        lowCount += 1;
      } else {
        // Negated: the upper tail is the lower one of the mirrored returns.
        highs[highCount] = -value;
        highCount += 1;
      }
    }
    if (lowCount >= wanted && highCount >= wanted) return makeTails(lows, lowCount, highs, highCount, wanted, position);
  }
  for (let i = 0; i < count; i += 1) {
    lows[i] = values[i] as number;
    highs[i] = -(values[i] as number);
  }
  return makeTails(lows, count, highs, count, wanted, position);
}

function makeTails(
  lows: Float64Array,
  lowCount: number,
  highs: Float64Array,
  highCount: number,
  wanted: number,
  position: number,
): ReturnTails {
  const low = tailOf(lows, lowCount, wanted, position);
  const high = tailOf(highs, highCount, wanted, position);
  return { lower: low.quantile, lowerMean: low.mean, upper: -high.quantile };
}

/** Quantile and mean of the lowest values: the largest two of the `wanted` smallest are the quantile's neighbours. */
function tailOf(values: Float64Array, count: number, wanted: number, position: number) {
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
