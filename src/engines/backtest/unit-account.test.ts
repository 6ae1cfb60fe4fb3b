import { describe, expect, it } from 'vitest';
import { backtestingPyCaseNames, readGoogle } from '../../../tests/support/backtesting-py-cases.js';
import { dailySeries, runScript, type Ohlc, type Script } from '../../../tests/support/scripted-backtest.js';
import type { BrokerOptions } from './options.js';

const FLAT: Ohlc = [100, 101, 99, 100];
const allIn: Script = { 1: (m) => m.buy(), 2: (m) => m.exit() };

// Asserted by backtesting.py's own tests: all in on the second of GOOG's bars, out on the next; equity of bars 2 and 3.
describe.skipIf(backtestingPyCaseNames().length === 0)("backtesting.py's own figures", () => {
  it.each<[string, Partial<BrokerOptions>, number, number]>([
    ['a spread and a rate', { spread: 0.01, commission: { kind: 'PERCENT', rate: 0.01 } }, 9685.31, 9749.33],
    [
      'a fixed commission and a rate',
      { commission: { kind: 'FIXED_PLUS_PERCENT', fixed: 100, rate: 0.01 } },
      9784.5,
      9718.69,
    ],
    [
      "a commission of one's own",
      { commission: { kind: 'FUNCTION', commissionOf: (units, price) => Math.abs(units) * price * 0.01 } },
      9781.28,
      9846.04,
    ],
  ])('with %s', (_, options, second, third) => {
    const { equity } = runScript(readGoogle(), allIn, options);
    expect(equity[2]).toBeCloseTo(second, 2);
    expect(equity[3]).toBeCloseTo(third, 2);
  });

  it('with a fixed commission at entry and exit', () => {
    const bars = [1, 1, 1, 2, 4, 1, 2].map((price): Ohlc => [price, price, price, price]);
    const script: Script = { 1: (m) => m.buy({ units: 100, takeProfit: 3 }) };
    const result = runScript(dailySeries('A', bars), script, {
      cash: 5000,
      commission: { kind: 'FIXED_PLUS_PERCENT', fixed: 10, rate: 0.01 },
    });
    expect(result.roundTrips.at(0)).toMatchObject({ entryPrice: 1, exitPrice: 4, commission: 25, pnl: 275 });
    expect(result.equity.at(-1)).toBe(5275);
  });
});

describe('sizes', () => {
  const bars: Ohlc[] = [FLAT, FLAT, [110, 111, 109, 110], FLAT];
  const bought = (script: Script, options: Partial<BrokerOptions> = {}) => {
    const { equity, fillCount, refusedCount } = runScript(dailySeries('A', bars), script, options);
    // Bought at 110, valued at 100 on the last bar.
    return { units: (10_000 - (equity[3] as number)) / 10, fillCount, refusedCount };
  };

  it('are whole units of all the cash at the price of the fill', () => {
    expect(bought({ 1: (m) => m.buy() }).units).toBe(90);
    expect(bought({ 1: (m) => m.buy({ sizePct: 50 }) }).units).toBe(45);
  });

  it('are fractions where the lot is', () => {
    expect(bought({ 1: (m) => m.buy() }, { lotSize: 0 }).units).toBeCloseTo(10_000 / 110, 9);
    expect(bought({ 1: (m) => m.buy() }, { lotSize: 0.1 }).units).toBeCloseTo(90.9, 9);
  });

  it('grow with the leverage', () => {
    expect(bought({ 1: (m) => m.buy() }, { margin: 0.5 }).units).toBe(181);
  });

  it('that are named and cannot be paid for are refused', () => {
    expect(bought({ 1: (m) => m.buy({ units: 91 }) })).toEqual({ units: 0, fillCount: 0, refusedCount: 1 });
    expect(bought({ 1: (m) => m.buy({ units: 90 }) })).toMatchObject({ units: 90, refusedCount: 0 });
  });

  it('leave room for a minimum commission once', () => {
    const commission = { kind: 'PER_UNIT', perUnit: 0.01, minimum: 120 } as const;
    const { equity } = runScript(dailySeries('A', bars), { 1: (m) => m.buy() }, { commission });
    expect(equity[2]).toBe(10_000 - 120);
    expect(equity[3]).toBe(10_000 - 120 - 89 * 10);
  });
});

// The first decision is at the third instant: only then has B a bar behind it.
describe('several symbols on one account', () => {
  const a = dailySeries('A', [FLAT, FLAT, FLAT, [120, 121, 119, 120], FLAT]);
  const b = dailySeries(
    'B',
    [
      [50, 51, 49, 50],
      [50, 51, 49, 50],
      [50, 51, 49, 50],
      [60, 61, 59, 60],
    ],
    1,
  );

  it('share its cash, and each takes its percent of equity', () => {
    const script: Script = {
      1: (_, of) => {
        of('A').buy({ sizePct: 50 });
        of('B').buy({ sizePct: 50 });
      },
    };
    const { equity } = runScript([a, b], script);
    // Instant 3: A bought at 120, B at 50. Instant 4: A at 100, B at 60.
    expect(equity.slice(3)).toEqual(Float64Array.of(10_000, 10_000 - 41 * 20 + 100 * 10));
  });

  it('give what a closed one frees to an entry at the same open', () => {
    const script: Script = {
      1: (_, of) => of('B').buy(),
      2: (_, of) => {
        of('B').exit();
        of('A').buy();
      },
    };
    const { fillCount, refusedCount } = runScript([a, b], script);
    expect([fillCount, refusedCount]).toEqual([3, 0]);
  });

  it('are valued at their last close while they have no bar', () => {
    const short = dailySeries(
      'B',
      [
        [50, 51, 49, 50],
        [50, 51, 49, 50],
        [50, 55, 49, 55],
      ],
      1,
    );
    const { equity } = runScript([a, short], { 1: (_, of) => of('B').buy() }, { finalizeTrades: true });
    // "All of it" is a hair less than 200 units.
    expect(equity.slice(3)).toEqual(Float64Array.of(10_000 + 199 * 5, 10_000 + 199 * 5));
  });
});

it('an account whose equity falls to nothing is closed and stays at 0', () => {
  const bars: Ohlc[] = [FLAT, FLAT, FLAT, [100, 100, 40, 40], [40, 200, 40, 200]];
  const result = runScript(dailySeries('A', bars), { 1: (m) => m.buy(), 4: (m) => m.buy() }, { margin: 0.5 });
  expect([...result.equity]).toEqual([10_000, 10_000, 10_000, 0, 0]);
  expect(result.roundTrips.at(0)).toMatchObject({ units: 199, exitIndex: 3, exitPrice: 40, exitReason: 'OTHER' });
});

it('the moves against and for a position are those of the bars it was held through', () => {
  const bars: Ohlc[] = [FLAT, FLAT, [100, 104, 97, 101], [101, 108, 99, 103], [102, 130, 50, 100], FLAT];
  const { roundTrips } = runScript(dailySeries('A', bars), { 1: (m) => m.buy(), 3: (m) => m.exit() });
  const { maxAdverse, maxFavorable } = roundTrips.at(0);
  expect(maxAdverse).toBeCloseTo(-0.03, 12);
  expect(maxFavorable).toBeCloseTo(0.08, 12);
});
