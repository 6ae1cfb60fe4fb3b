import type { CurveSample } from '../../ports/backtest-runner.js';

/** Points of the sample that is stored: as many as a chart can show, and an answer may hold. */
export const SAMPLE_POINTS_MAX = 5_000;

/**
 * Indexes of at most `points` values that show a curve as it looks: the first and last, and of each stretch between
 * them the lowest and the highest, in order. All indexes where there are no more than `points`.
 * @param points 4 at least
 */
export function sampleIndexes(values: Float64Array, points: number): readonly number[] {
  const { length } = values;
  if (length <= points) return Array.from({ length }, (_, index) => index);
  const stretches = Math.floor((points - 2) / 2);
  const kept = new Set([0]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const start = 1 + Math.floor((stretch * (length - 2)) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * (length - 2)) / stretches);
    const { lowest, highest } = extremes(values, start, end);
    kept.add(Math.min(lowest, highest));
    kept.add(Math.max(lowest, highest));
  }
  kept.add(length - 1);
  return [...kept];
}

function extremes(values: Float64Array, start: number, end: number): { lowest: number; highest: number } {
  let lowest = start;
  let highest = start;
  for (let index = start + 1; index < end; index += 1) {
    if ((values[index] as number) < (values[lowest] as number)) lowest = index;
    if ((values[index] as number) > (values[highest] as number)) highest = index;
  }
  return { lowest, highest };
}

/**
 * Samples an equity curve with the drawdowns of the whole one.
 * @param startingEquity what the first peak is measured from, above 0
 */
export function sampleCurve(
  times: Float64Array,
  equity: Float64Array,
  startingEquity: number,
  points = SAMPLE_POINTS_MAX,
): CurveSample {
  const indexes = sampleIndexes(equity, points);
  const at = (column: Float64Array): Float64Array => Float64Array.from(indexes, (index) => column[index] as number);
  const drawdowns = new Float64Array(indexes.length);
  let peak = startingEquity;
  let next = 0;
  for (let index = 0; index < equity.length; index += 1) {
    const value = equity[index] as number;
    if (value > peak) peak = value;
    if (index !== indexes[next]) continue;
    drawdowns[next] = value / peak - 1;
    next += 1;
  }
  return { times: at(times), equity: at(equity), drawdowns };
}

/** A smaller sample of a sample. */
export function thinned(sample: CurveSample, points: number): CurveSample {
  const indexes = sampleIndexes(sample.equity, points);
  const at = (column: Float64Array): Float64Array => Float64Array.from(indexes, (index) => column[index] as number);
  return { times: at(sample.times), equity: at(sample.equity), drawdowns: at(sample.drawdowns) };
}
