import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../ml/seeded-random.js';
import type { BarColumns, IndicatorSpec } from '../indicators/indicator-spec.js';
import { emaSpec } from '../indicators/ema.js';
import { macdSpec } from '../indicators/macd.js';
import { smaSpec } from '../indicators/sma.js';
import { LineCrossing, valueOf, type Crossing, type IndicatorOutput } from '../strategies/crossing.js';
import { Cursor, Line } from '../strategies/line.js';
import { IndicatorCache } from './indicator-cache.js';
import { KnownCrossing } from './known-crossing.js';
import { STRETCH } from './mean-turns.js';

const barsOf = (closes: Float64Array): BarColumns => ({
  opens: closes,
  highs: closes,
  lows: closes,
  closes,
  volumes: closes,
});
const column = (key: string, values: Float64Array): IndicatorOutput<'value'> =>
  valueOf({ key, outputs: ['value'], overBars: () => ({ value: values }) } as unknown as IndicatorSpec<'value'>);

function turnsOf(crossing: Crossing, cursor: Cursor, length: number): number[] {
  return Array.from({ length }, (_, index) => {
    cursor.index = index;
    return crossing.turn;
  });
}

/** A random walk from 100 through two stretches and a part, changed. */
function walk(seed: number, change: (close: number, index: number) => number): Float64Array {
  const random = new SeededRandom(seed);
  let close = 100;
  return Float64Array.from({ length: 2 * STRETCH + 1500 }, (_, index) => {
    close *= 1 + 0.01 * (random.nextFloat() - 0.5);
    return change(close, index);
  });
}

/** What is found bar by bar, and what is known in advance: of one cache twice, since it then keeps columns. */
function compare(bars: BarColumns, first: IndicatorOutput, second: IndicatorOutput): number[] {
  const { length } = bars.closes;
  const cursor = new Cursor();
  const lineOf = ({ spec, output }: IndicatorOutput) => new Line(spec.overBars(bars)[output] as Float64Array, cursor);
  const found = turnsOf(new LineCrossing(lineOf(first), lineOf(second)), cursor, length);
  const cache = new IndicatorCache(bars);
  for (let round = 0; round < 2; round += 1) {
    cursor.index = -1;
    expect(turnsOf(cache.crossingOf(first, second, cursor), cursor, length)).toEqual(found);
  }
  return found;
}

// Few values: lines meet, lie on each other, and have gaps.
const value = fc.constantFrom(NaN, 1, 1, 2, 2, 3);
const columns = fc
  .array(fc.tuple(value, value), { maxLength: 60 })
  .map((rows) => [Float64Array.from(rows, (row) => row[0]), Float64Array.from(rows, (row) => row[1])] as const);

describe('a crossing that is known in advance', () => {
  it('is the one that is found bar by bar', () => {
    fc.assert(
      fc.property(columns, ([first, second]) => {
        compare(barsOf(first), column('first', first), column('second', second));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, IndicatorOutput, IndicatorOutput]>([
    ['simple averages', valueOf(smaSpec(7)), valueOf(smaSpec(90))],
    ['an average of another kind', valueOf(smaSpec(20)), valueOf(emaSpec(20))],
    ['two outputs of one indicator', { spec: macdSpec(), output: 'macd' }, { spec: macdSpec(), output: 'signal' }],
  ])('is the same over several stretches: %s', (_, first, second) => {
    const found = compare(barsOf(walk(5, (close) => close)), first, second);
    expect(found.filter((turn) => turn !== 0).length).toBeGreaterThan(100);
  });

  it.each<[string, (close: number, index: number) => number]>([
    ['whole prices, on which averages meet', (close) => Math.round(close)],
    ['prices that stand still for long', (close, index) => (index % 5000 < 2500 ? close : 100)],
    ['a high level', (close) => 1e12 + close],
    ['both sides of 0', (close) => close - 100],
    ['prices whose squares vanish', (close) => close * 1e-200],
    ['a spike', (close, index) => (index === 4500 ? 1e18 : close)],
    ['a gap', (close, index) => (index === 5000 ? NaN : close)],
    ['an infinite price', (close, index) => (index === 9000 ? Infinity : close)],
    ['prices that begin late', (close, index) => (index < 4000 ? NaN : close)],
  ])('of simple averages is the same over %s', (_, price) => {
    const periods = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.nat(1e6), periods, (seed, [fast, slow]) => {
        compare(barsOf(walk(seed, price)), valueOf(smaSpec(fast)), valueOf(smaSpec(slow)));
      }),
      { numRuns: 4 },
    );
  });

  it('turns at bars of which it says the next one', () => {
    const turns = { bars: Int32Array.of(3, 8, 12), directions: Int8Array.of(1, -1) };
    const crossing = new KnownCrossing(turns, new Cursor());
    expect([0, 3, 4, 8, 9, 11].map((index) => crossing.nextBarFrom(index))).toEqual([3, 3, 8, 8, 12, 12]);
  });
});
