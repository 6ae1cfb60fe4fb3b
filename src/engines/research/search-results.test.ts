import { describe, expect, it } from 'vitest';
import { heatMap } from './heat-map.js';
import { nearbySets, neighbourIndexes } from './parameter-neighbourhood.js';
import { parameterStability, stabilityCautions } from './parameter-stability.js';
import { bestIndex, bestIndexes } from './ranking.js';
import { planSearch, type SearchedStrategy, type SearchPlan, type SearchRequest } from './search-plan.js';

const strategy: SearchedStrategy = {
  parameters: {
    fast: { kind: 'INTEGER', description: '', default: 10, min: 1, max: 50 },
    slow: { kind: 'INTEGER', description: '', default: 30, min: 2, max: 60 },
    stop: { kind: 'NUMBER', description: '', default: 5, min: 0, max: 20 },
    direction: { kind: 'CHOICE', description: '', default: 'long', choices: ['long', 'both'] },
  },
  checkTogether: (values) => (Number(values['fast']) < Number(values['slow']) ? null : 'fast must be below slow'),
};
const steps = (from: number, to: number, step: number | null) => ({ kind: 'STEPS', from, to, step }) as const;
const both = { kind: 'VALUES', values: ['long', 'both'] } as const;

function planned(request: SearchRequest): SearchPlan {
  const plan = planSearch(strategy, request);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}
const grid = planned({
  kind: 'GRID',
  ranges: { fast: steps(10, 30, 10), slow: steps(20, 40, 10), direction: both },
  fixed: {},
});
const scoresBy = (plan: SearchPlan, score: (values: ReturnType<SearchPlan['at']>) => number): Float64Array =>
  Float64Array.from({ length: plan.length }, (_, index) => score(plan.at(index)));

describe('the best of a search', () => {
  it('is the first of the highest or the lowest scores, never an undefined one', () => {
    const scores = Float64Array.of(NaN, 2, -1, 2, NaN);
    expect(bestIndex(scores, 'MAXIMIZE')).toBe(1);
    expect(bestIndex(scores, 'MINIMIZE')).toBe(2);
    expect(bestIndex(Float64Array.of(NaN), 'MAXIMIZE')).toBeNull();
    expect(bestIndexes(scores, 'MAXIMIZE', 10)).toEqual([1, 3, 2]);
  });
});

describe('a heat map', () => {
  const scores = scoresBy(
    grid,
    (set) => Number(set['slow']) - Number(set['fast']) + (set['direction'] === 'both' ? 1 : 0),
  );
  const axes = { xParameter: 'fast', yParameter: 'slow' };

  it('shows the best or the mean over the other parameters, and null where the strategy refuses', () => {
    expect(heatMap(grid, scores, axes, 'BEST', 'MAXIMIZE').rows).toEqual([
      [11, null, null],
      [21, 11, null],
      [31, 21, 11],
    ]);
    expect(heatMap(grid, scores, axes, 'BEST', 'MINIMIZE').rows[2]).toEqual([30, 20, 10]);
    const map = heatMap(grid, scores, axes, 'MEAN', 'MAXIMIZE');
    expect(map.rows[2]).toEqual([30.5, 20.5, 10.5]);
    expect(map.counts[0]).toEqual([2, 0, 0]);
    expect(map.x).toEqual({ parameter: 'fast', values: [10, 20, 30] });
  });

  it('leaves out what has no score yet', () => {
    const partial = scores.map((score, index) => (index === 0 ? score : NaN));
    const map = heatMap(grid, partial, axes, 'MEAN', 'MAXIMIZE');
    expect(map.counts.flat().reduce((sum, count) => sum + count)).toBe(1);
  });

  it('cuts an interval into equal parts', () => {
    const drawn = planned({
      kind: 'RANDOM',
      ranges: { fast: steps(1, 50, null), stop: steps(0, 20, null) },
      fixed: { slow: 60 },
      samples: 500,
      seed: 4,
    });
    const map = heatMap(
      drawn,
      scoresBy(drawn, (set) => Number(set['stop'])),
      { xParameter: 'stop', yParameter: 'fast' },
      'MEAN',
      'MAXIMIZE',
    );
    expect(map.x.values[0]).toBe(0.5);
    expect(map.x.values).toHaveLength(20);
    for (const row of map.rows) {
      row.forEach((mean, part) => {
        if (mean !== null) expect(Math.abs(mean - Number(map.x.values[part]))).toBeLessThanOrEqual(0.5);
      });
    }
  });

  it('refuses a parameter that the search does not vary', () => {
    expect(() => heatMap(grid, scores, { xParameter: 'stop', yParameter: 'slow' }, 'MEAN', 'MAXIMIZE')).toThrow(
      'stop is not varied by this search; it varies: fast, slow, direction',
    );
  });
});

const indexOf = (fast: number, slow: number, direction: string): number =>
  Array.from({ length: grid.length }, (_, index) => grid.at(index)).findIndex(
    (set) => set['fast'] === fast && set['slow'] === slow && set['direction'] === direction,
  );

describe('the neighbourhood of a set', () => {
  it('in a search is what lies one step away in any numeric parameter', () => {
    const neighbours = neighbourIndexes(grid, indexOf(20, 30, 'both')).map((index) => grid.at(index));
    expect(neighbours.map((set) => [set['fast'], set['slow'], set['direction']])).toEqual([
      [10, 20, 'both'],
      [10, 30, 'both'],
      [10, 40, 'both'],
      [20, 40, 'both'],
      [30, 40, 'both'],
    ]);
  });

  it('without a search is each number a tenth lower and higher, within its range and as far as it fits', () => {
    const sets = nearbySets(strategy, { fast: 28, slow: 30, stop: 20, direction: 'long' });
    expect(sets.map((set) => [set['fast'], set['slow'], set['stop']])).toEqual([
      [25, 30, 20],
      [28, 33, 20],
      [28, 30, 18],
    ]);
  });

  it('that loses most of the score is warned of, with the figures', () => {
    const stability = parameterStability(2, Float64Array.of(0.4, 0.1, NaN, 0.6), 'MAXIMIZE');
    expect(stability).toEqual({ chosenScore: 2, neighbourCount: 3, medianScore: 0.4, worstScore: 0.1, keptShare: 0.2 });
    const [caution] = stabilityCautions(stability);
    expect(caution).toMatchObject({ code: 'UNSTABLE_PARAMETERS', values: { keptShare: 0.2, limit: 0.5 } });
    expect(caution?.message).toContain('2.00 falls to 0.40 for the median of 3 sets');
  });

  it('that keeps the score is not, and one of a single set says nothing', () => {
    expect(stabilityCautions(parameterStability(2, Float64Array.of(1.8, 1.9, 1.5), 'MAXIMIZE'))).toEqual([]);
    expect(stabilityCautions(parameterStability(10, Float64Array.of(11, 12), 'MINIMIZE'))).toEqual([]);
    expect(stabilityCautions(parameterStability(10, Float64Array.of(31, 40), 'MINIMIZE'))).toHaveLength(1);
    expect(parameterStability(2, Float64Array.of(0.1), 'MAXIMIZE')).toBeNull();
    expect(parameterStability(NaN, Float64Array.of(1, 2), 'MAXIMIZE')).toBeNull();
  });
});
