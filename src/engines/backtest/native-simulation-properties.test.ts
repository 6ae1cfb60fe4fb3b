import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPLE, BITCOIN, NATIVE, seriesOf, sliceBySlice, type BarRow } from '../../../tests/support/native-backtest.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { Market, OrderRequest, StrategyDefinition } from '../strategies/strategy.js';
import type { NativeOptions } from './native-options.js';
import { simulateNative } from './native-simulation.js';
import { DEFAULT_RISK_LIMITS } from '../risk/limits.js';

/** Near the end of a UTC day and of a session, so that short runs see both pass. */
const START = Date.parse('2016-01-04T20:30:00Z');
const RUNS = 150;

const bar = fc.record({
  isMissing: fc.boolean(),
  move: fc.integer({ min: -300, max: 300 }),
  gap: fc.integer({ min: -150, max: 150 }),
  up: fc.integer({ min: 0, max: 200 }),
  down: fc.integer({ min: 0, max: 200 }),
  volume: fc.constantFrom(0, 0, 40, 900, 1e6, 1e6, 1e6, 1e6),
});
const decision = fc.record({
  kind: fc.constantFrom('NONE', 'NONE', 'NONE', 'BUY', 'BUY', 'SELL', 'EXIT'),
  sizePct: fc.option(fc.constantFrom(1, 5, 15, 60)),
  units: fc.option(fc.constantFrom(3, 40.5), { freq: 5 }),
  price: fc.option(fc.tuple(fc.constantFrom('limit', 'stop'), fc.integer({ min: -200, max: 200 }))),
  stopLoss: fc.option(fc.integer({ min: -20, max: 500 })),
  takeProfit: fc.option(fc.integer({ min: -20, max: 500 })),
});
type Decision = typeof decision extends fc.Arbitrary<infer T> ? T : never;
const symbolRun = fc.record({
  bars: fc.array(bar, { minLength: 3, maxLength: 60 }),
  decisions: fc.array(decision, { minLength: 1, maxLength: 12 }),
});
type SymbolRun = typeof symbolRun extends fc.Arbitrary<infer T> ? T : never;
const scenario = fc.record({
  apple: symbolRun,
  bitcoin: fc.option(symbolRun),
  timeframe: fc.constantFrom<Timeframe>('FIVE_MINUTES', 'ONE_HOUR', 'ONE_DAY'),
  timeInForce: fc.constantFrom('GTC' as const, 'DAY' as const, 'IOC' as const),
  warmUpBars: fc.integer({ min: 0, max: 2 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function rowsOf({ bars }: SymbolRun, timeframe: Timeframe, from: number): BarRow[] {
  const rows: BarRow[] = [];
  let last = 10_000;
  bars.forEach((each, index) => {
    const open = Math.max(50, last + each.gap);
    const close = Math.max(50, open + each.move);
    last = close;
    // The first three are there: no run is too short for its warm-up.
    if (each.isMissing && index > 2) return;
    rows.push({
      timestamp: from + index * timeframeMs(timeframe),
      open: open / 100,
      high: (Math.max(open, close) + each.up) / 100,
      low: Math.max(1, Math.min(open, close) - each.down) / 100,
      close: close / 100,
      volume: each.volume,
    });
  });
  return rows;
}

/** A strategy that does what a list says, one entry a bar, and looks at what it holds while doing so. */
const scripted = (decisions: ReadonlyMap<string, readonly Decision[]>, warmUp: number): StrategyDefinition => ({
  name: 'scripted',
  description: 'Does what a list says.',
  parameters: {},
  warmUpBars: () => warmUp,
  create: (setup) => {
    const markets = setup.symbols.map((symbol) => setup.market(symbol));
    let calls = 0;
    return {
      onBar() {
        calls += 1;
        for (const market of markets) act(market, decisions.get(market.symbol)!, calls);
      },
    };
  },
});

function act(market: Market, decisions: readonly Decision[], calls: number): void {
  const each = decisions[(calls + (market.positionSize > 0 ? 1 : 0)) % decisions.length]!;
  if (each.kind === 'BUY') market.buy(requestOf(each, market.close.now));
  if (each.kind === 'SELL') market.sell(requestOf(each, market.close.now, -1));
  if (each.kind === 'EXIT') market.exit();
}

function requestOf(each: Decision, close: number, sign = 1): OrderRequest {
  const reference = close + (each.price === null ? 0 : each.price[1] / 100);
  return {
    ...(each.sizePct === null ? {} : { sizePct: each.sizePct }),
    ...(each.units === null ? {} : { units: each.units }),
    ...(each.price === null ? {} : { [each.price[0]]: Math.max(0.01, reference) }),
    ...(each.stopLoss === null ? {} : { stopLoss: Math.max(0.01, reference - (sign * each.stopLoss) / 100) }),
    ...(each.takeProfit === null ? {} : { takeProfit: Math.max(0.01, reference + (sign * each.takeProfit) / 100) }),
  };
}

function both({ apple, bitcoin, timeframe, timeInForce, warmUpBars }: Scenario, change: Partial<NativeOptions> = {}) {
  const options = { ...NATIVE, timeInForce, ...change };
  const isDaily = timeframe === 'ONE_DAY';
  const appleBars = rowsOf(apple, timeframe, isDaily ? Date.parse('2016-01-04T14:30:00Z') : START);
  const series = [seriesOf(APPLE.symbol, timeframe, appleBars)];
  const decisions = new Map([[APPLE.symbol, apple.decisions]]);
  if (bitcoin !== null) {
    const rows = rowsOf(bitcoin, timeframe, isDaily ? Date.parse('2016-01-04T00:00:00Z') : START);
    series.push(seriesOf(BITCOIN.symbol, timeframe, rows));
    decisions.set(BITCOIN.symbol, bitcoin.decisions);
  }
  const strategy = scripted(decisions, warmUpBars);
  const events: TradingEvent[] = [];
  const observer = { onEvents: (_: number, more: readonly TradingEvent[]) => void events.push(...more) };
  const result = simulateNative({ series, tradeFrom: null }, strategy, {}, options, undefined, undefined, observer);
  return { result, events, expected: sliceBySlice(series, strategy, options) };
}

/** What a backtest may ask for beyond paper trading. */
const rules = fc.record({
  allowShort: fc.boolean(),
  exclusiveOrders: fc.boolean(),
  tradeOnClose: fc.boolean(),
  margin: fc.constantFrom(1, 0.5, 0.1),
  borrowRate: fc.constantFrom(0, 0.08),
});
/** Wide enough that margins are used up and calls come. */
const WIDE = { ...DEFAULT_RISK_LIMITS, entryFraction: 0.9, maxPositionFraction: 1, maxDailyLossFraction: 1 };

describe('simulateNative with shorts, margin, exclusive orders and fills at closes', () => {
  it('does what processSlice does with every slice', () => {
    fc.assert(
      fc.property(scenario, rules, fc.boolean(), (each, some, isWide) => {
        const { result, events, expected } = both(each, { rules: some, ...(isWide ? { limits: WIDE } : {}) });
        expect(events).toEqual(expected.events);
        expect([...result.equity]).toEqual(expected.equity);
        expect(result.commissions).toBe(expected.state.feesCents / 100);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('simulateNative', () => {
  it('does what processSlice does with every slice: orders, fills, decisions, and the equity at every instant', () => {
    fc.assert(
      fc.property(scenario, (each) => {
        const { result, events, expected } = both(each);
        expect(events).toEqual(expected.events);
        expect([...result.closeTimes]).toEqual(expected.times);
        expect([...result.equity]).toEqual(expected.equity);
        expect(result.commissions).toBe(expected.state.feesCents / 100);
      }),
      { numRuns: RUNS },
    );
  });

  it('does the same under other ids', () => {
    fc.assert(
      fc.property(scenario, (each) => {
        const { result } = both(each);
        const other = both(each, { accountId: null }).result;
        expect([...other.equity]).toEqual([...result.equity]);
        expect(other.fillCount).toBe(result.fillCount);
      }),
      { numRuns: RUNS / 3 },
    );
  });

  it('accounts for every cent of a run that is finalized: the round trips are the change of the equity', () => {
    fc.assert(
      fc.property(scenario, (each) => {
        const { result } = both(each, { finalizeTrades: true });
        const pnl = result.roundTrips.column('pnl').reduce((sum, value) => sum + value, 0);
        expect(result.equity.at(-1)! - NATIVE.startingCash).toBeCloseTo(pnl, 6);
        const commission = result.roundTrips.column('commission').reduce((sum, value) => sum + value, 0);
        expect(commission).toBeCloseTo(result.commissions, 6);
      }),
      { numRuns: RUNS },
    );
  });

  it('trades in these scenarios, by every way out, and is refused in some', () => {
    const results = fc
      .sample(scenario, { seed: 3, numRuns: 100 })
      .map((each) => both(each, { finalizeTrades: true }).result);
    const reasons = new Set(
      results.flatMap(({ roundTrips }) =>
        Array.from({ length: roundTrips.length }, (_, k) => roundTrips.exitReason(k)),
      ),
    );
    expect([...reasons].toSorted()).toEqual(['FINALIZED', 'SIGNAL', 'STOP_LOSS', 'TAKE_PROFIT']);
    expect(results.reduce((sum, { fillCount }) => sum + fillCount, 0)).toBeGreaterThan(150);
    expect(results.some(({ refusedCount }) => refusedCount > 0)).toBe(true);
  });
});
