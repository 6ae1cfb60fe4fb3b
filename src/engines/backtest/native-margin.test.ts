import { describe, expect, it } from 'vitest';
import { listedStrategy, type ListedDecision } from '../../../tests/support/listed-strategy.js';
import { APPLE, NATIVE } from '../../../tests/support/native-backtest.js';
import { dailySeries, type Ohlc } from '../../../tests/support/scripted-backtest.js';
import { nativeStatistics } from '../metrics/native-statistics.js';
import { DEFAULT_RISK_LIMITS } from '../risk/limits.js';
import type { OrderRequest } from '../strategies/strategy.js';
import type { NativeOptions } from './native-options.js';
import { simulateNative } from './native-simulation.js';
import { SimulationError } from './simulation-error.js';

const FREE = { feeBps: 0, slippageBps: 0, halfSpreadBps: 0, tradeThroughTicks: 0, volumeShare: 1 };
const WIDE = { ...DEFAULT_RISK_LIMITS, maxPositionFraction: 1, maxOrderNotional: 1e12, maxDailyLossFraction: 1 };
const OPTIONS: NativeOptions = {
  ...NATIVE,
  startingCash: 10_000,
  instruments: [{ ...APPLE, calendar: 'crypto' }],
  costs: FREE,
  limits: WIDE,
  accountId: null,
};

const buy = (request: OrderRequest): ListedDecision => ({ kind: 'BUY', request });
const sell = (request: OrderRequest): ListedDecision => ({ kind: 'SELL', request });
const EXIT: ListedDecision = { kind: 'EXIT' };
const flat = (price: number): Ohlc => [price, price, price, price];

/** Runs over daily bars; the decision of key n is made at the bar of index n. */
function run(
  bars: readonly Ohlc[],
  decisions: Readonly<Record<number, ListedDecision>>,
  rules: NativeOptions['rules'],
  change: Partial<NativeOptions> = {},
) {
  const listed = new Map(Object.entries(decisions).map(([bar, each]) => [Number(bar), each]));
  const columns = { series: [dailySeries('AAPL', bars)], tradeFrom: null };
  const result = simulateNative(columns, listedStrategy(listed, 0), {}, { ...OPTIONS, ...change, rules: rules ?? {} });
  const trips = Array.from({ length: result.roundTrips.length }, (_, k) => result.roundTrips.at(k));
  return { result, equity: [...result.equity], trips };
}

describe('a short of the native profile', () => {
  it('is sold at the next open, valued against the close, and bought back', () => {
    const bars = [flat(100), flat(100), flat(90), flat(95), flat(95)];
    const { equity, trips, result } = run(bars, { 0: sell({ units: 50 }), 2: EXIT }, { allowShort: true });
    expect(equity).toEqual([10_000, 10_000, 10_500, 10_250, 10_250]);
    expect(trips).toMatchObject([
      { units: -50, entryPrice: 100, exitPrice: 95, pnl: 250, returnFraction: 0.05, exitReason: 'SIGNAL' },
    ]);
    expect(trips[0]!.maxFavorable).toBeCloseTo(0.1, 12);
    expect([...result.exposed]).toEqual([0, 1, 1, 1, 0]);
  });

  it('is none where shorts are off: a sale of nothing leaves the account flat', () => {
    const { equity, result } = run([flat(100), flat(90), flat(80)], { 0: sell({ units: 50 }) }, {});
    expect(equity).toEqual([10_000, 10_000, 10_000]);
    expect(result.fillCount).toBe(0);
  });

  it('follows a long position at one open, and the other way round', () => {
    const bars = [flat(100), flat(100), flat(110), flat(110), flat(100), flat(100)];
    const reversals = { 0: buy({ units: 10 }), 2: sell({ units: 10 }), 4: buy({ units: 10 }) };
    const { trips, equity } = run(bars, reversals, { allowShort: true });
    expect(trips.map(({ units, entryIndex, exitIndex, pnl }) => [units, entryIndex, exitIndex, pnl])).toEqual([
      [10, 1, 3, 100],
      [-10, 3, 5, 100],
    ]);
    expect(equity.at(-1)).toBe(10_200);
  });

  it('is stopped out above and takes its profit below; when both are inside a bar, the stop is taken', () => {
    const request = { units: 10, stopLoss: 105, takeProfit: 90 };
    const stopped = run([flat(100), flat(100), [100, 106, 99, 104]], { 0: sell(request) }, { allowShort: true });
    expect(stopped.trips).toMatchObject([{ exitPrice: 105, pnl: -50, exitReason: 'STOP_LOSS' }]);
    const paid = run([flat(100), flat(100), [100, 101, 89, 95]], { 0: sell(request) }, { allowShort: true });
    expect(paid.trips).toMatchObject([{ exitPrice: 90, pnl: 100, exitReason: 'TAKE_PROFIT' }]);
    const both = run([flat(100), flat(100), [100, 106, 89, 95]], { 0: sell(request) }, { allowShort: true });
    expect(both.trips).toMatchObject([{ exitPrice: 105, exitReason: 'STOP_LOSS' }]);
    const gapped = run([flat(100), flat(100), [120, 121, 89, 95]], { 0: sell(request) }, { allowShort: true });
    expect(gapped.trips).toMatchObject([{ exitPrice: 120, exitReason: 'STOP_LOSS' }]);
  });

  it('is entered at its own price: a limit above the market, a stop below', () => {
    const bars: Ohlc[] = [flat(100), [100, 103, 97, 100], flat(100)];
    const atLimit = run(bars, { 0: sell({ units: 10, limit: 102 }) }, { allowShort: true }, { finalizeTrades: true });
    expect(atLimit.trips).toMatchObject([{ units: -10, entryPrice: 102, pnl: 20, exitReason: 'FINALIZED' }]);
    const atStop = run(bars, { 0: sell({ units: 10, stop: 98 }) }, { allowShort: true }, { finalizeTrades: true });
    expect(atStop.trips).toMatchObject([{ units: -10, entryPrice: 98, pnl: -20 }]);
  });

  it('pays for what it borrows by the day, among the commissions', () => {
    const bars = [flat(100), flat(100), flat(100), flat(100)];
    const rules = { allowShort: true, borrowRate: 0.365 };
    const { equity, result } = run(bars, { 0: sell({ units: 50 }) }, rules);
    // 5,000 at 0.1 % a day; the day on which it is sold is not over yet.
    expect(equity).toEqual([10_000, 10_000, 9_995, 9_990]);
    expect(result.commissions).toBe(10);
  });
});

describe('margin of the native profile', () => {
  it('makes shares of the equity shares of equity / margin', () => {
    const bars = [flat(100), flat(100), flat(110)];
    const half = run(bars, { 0: buy({ sizePct: 50 }) }, { margin: 0.5 });
    expect(half.equity).toEqual([10_000, 10_000, 11_000]);
    const default10 = run(bars, { 0: buy({}) }, { margin: 0.25 }, { limits: { ...WIDE, entryFraction: 0.1 } });
    expect(default10.equity.at(-1)).toBe(10_400);
  });

  it('refuses what it does not cover at 5 % above the last close', () => {
    const { result } = run([flat(100), flat(100)], { 0: buy({ units: 191 }) }, { margin: 0.5 });
    expect(result).toMatchObject({ fillCount: 0, refusedCount: 1 });
    expect(run([flat(100), flat(100)], { 0: buy({ units: 190 }) }, { margin: 0.5 }).result.fillCount).toBe(1);
  });

  it('fills only what is covered once the position before is closed at a loss', () => {
    // Short 90 at 100; at 150 it has lost 4,500: the 5,500 left carry 36 units at 150.
    const bars = [flat(100), flat(100), flat(100), flat(150), flat(150)];
    const { result, equity } = run(
      bars,
      { 0: sell({ units: 90 }), 2: buy({ units: 90 }) },
      { allowShort: true, maintenanceMargin: 0 },
    );
    expect(equity).toEqual([10_000, 10_000, 10_000, 5_500, 5_500]);
    // A short sale, its end, and a purchase of 36 units.
    expect(result.tradedValue).toBe(9_000 + 13_500 + 5_400);
    expect(result.refusedCount).toBe(1);
  });

  it('closes everything at the next open once a close leaves less than half of the margin', () => {
    // 190 at 100 with 10,000: at 60 there are 2,400 against 11,400, less than a quarter.
    const bars = [flat(100), flat(100), flat(80), flat(60), flat(55), flat(200)];
    const { equity, trips } = run(bars, { 0: buy({ units: 190 }) }, { margin: 0.5 });
    expect(equity).toEqual([10_000, 10_000, 6_200, 2_400, 1_450, 1_450]);
    expect(trips).toMatchObject([{ units: 190, exitPrice: 55, exitIndex: 4, exitReason: 'MARGIN_CALL' }]);
  });

  it('keeps what is left of a ruin, below 0: nothing is traded after it and no statistic is NaN', () => {
    const bars = [flat(100), flat(100), flat(300), flat(300), flat(100), flat(100), flat(100)];
    const { equity, result, trips } = run(
      bars,
      { 0: sell({ units: 95 }), 4: buy({ sizePct: 50 }) },
      { allowShort: true },
    );
    expect(equity).toEqual([10_000, 10_000, -9_000, -9_000, -9_000, -9_000, -9_000]);
    expect(trips).toMatchObject([{ exitReason: 'MARGIN_CALL', pnl: -19_000 }]);
    expect(result.refusedCount).toBe(1);
    const statistics = nativeStatistics(result, { calendar: 'crypto', timeframe: 'ONE_DAY', startingEquity: 10_000 });
    const figures = Object.values(statistics).filter((value) => value !== null);
    expect(figures.every((value) => Number.isFinite(value))).toBe(true);
  });

  it.each([
    [{ margin: 0.001 }, 'margin: 0.001 is not from 0.01 to 1'],
    [{ margin: 0.5, maintenanceMargin: 0.6 }, 'maintenanceMargin: 0.6 is not from 0 to the margin, 0.5'],
    [{ borrowRate: 3 }, 'borrowRate: 3 is not a fraction from 0 to 1'],
  ])('is refused as %o', (rules, message) => {
    expect(() => run([flat(100), flat(100)], {}, rules)).toThrow(SimulationError);
    expect(() => run([flat(100), flat(100)], {}, rules)).toThrow(message);
  });
});

describe('fills at the close of the native profile', () => {
  const bars: Ohlc[] = [
    [100, 101, 99, 100],
    [104, 106, 103, 105],
    [107, 111, 106, 110],
  ];

  it('are at the close that decided, costs included, and the bar of an exit counts as held', () => {
    const { trips, equity } = run(bars, { 0: buy({ units: 10 }), 1: EXIT }, { tradeOnClose: true });
    expect(equity).toEqual([10_000, 10_050, 10_050]);
    expect(trips).toMatchObject([{ entryIndex: 0, exitIndex: 1, entryPrice: 100, exitPrice: 105 }]);
    expect(trips[0]!.maxFavorable).toBeCloseTo(0.06, 12);
    expect(trips[0]!.maxAdverse).toBe(0);
    const dear = run(bars, { 0: buy({ units: 10 }) }, { tradeOnClose: true }, { costs: { ...FREE, feeBps: 100 } });
    expect(dear.equity[0]).toBe(9_990);
  });

  it('leave to the next open what the volume does not allow', () => {
    const thin = bars.map((bar): Ohlc => [bar[0], bar[1], bar[2], bar[3], 6]);
    const { result, equity } = run(thin, { 0: buy({ units: 10 }) }, { tradeOnClose: true });
    expect(result.fillCount).toBe(2);
    expect(result.tradedValue).toBe(6 * 100 + 4 * 104);
    expect(equity[1]).toBe(10_000 + 6 * 5 + 4 * 1);
  });

  it('do not touch entries with a price of their own', () => {
    const { trips } = run(
      bars,
      { 0: buy({ units: 10, limit: 103 }) },
      { tradeOnClose: true },
      { finalizeTrades: true },
    );
    expect(trips).toMatchObject([{ entryIndex: 1, entryPrice: 103 }]);
  });
});

describe('exclusive orders of the native profile', () => {
  const bars = [flat(100), flat(100), flat(100), flat(104), flat(104)];
  const twice = { 0: buy({ units: 10 }), 2: buy({ units: 20 }) };

  it('close what is held before they open anew, on the same side too', () => {
    const { trips, equity } = run(bars, twice, { exclusiveOrders: true }, { finalizeTrades: true });
    expect(trips.map(({ units, entryIndex, exitIndex }) => [units, entryIndex, exitIndex])).toEqual([
      [10, 1, 3],
      [20, 3, 4],
    ]);
    expect(equity.at(-1)).toBe(10_040);
  });

  it('are off by default: one position a symbol, nothing is added to it', () => {
    const { trips } = run(bars, twice, {}, { finalizeTrades: true });
    expect(trips.map(({ units }) => units)).toEqual([10]);
  });
});
