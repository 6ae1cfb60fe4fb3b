import { describe, expect, it } from 'vitest';
import { APPLE, BITCOIN, NATIVE, seriesOf, sliceBySlice } from '../../../tests/support/native-backtest.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import { closeTimesOf } from '../backtest/native-close-times.js';
import { simulateNative } from '../backtest/native-simulation.js';
import type { NativeOptions } from '../backtest/native-options.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { instrumentScale } from '../portfolio/instrument-scale.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { equityPointsOf, recordsOfEvents, traceOfAccount } from './account-trace.js';
import { compareRuns } from './compare-runs.js';
import { analyzeLookAhead } from './look-ahead.js';
import { analyzeWarmUp } from './warm-up.js';

const DAY_MS = 86_400_000;

function makeSeries(symbol: string, seed: number, count = 120) {
  const random = new SeededRandom(seed);
  let last = 100;
  const rows = Array.from({ length: count }, (_, index) => {
    const open = last;
    last = Math.round(last * (1 + 0.06 * (random.nextFloat() - 0.5)) * 100) / 100;
    const timestamp = Date.UTC(2016, 0, 4) + index * DAY_MS;
    return { timestamp, open, high: Math.max(open, last) + 1, low: Math.min(open, last) - 1, close: last, volume: 1e6 };
  });
  return seriesOf(symbol, 'ONE_DAY', rows);
}
const series = [makeSeries('AAPL', 1), makeSeries('BTC-USD', 2)];

/** Long after two rises in a row, flat after two falls; one order in some is too large for the account. */
const runs: StrategyDefinition = {
  name: 'runs',
  description: '',
  parameters: {},
  warmUpBars: () => 3,
  create: (setup) => ({
    onBar() {
      for (const symbol of setup.symbols) {
        const { close, isFresh } = setup.market(symbol);
        if (!isFresh) continue;
        const [now, before, first] = [close.now, close.ago(1), close.ago(2)];
        if (now > before && before > first)
          setup.market(symbol).buy(now > 105 ? { units: 1e6 } : { stopLoss: now - 5 });
        if (now < before && before < first) setup.market(symbol).exit();
      }
    },
  }),
};
const scaleOf = (symbol: string) => instrumentScale(symbol === 'AAPL' ? APPLE : BITCOIN);

function backtest(options: NativeOptions) {
  const events: TradingEvent[] = [];
  const observer = { onEvents: (_: number, each: readonly TradingEvent[]) => void events.push(...each) };
  const bars = { series, tradeFrom: null };
  const result = simulateNative(bars, runs, {}, options, undefined, undefined, observer);
  return traceOfAccount('the backtest', recordsOfEvents(events, equityPointsOf(result)), scaleOf);
}

describe('a trace of an account', () => {
  it('of a backtest equals that of the same bars slice by slice, as live trading goes', () => {
    const { events, equity, times } = sliceBySlice(series, runs, NATIVE);
    const points = equity.map((value, index) => ({ time: times[index]!, value }));
    const live = traceOfAccount('the account', recordsOfEvents(events, points), scaleOf);
    const comparison = compareRuns(backtest(NATIVE), live);
    expect(comparison).toMatchObject({ isEqual: true, firstDifference: null });
    expect(comparison.fillCounts[0]).toBeGreaterThan(10);
    expect(comparison.orderCounts[0]).toBeGreaterThan(comparison.fillCounts[0]);
  });

  it('shows the first fill that another slippage moves', () => {
    const { firstDifference } = compareRuns(backtest(NATIVE), backtest({ ...NATIVE, costs: { slippageBps: 50 } }));
    expect(firstDifference).toMatchObject({ part: 'FILL', index: 0, field: 'price', time: expect.any(Number) });
    expect(firstDifference?.message).toMatch(
      /BUY \d+ AAPL at [\d.]+, commission [\d.]+.*; the price differs\.|BTC-USD/,
    );
  });

  it('names what risk denied', () => {
    expect(backtest(NATIVE).orders.filter(({ outcome }) => outcome.startsWith('DENIED'))).not.toHaveLength(0);
  });
});

describe('the bias checks under the native profile', () => {
  // Sessions and days of crypto close at different times: what is cut off is what had not closed.
  const run = {
    simulate: (bars, strategy, values) => simulateNative(bars, strategy, values, NATIVE),
    strategy: runs,
    values: {},
    bars: { series, tradeFrom: null },
    closeTimesOf: (columns) => closeTimesOf(columns, scaleCalendar(columns.symbol)),
  } satisfies Parameters<typeof analyzeLookAhead>[0];

  it('have nothing against an honest strategy over markets that close at different times', () => {
    const report = analyzeLookAhead(run, { cuts: 12, seed: 1 });
    expect(report).toMatchObject({ changes: [], repeat: null });
    expect(report.comparedDecisions).toBeGreaterThan(50);
    expect(analyzeWarmUp(run, { starts: 4, seed: 1 })).toMatchObject({ changedDecisions: 0, warmUpBars: 3 });
  });
});

const scaleCalendar = (symbol: string) => (symbol === 'AAPL' ? APPLE : BITCOIN).calendar;
