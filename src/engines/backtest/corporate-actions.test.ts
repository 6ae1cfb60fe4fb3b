import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPLE, NATIVE } from '../../../tests/support/native-backtest.js';
import {
  brokerOptions,
  DAY_MS,
  dailySeries,
  scripted,
  type Ohlc,
  type Script,
} from '../../../tests/support/scripted-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import type { CorporateAction, SeriesActions } from '../../domain/corporate-action.js';
import { smaSpec } from '../indicators/sma.js';
import { smaCross } from '../strategies/built-in/sma-cross.js';
import { parseParameters } from '../strategies/parameters.js';
import { defineStrategy, type StrategyDefinition } from '../strategies/strategy.js';
import { barActions } from './bar-actions.js';
import { simulateNative } from './native-simulation.js';
import type { NativeOptions } from './native-options.js';
import type { BrokerOptions } from './options.js';
import { simulateUnits } from './simulate-units.js';
import { totalReturnCloses } from './total-return.js';

const FIRST = Date.UTC(2024, 0, 1);
const SYMBOL = 'AAPL';
/** Ex on the bar with this number. */
const split = (bar: number, value: number): CorporateAction => {
  return { symbol: SYMBOL, exDate: FIRST + bar * DAY_MS, kind: 'SPLIT', value, basis: 'RAW' };
};
const dividend = (bar: number, value: number): CorporateAction => ({ ...split(bar, value), kind: 'DIVIDEND' });
const raw = (actions: readonly CorporateAction[]): SeriesActions[] => [{ symbol: SYMBOL, adjustment: 'RAW', actions }];
const flat = (price: number): Ohlc => [price, price, price, price];

function run(
  bars: readonly Ohlc[],
  actions: readonly CorporateAction[],
  script: Script,
  options: Partial<BrokerOptions> = {},
) {
  const series = [dailySeries(SYMBOL, bars)];
  return simulateUnits(
    { series, tradeFrom: null, actions: raw(actions) },
    scripted(script),
    {},
    brokerOptions(options),
  );
}

const withoutCosts: NativeOptions = {
  ...NATIVE,
  instruments: [APPLE],
  costs: { feeBps: 0, slippageBps: 0, halfSpreadBps: 0, volumeShare: 1 },
  limits: { ...NATIVE.limits, entryFraction: 1, maxPositionFraction: 1, maxDailyLossFraction: 1 },
};

function runNative(
  bars: readonly Ohlc[],
  actions: readonly CorporateAction[],
  script: Script,
  options: Partial<NativeOptions> = {},
) {
  const series = [dailySeries(SYMBOL, bars)];
  return simulateNative(
    { series, tradeFrom: null, actions: raw(actions) },
    scripted(script),
    {},
    {
      ...withoutCosts,
      ...options,
    },
  );
}

/** Writes down what it sees and holds at each bar, and buys and sells by a fixed rhythm. */
function witness(seen: number[][], every = 3): StrategyDefinition<Record<never, never>> {
  return defineStrategy({
    name: 'witness',
    description: 'Writes down what it sees.',
    parameters: {},
    warmUpBars: () => 1,
    create(setup) {
      const market = setup.market();
      const average = market.indicator(smaSpec(3));
      let bar = 0;
      return {
        onBar() {
          bar += 1;
          seen.push([
            market.close.now,
            market.close.previous,
            market.low.ago(2),
            market.volume.previous,
            average.now,
            average.previous,
            market.positionSize,
          ]);
          if (bar % every === 1) market.buy({ sizePct: 50, stopLoss: market.close.now * 0.9 });
          if (bar % every === 0) market.exit();
        },
      };
    },
  });
}

describe('a position through a split', () => {
  const bars = [flat(100), flat(100), flat(100), flat(50), flat(50)];
  const buy: Script = { 1: (m) => m.buy({ units: 90 }) };

  it('is twice as many units at half of the price, worth the same, under both profiles', () => {
    const finalize = { finalizeTrades: true };
    for (const result of [run(bars, [split(3, 2)], buy, finalize), runNative(bars, [split(3, 2)], buy, finalize)]) {
      expect([...result.equity]).toEqual(Array(5).fill(result.equity[0]));
      expect(result.roundTrips.at(0)).toMatchObject({ units: 180, entryPrice: 50, exitPrice: 50, pnl: 0 });
    }
    expect(run(bars, [], buy).equity.at(-1)).toBe(10_000 - 90 * 50);
  });

  it('has what is no whole lot of it paid out at the last close', () => {
    const reverse = [flat(10), flat(10), flat(10), flat(40), flat(40)];
    const script: Script = { 1: (m) => m.buy({ units: 90 }) };
    for (const result of [run(reverse, [split(3, 0.25)], script), runNative(reverse, [split(3, 0.25)], script)]) {
      expect([...result.equity]).toEqual(Array(5).fill(result.equity[0]));
      expect(result.roundTrips.at(0)).toMatchObject({ units: 0.5, exitPrice: 40, exitIndex: 2, pnl: 0 });
      expect(result.fillCount).toBe(1);
    }
  });

  it('is closed when no whole lot of it is left', () => {
    const reverse = [flat(1), flat(1), flat(1), flat(100), flat(100)];
    const script: Script = { 1: (m) => m.buy({ units: 90 }) };
    for (const result of [run(reverse, [split(3, 0.01)], script), runNative(reverse, [split(3, 0.01)], script)]) {
      expect([...result.equity]).toEqual(Array(5).fill(result.equity[0]));
      expect(result.roundTrips.length).toBe(1);
      expect(result.exposed.at(-1)).toBe(0);
    }
  });

  it('keeps its stop and its target, in the new scale', () => {
    const protectedBuy: Script = { 1: (m) => m.buy({ units: 90, stopLoss: 96, takeProfit: 120 }) };
    const stopped = [...bars.slice(0, 4), [50, 50, 47.9, 49] as Ohlc];
    const reached = [...bars.slice(0, 4), [50, 61, 50, 60] as Ohlc];
    for (const simulate of [run, runNative]) {
      const stop = simulate(stopped, [split(3, 2)], protectedBuy).roundTrips.at(0);
      expect(stop).toMatchObject({ units: 180, exitPrice: 48, stopLoss: 48, takeProfit: 60, exitReason: 'STOP_LOSS' });
      const target = simulate(reached, [split(3, 2)], protectedBuy).roundTrips.at(0);
      expect(target).toMatchObject({ units: 180, exitPrice: 60, exitReason: 'TAKE_PROFIT' });
    }
  });

  it('finds an entry that waits for its price, scaled as well', () => {
    const script: Script = { 1: (m) => m.buy({ units: 40, limit: 90 }) };
    const dips = [...bars.slice(0, 4), [50, 50, 44, 46] as Ohlc, flat(46)];
    for (const simulate of [run, runNative]) {
      const { roundTrips } = simulate(dips, [split(3, 2)], script, { finalizeTrades: true });
      expect(roundTrips.at(0)).toMatchObject({ units: 80, entryPrice: 45, entryIndex: 4 });
    }
  });

  it('and so is the protection that the entry asks for', () => {
    const script: Script = { 1: (m) => m.buy({ units: 40, limit: 90, stopLoss: 80, takeProfit: 110 }) };
    const dips = [...bars.slice(0, 4), [50, 50, 44, 46] as Ohlc, [46, 46, 39, 41] as Ohlc];
    for (const simulate of [run, runNative]) {
      const { roundTrips } = simulate(dips, [split(3, 2)], script);
      expect(roundTrips.at(0)).toMatchObject({ entryPrice: 45, stopLoss: 40, takeProfit: 55, exitPrice: 40 });
    }
  });

  it('has its worst and best price before it in the scale after it', () => {
    const wide = [...bars.slice(0, 2), [100, 110, 90, 100] as Ohlc];
    for (const [simulate, ratio] of [run, runNative].flatMap((each) => [2, 0.5].map((r) => [each, r] as const))) {
      const after = [flat(100 / ratio), flat(100 / ratio)];
      const { roundTrips } = simulate([...wide, ...after], [split(3, ratio)], buy, { finalizeTrades: true });
      expect(roundTrips.at(0).maxAdverse).toBeCloseTo(-0.1, 12);
      expect(roundTrips.at(0).maxFavorable).toBeCloseTo(0.1, 12);
    }
  });

  it('may take its share of the volume before it, counted in new units', () => {
    const thin = bars.map(([price], index): Ohlc => [price, price, price, price, index < 3 ? 100 : 200]);
    const decided: Script = { 2: (m) => m.buy({ units: 18 }) };
    const options = { costs: { ...withoutCosts.costs, volumeShare: 0.1 }, finalizeTrades: true };
    // 36 units now: 20 in the first bar, 16 in the second.
    expect(runNative(thin, [split(3, 2)], decided, options).roundTrips.at(0).units).toBe(36);
  });

  it('decided on the close before it is filled at that close with trade on close', () => {
    const script: Script = { 2: (m) => m.buy({ units: 90 }) };
    const result = run(bars, [split(3, 2), dividend(3, 1)], script, { tradeOnClose: true, finalizeTrades: true });
    expect(result.roundTrips.at(0)).toMatchObject({ units: 180, entryPrice: 50, entryIndex: 2 });
    expect(result.dividends).toBe(180);
  });
});

describe('a dividend', () => {
  const bars = [flat(100), flat(100), flat(100), flat(98), flat(98)];

  it('is cash for who is long at the open without it, and is counted', () => {
    const buy: Script = { 1: (m) => m.buy({ units: 90 }) };
    for (const result of [run(bars, [dividend(3, 2)], buy), runNative(bars, [dividend(3, 2)], buy)]) {
      expect([...result.equity]).toEqual(Array(5).fill(result.equity[0]));
      expect(result.dividends).toBe(180);
    }
  });

  it('is paid by who is short', () => {
    const result = run(bars, [dividend(3, 2)], { 1: (m) => m.sell({ units: 90 }) });
    expect([...result.equity]).toEqual(Array(5).fill(10_000));
    expect(result.dividends).toBe(-180);
  });

  it('is not for who buys at that open, nor lost to who sells at it', () => {
    const late: Script = { 2: (m) => m.buy({ units: 50 }) };
    const early: Script = { 1: (m) => m.buy({ units: 50 }), 2: (m) => m.exit() };
    for (const simulate of [run, runNative]) {
      expect(simulate(bars, [dividend(3, 2)], late).dividends).toBe(0);
      expect(simulate(bars, [dividend(3, 2)], early).dividends).toBe(100);
    }
  });

  it('is not counted twice when another symbol is bought at that open', () => {
    const series = [dailySeries('AAPL', bars), dailySeries('IBM', Array(5).fill(flat(100)))];
    const script: Script = { 1: (m) => m.buy({ units: 50 }), 2: (_, of) => of('IBM').buy({ sizePct: 50.5 }) };
    const actions = raw([dividend(3, 10)]);
    const options = brokerOptions({ finalizeTrades: true });
    const result = simulateUnits({ series, tradeFrom: null, actions }, scripted(script), {}, options);
    expect([...result.roundTrips.column('units')]).toEqual([50, 50]);
  });

  it('of a fraction of a cent a unit is rounded once, to the cent, under the native profile', () => {
    const buy: Script = { 1: (m) => m.buy({ units: 7 }) };
    expect(runNative(bars, [dividend(3, 0.0151)], buy).dividends).toBe(0.11);
  });

  it('of shares of today is one of its day over raw prices, and the other way round', () => {
    const series = dailySeries(SYMBOL, bars);
    const both = [split(3, 4), dividend(2, 8), { ...dividend(2, 3), basis: 'SPLIT' as const }, split(4, 2)];
    const at = (adjustment: 'RAW' | 'SPLIT') => barActions(series, { symbol: SYMBOL, adjustment, actions: both });
    expect(at('RAW')).toEqual([
      { barIndex: 2, ratio: 1, dividend: 8 + 3 * 8 },
      { barIndex: 3, ratio: 4, dividend: 0 },
      { barIndex: 4, ratio: 2, dividend: 0 },
    ]);
    expect(at('SPLIT')).toEqual([{ barIndex: 2, ratio: 1, dividend: 8 / 8 + 3 }]);
  });
});

it('actions before the first bar, at it and after the last one change nothing, to the last bit', () => {
  const bars = [flat(100), flat(101), flat(99), flat(98), flat(103), flat(104), flat(90), flat(95)];
  const outside = [split(-3, 2), dividend(-1, 1), split(0, 3), dividend(0, 1), split(9, 2), dividend(20, 1)];
  for (const simulate of [run, runNative]) {
    const script: Script = { 1: (m) => m.buy({ units: 10, stopLoss: 92 }), 4: (m) => m.exit() };
    const { equity, roundTrips } = simulate(bars, outside, script);
    const plain = simulate(bars, [], script);
    expect(equity).toEqual(plain.equity);
    expect(roundTrips).toEqual(plain.roundTrips);
  }
});

/** A walk, its splits and dividends, and the raw prices that they leave. */
const story = fc.record({
  moves: fc.array(fc.integer({ min: -40, max: 45 }), { minLength: 12, maxLength: 60 }),
  splits: fc.array(fc.tuple(fc.integer({ min: 1, max: 59 }), fc.constantFrom(2, 3, 0.5, 0.1, 1.5, 7)), {
    maxLength: 4,
  }),
  dividends: fc.array(fc.tuple(fc.integer({ min: 1, max: 59 }), fc.integer({ min: 1, max: 200 })), { maxLength: 4 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function told({ moves, splits, dividends }: Story) {
  const length = moves.length;
  const actions = [
    ...splits.filter(([bar]) => bar < length).map(([bar, ratio]) => split(bar, ratio)),
    ...dividends.filter(([bar]) => bar < length).map(([bar, cents]) => dividend(bar, cents / 100)),
  ];
  const later = (bar: number) =>
    actions.reduce((product, { kind, exDate, value }) => {
      return kind === 'SPLIT' && exDate > FIRST + bar * DAY_MS ? product * value : product;
    }, 1);
  let price = 100;
  const adjusted = moves.map((move): Ohlc => {
    const open = price * (1 + move / 2000);
    price = open * (1 + move / 1000);
    return [open, Math.max(open, price) * 1.01, Math.min(open, price) * 0.99, price, 1e6];
  });
  const asTraded = adjusted.map((bar, index): Ohlc => {
    const [open, high, low, close, volume = 0] = bar;
    const factor = later(index);
    return [open * factor, high * factor, low * factor, close * factor, volume / factor];
  });
  return { adjusted: dailySeries(SYMBOL, adjusted), asTraded: dailySeries(SYMBOL, asTraded), actions };
}

const cut = (series: BarSeries, end: number): BarSeries => ({
  ...series,
  timestamps: series.timestamps.slice(0, end),
  opens: series.opens.slice(0, end),
  highs: series.highs.slice(0, end),
  lows: series.lows.slice(0, end),
  closes: series.closes.slice(0, end),
  volumes: series.volumes.slice(0, end),
});

describe('what a strategy sees', () => {
  const profiles = [
    (bars: Parameters<typeof simulateUnits>[0], strategy: StrategyDefinition<Record<never, never>>) =>
      simulateUnits(bars, strategy, {}, brokerOptions({ lotSize: 0 })),
    (bars: Parameters<typeof simulateUnits>[0], strategy: StrategyDefinition<Record<never, never>>) =>
      simulateNative(bars, strategy, {}, { ...withoutCosts, instruments: [{ ...APPLE, tickSize: '0.000001' }] }),
  ];

  it('at a bar are the prices as traded, and those before them in their scale', () => {
    fc.assert(
      fc.property(story, (each) => {
        const { asTraded, actions } = told(each);
        const ratios = barActions(asTraded, raw(actions)[0]!);
        const scale = (from: number, to: number) =>
          ratios.reduce((product, { barIndex, ratio }) => {
            return barIndex > from && barIndex <= to ? product * ratio : product;
          }, 1);
        for (const simulate of profiles) {
          const seen: number[][] = [];
          simulate({ series: [asTraded], tradeFrom: null, actions: raw(actions) }, witness(seen));
          seen.forEach(([close = 0, previous = 0, , volume = 0, average = 0], index) => {
            const bar = index + 1;
            const before = (back: number) => asTraded.closes[bar - back]! / scale(bar - back, bar);
            expect(close).toBe(asTraded.closes[bar]);
            expect(previous).toBeCloseTo(before(1), 6);
            expect(volume).toBeCloseTo(asTraded.volumes[bar - 1]! * scale(bar - 1, bar), 3);
            if (bar >= 2) expect(average).toBeCloseTo((close + before(1) + before(2)) / 3, 6);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('and what it is worth depends on no later bar, split or dividend', () => {
    fc.assert(
      fc.property(story, fc.double({ min: 0.2, max: 0.95, noNaN: true }), (each, share) => {
        const { asTraded, actions } = told(each);
        const end = Math.max(4, Math.floor(asTraded.closes.length * share));
        const known = actions.filter(({ exDate }) => exDate <= asTraded.timestamps[end - 1]!);
        for (const simulate of profiles) {
          const all: number[][] = [];
          const early: number[][] = [];
          const whole = simulate({ series: [asTraded], tradeFrom: null, actions: raw(actions) }, witness(all));
          const start = simulate(
            { series: [cut(asTraded, end)], tradeFrom: null, actions: raw(known) },
            witness(early),
          );
          expect(all.slice(0, early.length)).toEqual(early);
          expect(whole.equity.slice(0, end)).toEqual(start.equity);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('raw prices with splits are worth what split-adjusted ones are, where fractions may be held', () => {
  const parsed = parseParameters(smaCross.parameters, { fast: 2, slow: 5 });
  if (!parsed.ok) throw new Error(parsed.error.message);
  fc.assert(
    fc.property(story, (each) => {
      const { adjusted, asTraded, actions } = told(each);
      const options = brokerOptions({ lotSize: 0, commission: { kind: 'PERCENT', rate: 0.001 }, volumeShare: 0.01 });
      const simulate = (series: BarSeries, adjustment: 'RAW' | 'SPLIT') =>
        simulateUnits(
          { series: [series], tradeFrom: null, actions: [{ symbol: SYMBOL, adjustment, actions }] },
          smaCross as StrategyDefinition,
          parsed.value,
          options,
        );
      const rawRun = simulate(asTraded, 'RAW');
      const splitRun = simulate(adjusted, 'SPLIT');
      expect(rawRun.roundTrips.length).toBe(splitRun.roundTrips.length);
      rawRun.equity.forEach((value, index) => expect(value).toBeCloseTo(splitRun.equity[index]!, 6));
      expect(rawRun.dividends).toBeCloseTo(splitRun.dividends, 6);
    }),
    { numRuns: 100 },
  );
});

it('every cent of a native run is cash, gains, fees or dividends', () => {
  fc.assert(
    fc.property(story, (each) => {
      const { asTraded, actions } = told(each);
      const options = { ...withoutCosts, costs: { feeBps: 12.5, volumeShare: 1 }, finalizeTrades: true };
      const bars = { series: [asTraded], tradeFrom: null, actions: raw(actions) };
      const result = simulateNative(bars, witness([]), {}, options);
      const pnl = result.roundTrips.column('pnl').reduce((sum, value) => sum + value, 0);
      expect(result.equity.at(-1)).toBeCloseTo(options.startingCash + pnl + result.dividends, 6);
    }),
    { numRuns: 100 },
  );
});

it('total return follows splits and reinvests dividends', () => {
  const series = dailySeries(SYMBOL, [flat(100), flat(49), flat(49)]);
  const actions = barActions(series, raw([split(1, 2), dividend(1, 1)])[0]!);
  expect([...totalReturnCloses(series, actions)]).toEqual([100, 100, 100]);
});
