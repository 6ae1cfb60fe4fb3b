import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareRuns } from './compare-runs.js';
import type { RunTrace, TracedFill, TracedOrder } from '../../domain/run-trace.js';

const at = (minute: number): number => Date.UTC(2020, 0, 6, 15, minute);
const makeOrder = (change: Partial<TracedOrder> = {}): TracedOrder => ({
  time: at(1),
  symbol: 'SPY',
  cause: 'ENTRY',
  side: 'BUY',
  type: 'MARKET',
  quantity: 10,
  limitPrice: null,
  stopPrice: null,
  outcome: 'FILLED',
  ...change,
});
const makeFill = (change: Partial<TracedFill> = {}): TracedFill => ({
  time: at(2),
  symbol: 'SPY',
  side: 'BUY',
  quantity: 10,
  price: 301.22,
  commission: 1,
  ...change,
});
const makeTrace = (change: Partial<RunTrace> = {}): RunTrace => ({
  label: 'the backtest',
  orders: [makeOrder()],
  fills: [makeFill()],
  equity: [
    { time: at(1), value: 100_000 },
    { time: at(2), value: 99_998.7 },
  ],
  ...change,
});
const live = (change: Partial<RunTrace> = {}): RunTrace => makeTrace({ label: 'the account', ...change });

it('two runs that did the same are equal, and the counts say that they did something', () => {
  expect(compareRuns(makeTrace(), live())).toEqual({
    isEqual: true,
    orderCounts: [1, 1],
    fillCounts: [1, 1],
    equityCounts: [2, 2],
    firstDifference: null,
  });
});

it('a price that differs is told in plain words, with both sides', () => {
  const { firstDifference } = compareRuns(makeTrace(), live({ fills: [makeFill({ price: 301.25 })] }));
  expect(firstDifference).toMatchObject({ part: 'FILL', index: 0, field: 'price', inFirst: 301.22, inSecond: 301.25 });
  expect(firstDifference?.message).toBe(
    'Fill 1 at 2020-01-06T15:02:00.000Z: the backtest has BUY 10 SPY at 301.22, commission 1, ' +
      'the account has BUY 10 SPY at 301.25, commission 1; the price differs.',
  );
});

it('an order that only one run has is told, whichever run it is', () => {
  const extra = makeOrder({ time: at(5), side: 'SELL' });
  const [left, right] = [makeTrace({ orders: [makeOrder(), extra] }), live()];
  expect(compareRuns(left, right).firstDifference?.message).toBe(
    'Order 2 at 2020-01-06T15:05:00.000Z: the backtest has SELL 10 SPY MARKET (FILLED); the account has none at that time.',
  );
  expect(compareRuns(right, left).firstDifference).toMatchObject({ inFirst: null, time: at(5), field: null });
});

it('the cause comes before its effects: an order before its fill, a fill before the equity of the same instant', () => {
  const comparison = compareRuns(
    makeTrace(),
    live({
      orders: [makeOrder({ quantity: 9 })],
      fills: [makeFill({ quantity: 9 })],
      equity: [
        { time: at(1), value: 100_000 },
        { time: at(2), value: 99_998.8 },
      ],
    }),
  );
  expect(comparison.firstDifference).toMatchObject({ part: 'ORDER', field: 'quantity' });
  const sameInstant = compareRuns(
    makeTrace(),
    live({
      fills: [makeFill({ price: 1 })],
      equity: [
        { time: at(1), value: 100_000 },
        { time: at(2), value: 5 },
      ],
    }),
  );
  expect(sameInstant.firstDifference).toMatchObject({ part: 'FILL' });
  const stop = makeOrder({ time: at(2), cause: 'STOP_LOSS', side: 'SELL', type: 'STOP', stopPrice: 290 });
  const protectedRun = (price: number) =>
    makeTrace({ orders: [makeOrder(), { ...stop, stopPrice: price - 10 }], fills: [makeFill({ price })] });
  expect(compareRuns(protectedRun(300), protectedRun(301)).firstDifference).toMatchObject({
    part: 'FILL',
    field: 'price',
  });
});

it('an order decided at another time is missing at the earlier one', () => {
  const { firstDifference } = compareRuns(makeTrace(), live({ orders: [makeOrder({ time: at(0) })] }));
  expect(firstDifference).toMatchObject({ part: 'ORDER', time: at(0), inFirst: null });
});

it('numbers are compared exactly, unless a tolerance says otherwise', () => {
  const nearly = live({ fills: [makeFill({ price: 301.22 * (1 + 1e-12) })] });
  expect(compareRuns(makeTrace(), nearly).isEqual).toBe(false);
  expect(compareRuns(makeTrace(), nearly, 1e-9).isEqual).toBe(true);
});

it('the order in which the symbols of one instant are listed does not matter; any change of a value does', () => {
  const anyFill = fc.record({
    minute: fc.integer({ min: 0, max: 5 }),
    symbol: fc.constantFrom('A', 'B', 'C'),
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(anyFill, { minLength: 1, maxLength: 12 }), fc.nat(), (raw, which) => {
      const fills = raw.map(({ minute, ...rest }) => makeFill({ time: at(minute), ...rest }));
      expect(compareRuns(makeTrace({ fills }), live({ fills: fills.toReversed() })).isEqual).toBe(true);
      const changed = fills.map((fill, i) => (i === which % fills.length ? { ...fill, commission: 2 } : fill));
      expect(compareRuns(makeTrace({ fills }), live({ fills: changed })).isEqual).toBe(false);
    }),
  );
});
