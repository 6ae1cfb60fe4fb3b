import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterKey } from './parameter-set.js';
import { planSearch, type SearchedStrategy, type SearchRequest } from './search-plan.js';

const cross: SearchedStrategy = {
  parameters: {
    fast: { kind: 'INTEGER', description: '', default: 10, min: 1, max: 100 },
    slow: { kind: 'INTEGER', description: '', default: 20, min: 2, max: 200 },
    stopPct: { kind: 'NUMBER', description: '', default: 5, min: 0, max: 50 },
    direction: { kind: 'CHOICE', description: '', default: 'long', choices: ['long', 'both'] },
  },
  checkTogether: (values) => (Number(values['fast']) < Number(values['slow']) ? null : 'fast must be below slow'),
};
const steps = (from: number, to: number, step: number | null) => ({ kind: 'STEPS', from, to, step }) as const;
const grid = (ranges: SearchRequest['ranges'], fixed = {}): SearchRequest => ({ kind: 'GRID', ranges, fixed });
const planned = (request: SearchRequest, maxSets?: number) => {
  const plan = planSearch(cross, request, maxSets);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
};
const refusal = (request: SearchRequest, maxSets?: number) => {
  const plan = planSearch(cross, request, maxSets);
  if (plan.ok) throw new Error('was not refused');
  return plan.error;
};

describe('a grid', () => {
  it('lists every set that fits once, with the other parameters at what was fixed or at their default', () => {
    const plan = planned(grid({ fast: steps(5, 15, 5), slow: steps(10, 20, 5) }, { stopPct: 3 }));
    const sets = Array.from({ length: plan.length }, (_, index) => plan.at(index));
    expect(sets.map((set) => [set['fast'], set['slow']])).toEqual([
      [5, 10],
      [5, 15],
      [5, 20],
      [10, 15],
      [10, 20],
      [15, 20],
    ]);
    expect(plan.unfitCount).toBe(3);
    expect(sets[0]).toEqual({ fast: 5, slow: 10, stopPct: 3, direction: 'long' });
    expect(() => plan.at(6)).toThrow('set 6 of 6');
  });

  it('steps through decimals without the dirt of float sums, and reaches the end of the range', () => {
    const plan = planned(grid({ stopPct: steps(0.1, 0.7, 0.1) }));
    expect(plan.axes[0]).toMatchObject({ values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] });
  });

  it('is refused above the limit, and says how many sets it would have', () => {
    const error = refusal(grid({ fast: steps(1, 100, 1), slow: steps(2, 200, 1) }), 10_000);
    expect(error.code).toBe('TOO_MANY_SETS');
    expect(error.message).toContain('19900 sets (fast 100 x slow 199); at most 10000');
  });

  it.each([
    [grid({ quick: steps(1, 2, 1) }), 'UNKNOWN_PARAMETER', 'quick is not a parameter'],
    [grid({ fast: steps(0, 5, 1) }), 'PARAMETER_OUT_OF_RANGE', 'fast: 0 is not a whole number from 1 to 100'],
    [grid({ fast: steps(1, 5, 0.5) }), 'PARAMETER_OUT_OF_RANGE', 'fast: 1.5'],
    [grid({ fast: steps(5, 1, 1) }), 'BAD_RANGE', 'from 5 to 1 is empty'],
    [grid({ fast: steps(1, 5, 0) }), 'BAD_RANGE', 'step 0'],
    [grid({ stopPct: steps(1, 5, null) }), 'BAD_RANGE', 'needs a step'],
    [grid({ direction: steps(1, 5, 1) }), 'BAD_RANGE', 'give the values'],
    [grid({ direction: { kind: 'VALUES', values: ['short'] } }), 'PARAMETER_OUT_OF_RANGE', 'none of long, both'],
    [grid({ direction: { kind: 'VALUES', values: [] } }), 'BAD_RANGE', 'no values'],
    [grid({ stopPct: steps(0, 50, 1e-6) }), 'BAD_RANGE', '50000001 values'],
    [grid({}), 'NO_RANGES', 'at least one'],
    [grid({ fast: steps(30, 40, 1) }), 'NO_SET_FITS', 'none of the 11 sets'],
    [grid({ fast: steps(1, 2, 1) }, { slow: 1 }), 'PARAMETER_OUT_OF_RANGE', 'slow: 1'],
  ])('of a bad request is refused by name: %j', (request, code, text) => {
    expect(refusal(request)).toMatchObject({ code, message: expect.stringContaining(text) });
  });
});

describe('a random search', () => {
  const ranges = { fast: steps(1, 100, null), slow: steps(2, 200, null), stopPct: steps(0, 50, null) };

  it('draws different sets that fit, the same ones for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 60 }), (seed, samples) => {
        const request: SearchRequest = { kind: 'RANDOM', ranges, fixed: {}, samples, seed };
        const plan = planned(request);
        const keys = Array.from({ length: samples }, (_, index) => parameterKey(plan.at(index)));
        expect(new Set(keys).size).toBe(samples);
        const again = planned(request);
        keys.forEach((key, index) => {
          const set = again.at(index);
          expect(parameterKey(set)).toBe(key);
          expect(planSearch(cross, grid({ fast: steps(1, 1, 1) }, set)).ok).toBe(true);
          expect(Number(set['fast'])).toBeLessThan(Number(set['slow']));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('of a small space lists all of it, when more sets are asked for than there are', () => {
    const small = { fast: steps(1, 4, 1), slow: steps(2, 4, 1) };
    const plan = planned({ kind: 'RANDOM', ranges: small, fixed: {}, samples: 50, seed: 7 });
    const keys = Array.from({ length: plan.length }, (_, index) => parameterKey(plan.at(index)));
    expect(plan.length).toBe(6);
    expect(new Set(keys).size).toBe(6);
  });

  it('ends short where nearly nothing fits, instead of drawing for ever', () => {
    const never: SearchedStrategy = { ...cross, checkTogether: () => 'no' };
    const request: SearchRequest = { kind: 'RANDOM', ranges, fixed: {}, samples: 5, seed: 1 };
    const plan = planSearch(never, request);
    expect(plan).toMatchObject({ ok: false, error: { code: 'NO_SET_FITS' } });
  });

  it.each([0, 1.5, NaN, 100_001])('of %s samples is refused', (samples) => {
    const { code } = refusal({ kind: 'RANDOM', ranges, fixed: {}, samples, seed: 1 });
    expect(['BAD_SAMPLES', 'TOO_MANY_SETS']).toContain(code);
  });
});

it('a set has one key, in whichever order its values stand', () => {
  expect(parameterKey({ b: 1, a: 'x' })).toBe(parameterKey({ a: 'x', b: 1 }));
  expect(parameterKey({ a: '1' })).not.toBe(parameterKey({ a: 1 }));
});
