import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../ml/seeded-random.js';
import { bootstrapCautions, bootstrapReturns, type BootstrapOptions } from './bootstrap-returns.js';

const options = (change: Partial<BootstrapOptions> = {}): BootstrapOptions => ({
  method: 'STATIONARY',
  blockLength: 'AUTOMATIC',
  paths: 400,
  seed: 1,
  periodsPerYear: 252,
  ...change,
});

/** Standard normal by Box and Muller. */
function normals(seed: number, count: number, mean: number, deviation: number): Float64Array {
  const random = new SeededRandom(seed);
  return Float64Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random.nextFloat()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * random.nextFloat());
  });
}

describe('a bootstrap of returns', () => {
  it('covers the true Sharpe ratio and the true growth of independent normal returns about nine times of ten', () => {
    const [mean, deviation, length, series] = [0.0005, 0.01, 250, 200];
    const sharpe = (mean / deviation) * Math.sqrt(252);
    // Of log growth: mean of log(1 + r), to the second order.
    const growth = Math.exp(length * (mean - deviation ** 2 / 2)) - 1;
    let sharpeCovered = 0;
    let growthCovered = 0;
    for (let seed = 0; seed < series; seed += 1) {
      const returns = normals(seed, length, mean, deviation);
      const result = bootstrapReturns(returns, options({ blockLength: 1, paths: 250, seed }));
      if (result.sharpe!.p5 <= sharpe && sharpe <= result.sharpe!.p95) sharpeCovered += 1;
      if (result.totalReturn.p5 <= growth && growth <= result.totalReturn.p95) growthCovered += 1;
    }
    // 90 % of 200 is 180; a binomial of that kind lies within 165 and 193 in more than 997 cases of 1000.
    for (const covered of [sharpeCovered, growthCovered]) {
      expect(covered).toBeGreaterThanOrEqual(165);
      expect(covered).toBeLessThanOrEqual(193);
    }
  });

  it('keeps the dependence of returns in long blocks, which single draws lose', () => {
    // Ten gains, ten losses, and so on: in this order no fall is longer than ten losses, in a random one it is.
    const returns = Float64Array.from({ length: 1000 }, (_, i) => (Math.floor(i / 10) % 2 === 0 ? 0.01 : -0.01));
    const single = bootstrapReturns(returns, options({ blockLength: 1 }));
    const blocks = bootstrapReturns(returns, options({ blockLength: 200 }));
    expect(blocks.maxDrawdown.p50).toBeGreaterThan(single.maxDrawdown.p50 + 0.1);
    expect(bootstrapReturns(returns, options()).blockLength).toBeGreaterThan(10);
  });

  it('of one block as long as the series is the series, turned round: return and Sharpe stay', () => {
    const returns = normals(5, 100, 0.001, 0.02);
    const { totalReturn, sharpe } = bootstrapReturns(returns, options({ method: 'CIRCULAR', blockLength: 100 }));
    for (const value of [totalReturn.p1, totalReturn.p99]) expect(value).toBeCloseTo(totalReturn.observed, 12);
    for (const value of [sharpe!.p1, sharpe!.p99]) expect(value).toBeCloseTo(sharpe!.observed, 10);
  });

  it('observes what a plain loop over the returns observes', () => {
    const anyReturn = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(anyReturn, { minLength: 2, maxLength: 60 }), (list) => {
        const curve = list.reduce((equity, value) => [...equity, equity.at(-1)! * (1 + value)], [1]);
        const falls = curve.map((value, i) => value / Math.max(...curve.slice(0, i + 1)) - 1);
        const result = bootstrapReturns(Float64Array.from(list), options({ paths: 20 }));
        expect(result.totalReturn.observed).toBeCloseTo(curve.at(-1)! - 1, 10);
        expect(result.maxDrawdown.observed).toBeCloseTo(Math.min(...falls), 10);
        for (const { p1, p5, p25, p50, p75, p95, p99 } of [result.totalReturn, result.maxDrawdown]) {
          expect([p1, p5, p25, p50, p75, p95, p99]).toEqual(
            [p1, p5, p25, p50, p75, p95, p99].toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same figures for the same seed, and others for another', () => {
    const returns = normals(3, 60, 0, 0.01);
    expect(bootstrapReturns(returns, options())).toEqual(bootstrapReturns(returns, options()));
    expect(bootstrapReturns(returns, options({ seed: 2 })).totalReturn.p50).not.toBe(
      bootstrapReturns(returns, options()).totalReturn.p50,
    );
  });

  it('has no Sharpe ratio under 30 returns, nor where they do not vary', () => {
    expect(bootstrapReturns(normals(1, 29, 0, 0.01), options()).sharpe).toBeNull();
    expect(bootstrapReturns(new Float64Array(40), options()).sharpe).toBeNull();
  });

  it.each([
    [Float64Array.of(0.1), {}, '2 returns at least, not 1'],
    [Float64Array.of(0.1, NaN), {}, 'finite'],
    [Float64Array.of(0.1, 0.2), { paths: 0 }, 'paths must be'],
    [new Float64Array(10_001), { paths: 100_000 }, 'at most 1000000000 draws'],
    [Float64Array.of(0.1, 0.2), { blockLength: 3 }, 'from 1 to the 2 returns'],
    [Float64Array.of(0.1, 0.2), { periodsPerYear: 0 }, 'periodsPerYear'],
    [Float64Array.of(0.1, 0.2), { seed: -1 }, 'seed'],
  ])('refuses %s with %j', (returns, change, text) => {
    expect(() => bootstrapReturns(returns, options(change))).toThrow(text);
  });

  it('warns when a loss lies within the interval of a return that was a gain', () => {
    const doubtful = normals(11, 250, 0.0004, 0.02);
    const result = bootstrapReturns(doubtful, options());
    expect(result.totalReturn.observed).toBeGreaterThan(0);
    expect(bootstrapCautions(result)).toMatchObject([{ code: 'LOSS_WITHIN_INTERVAL', values: { limit: 0 } }]);
    expect(bootstrapCautions(bootstrapReturns(normals(1, 250, 0.002, 0.005), options()))).toEqual([]);
  });
});
