import { describe, expect, it } from 'vitest';
import type { RunResults } from '../../ports/search-runner.js';
import { UsageError } from '../backtest/usage-error.js';
import { readSearchFlags, type OptimizeFlags } from './options.js';
import { TriedSets } from './tried-sets.js';

const read = (flags: Partial<OptimizeFlags>) =>
  readSearchFlags({ ranges: '{"fast":"5:10"}', best: '10', objective: 'sharpe', ...flags } as OptimizeFlags, 3);

describe('the options of an optimization', () => {
  it('are ranges with and without a step, or lists of values, over a grid or at random', () => {
    expect(read({ ranges: '{"fast":"5:10","slow":"20:60:-10","direction":["long","both"]}' })).toEqual({
      ranges: {
        fast: { kind: 'STEPS', from: 5, to: 10, step: null },
        slow: { kind: 'STEPS', from: 20, to: 60, step: -10 },
        direction: { kind: 'VALUES', values: ['long', 'both'] },
      },
      method: { kind: 'GRID' },
      best: 10,
    });
    expect(read({ random: '20' }).method).toEqual({ kind: 'RANDOM', samples: 20, seed: 3 });
  });

  it.each([
    ['no ranges', { ranges: undefined }, '--ranges is missing'],
    ['ranges that are no JSON', { ranges: '{fast}' }, '--ranges: {fast} is no JSON'],
    ['ranges that are a list', { ranges: '[1]' }, '--ranges: [1] is no object'],
    ['one end', { ranges: '{"fast":"5"}' }, '--ranges: fast: "5" is neither'],
    ['four parts', { ranges: '{"fast":"1:2:3:4"}' }, '--ranges: fast: "1:2:3:4" is neither'],
    ['an empty part', { ranges: '{"fast":"1::2"}' }, '--ranges: fast: "1::2" is neither'],
    ['no values', { ranges: '{"fast":[]}' }, '--ranges: fast: [] is neither'],
    ['a list of lists', { ranges: '{"fast":[[1]]}' }, '--ranges: fast: [[1]] is neither'],
    ['no samples', { random: '0' }, '--random: "0" is not a whole number from 1 to 100000'],
    ['half of the best', { best: '0.5' }, '--best: "0.5" is not a whole number from 1 to 1000'],
  ])('are refused for %s, naming the option', (_what, flags, message) => {
    expect(() => read(flags)).toThrow(message);
    expect(() => read(flags)).toThrow(UsageError);
  });
});

const results = (runIndexes: readonly number[], scores: readonly number[]): RunResults => ({
  runIndexes,
  windowIndexes: runIndexes.map(() => null),
  params: runIndexes.map((fast) => JSON.stringify({ fast })),
  scores,
  sharpes: scores,
  totalReturnsPct: scores,
  maxDrawdownsPct: scores,
  roundTripCounts: scores,
  errors: runIndexes.map((index) => (index === 3 ? 'it threw' : null)),
  trialDigests: runIndexes.map(String),
});

describe('the sets that were tried', () => {
  it('are the best first, whatever the order they came in; one without a score is none of them', () => {
    const tried = new TriedSets(5);
    tried.take(results([4, 2], [1, 3]));
    tried.take(results([0, 1, 3], [1, 2, NaN]));
    const fastest = (direction: 'MAXIMIZE' | 'MINIMIZE', count = 9) =>
      tried.best(count, direction).map(({ params }) => params['fast']);
    expect(fastest('MAXIMIZE')).toEqual([2, 1, 0, 4]);
    expect(fastest('MINIMIZE', 2)).toEqual([0, 4]);
    expect([...tried.scores]).toEqual([1, 2, 3, NaN, 1]);
    expect(tried).toMatchObject({ doneCount: 5, failedCount: 1, firstError: 'it threw' });
  });
});
