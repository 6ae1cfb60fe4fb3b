import { describe, expect, it } from 'vitest';
import { BITCOIN, NATIVE, seriesOf } from '../../../tests/support/native-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { isOrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import { openingState, tradingSettingsOf, type NativeOptions } from '../backtest/native-options.js';
import { simulateNative } from '../backtest/native-simulation.js';
import { processSlice } from '../execution/process-slice.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { BUILT_IN_STRATEGIES } from '../strategies/catalogue.js';
import { parseParameters } from '../strategies/parameters.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { StrategyFollower, type Instant } from './strategy-follower.js';

const MINUTE_MS = 60_000;
const START = Date.parse('2016-01-04T00:00:00Z');
const BARS = 1_200;
const WARM_UP_BARS = 300;
const TRADE_FROM = START + WARM_UP_BARS * MINUTE_MS;
const ETHER: Instrument = { ...BITCOIN, symbol: 'ETH-USD', name: 'Ether' };
/** Room for the strategies that put in all they have. */
const OPTIONS: NativeOptions = {
  ...NATIVE,
  instruments: [BITCOIN, ETHER],
  limits: { ...NATIVE.limits, maxPositionFraction: 1 },
};

/** A walk that turns often enough for every rule to trade; some minutes are missing. */
function walk(symbol: string, seed: number): BarSeries {
  const random = new SeededRandom(seed);
  let price = 100;
  const rows = [];
  for (let index = 0; index < BARS; index += 1) {
    const open = price;
    price *= 1 + (random.nextFloat() - 0.5) * 0.02 + 0.002 * Math.sin(index / 40);
    const reach = 1 + random.nextFloat() * 0.004;
    if (random.nextFloat() < 0.03) continue;
    rows.push({
      timestamp: START + index * MINUTE_MS,
      open,
      high: Math.max(open, price) * reach,
      low: Math.min(open, price) / reach,
      close: price,
      volume: 1e5 * random.nextFloat(),
    });
  }
  return seriesOf(symbol, 'ONE_MINUTE', rows);
}

function instantsOf(series: readonly BarSeries[]): Instant[] {
  const instants = new Map<number, Instant & { bars: Instant['bars'][number][] }>();
  for (const { symbol, timestamps, opens, highs, lows, closes, volumes } of series) {
    timestamps.forEach((timestamp, k) => {
      const time = timestamp + MINUTE_MS;
      const instant = instants.get(time) ?? { time, bars: [] };
      instants.set(time, instant);
      const bar = { open: opens[k]!, high: highs[k]!, low: lows[k]!, close: closes[k]!, volume: volumes[k]! };
      instant.bars.push({ symbol, timestamp, ...bar });
    });
  }
  return [...instants.values()].toSorted((a, b) => a.time - b.time);
}

const fillsIn = (events: readonly TradingEvent[]) =>
  events.flatMap((event) => (isOrderEvent(event) && event.fill !== null ? [event.fill] : []));

/** The strategy as a deployment runs it: warmed up on history, then asked within each slice of live trading. */
function live(strategy: StrategyDefinition, values: object, series: readonly BarSeries[], restartAt: number) {
  const settings = tradingSettingsOf(OPTIONS);
  const followed = {
    definition: strategy,
    values: values as never,
    source: strategy.name,
    symbols: series.map(({ symbol }) => symbol),
    timeframe: 'ONE_MINUTE',
  } as const;
  const instants = instantsOf(series);
  let state = openingState(OPTIONS, strategy.name, TRADE_FROM);
  let follower = new StrategyFollower(followed);
  const seen: { instant: Instant; held: ReadonlyMap<string, number> | null }[] = [];
  const events: TradingEvent[] = [];
  for (const [index, instant] of instants.entries()) {
    if (instant.time <= TRADE_FROM) {
      follower.warmUp(instant);
      seen.push({ instant, held: null });
      continue;
    }
    if (index === restartAt) {
      // A restart: a new follower is shown what the old one has seen.
      follower = new StrategyFollower(followed);
      for (const { instant: past, held } of seen) {
        if (held === null) follower.warmUp(past);
        else follower.decide(past, (symbol) => held.get(symbol) ?? 0);
      }
    }
    const bars = instant.bars.map((bar) => ({ ...bar, timeframe: 'ONE_MINUTE' as const, closeTime: instant.time }));
    const slice = { time: instant.time, decisionTime: instant.time, bars, signals: [], ended: [] };
    const outcome = processSlice(state, slice, settings, (account) => {
      const unitsHeld = (symbol: string) =>
        account.positionLots(symbol) / settings.instruments.get(symbol)!.scale.lotsPerUnit;
      seen.push({ instant, held: new Map(followed.symbols.map((symbol) => [symbol, unitsHeld(symbol)])) });
      return follower.decide(instant, unitsHeld);
    });
    state = outcome.state;
    events.push(...outcome.events);
  }
  return { fills: fillsIn(events), cashCents: state.cashCents };
}

describe('a strategy that follows bars as they come in', () => {
  const series = [walk('BTC-USD', 11), walk('ETH-USD', 12)];

  const deployable = BUILT_IN_STRATEGIES.filter(({ prepare }) => prepare === undefined);

  it.each(deployable.map((strategy) => [strategy.name, strategy] as const))(
    'fills as the backtest of %s does, also when it was restarted in between',
    (_name, strategy) => {
      const values = parseParameters(strategy.parameters, {}, strategy.checkTogether);
      if (!values.ok) throw new Error(values.error.message);
      const observed: TradingEvent[] = [];
      const bars = { series, tradeFrom: TRADE_FROM };
      simulateNative(bars, strategy, values.value, OPTIONS, undefined, undefined, {
        onEvents: (_time, events) => observed.push(...events),
      });
      const backtested = fillsIn(observed);

      const followed = live(strategy, values.value, series, 700);

      expect(backtested.length).toBeGreaterThan(0);
      expect(followed.fills).toEqual(backtested);
    },
  );

  it('refuses an indicator that is asked for after bars have come', () => {
    const late: StrategyDefinition = {
      ...BUILT_IN_STRATEGIES[0]!,
      create: (setup) => ({
        onBar: () => void setup.market().indicator({ key: 'late', outputs: ['value'] } as never),
      }),
    };
    const follower = new StrategyFollower({
      definition: { ...late, warmUpBars: () => 0 },
      values: {} as never,
      source: 'late',
      symbols: ['BTC-USD'],
      timeframe: 'ONE_MINUTE',
    });
    expect(() => follower.decide(instantsOf(series)[0]!, () => 0)).toThrow(/late is asked for after the first bar/);
  });
});
