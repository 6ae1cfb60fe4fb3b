import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSearch, type SearchPlan } from './search-plan.js';
import { planWalkForward, type WalkForwardOptions, type WalkForwardWindow } from './walk-forward-plan.js';
import {
  chooseInSample,
  joinWalkForward,
  walkForwardCautions,
  walkForwardTaskAt,
  walkForwardTaskCount,
  type RunCurve,
} from './walk-forward.js';

const windowsOf = (count: number, options: WalkForwardOptions): readonly WalkForwardWindow[] => {
  const planned = planWalkForward(count, options);
  if (!planned.ok) throw new Error(planned.error.message);
  return planned.value;
};

describe('the windows of a walk forward', () => {
  const options = { mode: 'ROLLING', inSampleBars: 100, outOfSampleBars: 40, embargoBars: 5 } as const;

  it('roll on by what lies out of the sample, the last one cut short', () => {
    expect(windowsOf(200, options)).toEqual([
      { index: 0, inSample: { from: 0, to: 100 }, outOfSample: { from: 105, to: 145 } },
      { index: 1, inSample: { from: 40, to: 140 }, outOfSample: { from: 145, to: 185 } },
      { index: 2, inSample: { from: 80, to: 180 }, outOfSample: { from: 185, to: 200 } },
    ]);
  });

  it('anchored all begin with the first instant', () => {
    const samples = windowsOf(200, { ...options, mode: 'ANCHORED' }).map(({ inSample }) => inSample);
    expect(samples).toEqual([
      { from: 0, to: 100 },
      { from: 0, to: 140 },
      { from: 0, to: 180 },
    ]);
  });

  it('never let a sample reach what is traded after it, and trade every instant once', () => {
    const anyOptions = fc.record({
      mode: fc.constantFrom('ANCHORED' as const, 'ROLLING' as const),
      inSampleBars: fc.integer({ min: 1, max: 60 }),
      outOfSampleBars: fc.integer({ min: 1, max: 30 }),
      embargoBars: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 81, max: 500 }), anyOptions, (count, options) => {
        const windows = windowsOf(count, options);
        let next = options.inSampleBars + options.embargoBars;
        for (const { inSample, outOfSample } of windows) {
          expect(inSample.to + options.embargoBars).toBe(outOfSample.from);
          expect(inSample.to - inSample.from).toBeGreaterThanOrEqual(options.inSampleBars);
          expect(outOfSample.from).toBe(next);
          expect(outOfSample.to).toBeGreaterThan(outOfSample.from);
          next = outOfSample.to;
        }
        expect(next).toBe(count);
      }),
    );
  });

  it.each([
    [105, options, 'HISTORY_TOO_SHORT', '105 instants; 100 in the sample and 5 between'],
    [1000, { ...options, outOfSampleBars: 0 }, 'BAD_WINDOWS', 'outOfSampleBars: 0'],
    [1000, { ...options, embargoBars: -1 }, 'BAD_WINDOWS', 'embargoBars: -1'],
    [1000, { ...options, inSampleBars: 1.5 }, 'BAD_WINDOWS', 'inSampleBars: 1.5'],
    [100_000, { ...options, outOfSampleBars: 1 }, 'TOO_MANY_WINDOWS', 'at most 1000'],
  ])('over %i instants with %j are refused by name', (count, options, code, text) => {
    const error = planWalkForward(count, options);
    expect(error).toMatchObject({ ok: false, error: { code, message: expect.stringContaining(text) } });
  });
});

const searched = planSearch(
  { parameters: { drift: { kind: 'NUMBER', description: '', default: 0, min: -1, max: 1 } } },
  { kind: 'GRID', ranges: { drift: { kind: 'VALUES', values: [-0.01, 0, 0.01] } }, fixed: {} },
);
if (!searched.ok) throw new Error(searched.error.message);
const plan: SearchPlan = searched.value;

/** Grows by `rate` at each instant, from 1000. */
const curve = (times: Float64Array, rate: number): RunCurve => ({
  times,
  equity: times.map((_, i) => 1000 * (1 + rate) ** (i + 1)),
});

describe('a walk forward', () => {
  const times = Float64Array.from({ length: 60 }, (_, i) => i * 60_000);
  const windows = windowsOf(60, { mode: 'ROLLING', inSampleBars: 20, outOfSampleBars: 15, embargoBars: 0 });
  const join = (inside: number, outside: readonly number[]) =>
    joinWalkForward(
      windows.map((window, i) => ({
        window,
        setIndex: 2,
        inSampleScore: 1,
        inSample: curve(times.subarray(window.inSample.from, window.inSample.to), inside),
        outOfSample: curve(times.subarray(window.outOfSample.from, window.outOfSample.to), outside[i]!),
      })),
      plan,
      times,
      1000,
    );

  it('is a list of runs: every set in every window', () => {
    expect(walkForwardTaskCount(windows, plan)).toBe(9);
    expect(walkForwardTaskAt(windows, plan, 5)).toEqual({ window: windows[1], setIndex: 2, values: { drift: 0.01 } });
    expect(() => walkForwardTaskAt(windows, plan, 9)).toThrow('task 9 of 9');
  });

  it('chooses the best of each sample alone', () => {
    const scores = Float64Array.of(1, 2, 3, 9, NaN, 3, NaN, NaN, NaN);
    expect(chooseInSample(windows, plan, scores, 'MAXIMIZE')).toEqual([2, 0, null]);
  });

  it('joins what lies out of the samples without a jump', () => {
    const { equity, times: joined, steps } = join(0.01, [0.01, -0.01, 0.02]);
    expect(joined).toEqual(times.subarray(20, 60));
    expect(equity[0]).toBeCloseTo(1010, 9);
    expect(equity[15]! / equity[14]!).toBeCloseTo(0.99, 12);
    expect(equity[30]! / equity[29]!).toBeCloseTo(1.02, 12);
    expect(equity.at(-1)).toBeCloseTo(1000 * 1.01 ** 15 * 0.99 ** 15 * 1.02 ** 10, 6);
    expect(steps[1]).toMatchObject({ values: { drift: 0.01 }, outOfSampleGrowth: expect.closeTo(Math.log(0.99), 12) });
  });

  it('is fully efficient when growth goes on as in the sample, and weak when it does not', () => {
    const steady = join(0.01, [0.01, 0.01, 0.01]);
    expect(steady.efficiency).toBeCloseTo(1, 12);
    expect(steady.gainShare).toBe(1);
    expect(walkForwardCautions(steady)).toEqual([]);
    const weak = join(0.01, [0.002, -0.001, 0.001]);
    expect(weak.efficiency).toBeLessThan(0.5);
    expect(walkForwardCautions(weak)[0]?.message).toMatch(
      /Out of the samples \d+ % .* at least 50 % should be; 2 of 3 windows/,
    );
    expect(walkForwardCautions(join(-0.01, [0, 0, 0]))[0]?.message).toContain('did not grow even in their own');
  });

  it('lets the cash lie still where no set was good enough to choose', () => {
    const result = joinWalkForward(
      windows.map((window) => ({ window, setIndex: null, inSampleScore: null, inSample: null, outOfSample: null })),
      plan,
      times,
      1000,
    );
    expect([...new Set(result.equity)]).toEqual([1000]);
    expect(result.efficiency).toBeNull();
  });

  it('has no efficiency where everything was lost', () => {
    const result = join(0.01, [0.01, -1, 0.01]);
    expect(result.equity.at(-1)).toBe(0);
    expect(result.efficiency).toBeNull();
    expect(result.steps.map(({ outOfSampleGrowth }) => outOfSampleGrowth)).toEqual([
      expect.closeTo(Math.log(1.01)),
      null,
      null,
    ]);
  });
});
