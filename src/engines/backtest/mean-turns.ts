import { firstNumberIndex } from '../indicators/period.js';
import { windowMeansWithin } from '../indicators/windows/window-mean.js';
import { TurnFinder, type Mean } from './find-turns.js';
import type { Turns } from './known-crossing.js';

/** Bars that are looked at together. Rounding errors add up over so many at most. */
export const STRETCH = 4096;

/** Memory for the exact means of a stretch, used over and over. */
const firstMeans = new Float64Array(STRETCH);
const secondMeans = new Float64Array(STRETCH);

/**
 * Where one simple mean crosses another: the turns of the columns of both (`windowMeans`), at a quarter of what these
 * cost. A running difference says on which side they are, except where it is as small as its own error could be. There
 * (almost nowhere; or everywhere, in a flat market) the means themselves are looked at.
 * @param length bars of both
 */
export function findMeanTurns(first: Mean, second: Mean, length: number): Turns {
  const finder = new TurnFinder();
  const ready = Math.max(firstMeanIndex(first), firstMeanIndex(second));
  let largest = 0;
  for (let from = 0; from < length; from += STRETCH) {
    const to = Math.min(length, from + STRETCH);
    largest = Math.max(largest, largestSize(first.values, from, to));
    if (second.values !== first.values) largest = Math.max(largest, largestSize(second.values, from, to));
    if (from > ready) {
      const before = meanAt(first, from - 1) - meanAt(second, from - 1);
      if (finder.addMeans(first, second, from, to, before, errorBound(first, second, largest))) continue;
    }
    windowMeansWithin(first.values, first.period, from, to, firstMeans);
    windowMeansWithin(second.values, second.period, from, to, secondMeans);
    finder.add(firstMeans, secondMeans, from, to - from);
  }
  return finder.turns(length);
}

const firstMeanIndex = ({ values, period }: Mean): number => firstNumberIndex(values) + period - 1;

function meanAt({ values, period }: Mean, index: number): number {
  windowMeansWithin(values, period, index, index + 1, firstMeans);
  return firstMeans[0] as number;
}

/**
 * How far the running difference and that of the exact means may lie apart. In units of half an epsilon of the largest
 * value: 20 a step at most for its two additions and two products, each of them below twice that value; and 4 a value of a
 * period for the sums behind an exact mean. Rounded up generously: nothing but time depends on it.
 */
const errorBound = (first: Mean, second: Mean, largest: number): number =>
  Math.max(SMALLEST, largest * (Number.EPSILON / 2) * (32 * STRETCH + 16 * (first.period + second.period)));

/** The product of two differences above it is not 0. */
const SMALLEST = 1e-150;

/** Of the values [from, to), without their signs; those that are no numbers are passed over. */
function largestSize(values: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i += 1) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return largest;
}
