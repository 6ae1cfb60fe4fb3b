import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionsOf, listedAction, listedStrategy, randomWalk } from '../../../tests/support/listed-strategy.js';
import { APPLE, NATIVE } from '../../../tests/support/native-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import { DEFAULT_RISK_LIMITS } from '../risk/limits.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import type { NativeOptions } from './native-options.js';
import { simulateNative } from './native-simulation.js';

const WIDE = { ...DEFAULT_RISK_LIMITS, maxPositionFraction: 1e6, maxOrderNotional: 1e12, maxDailyLossFraction: 1e6 };
const OPTIONS: NativeOptions = {
  ...NATIVE,
  startingCash: 4_000,
  instruments: [{ ...APPLE, calendar: 'crypto' }],
  costs: { feeBps: 10, slippageBps: 5 },
  limits: WIDE,
  accountId: 'backtest-account',
};
const rules = fc.record({
  allowShort: fc.constant(true),
  exclusiveOrders: fc.boolean(),
  tradeOnClose: fc.boolean(),
  margin: fc.constantFrom(1, 0.5, 0.2),
});
const actions = fc.array(listedAction, { minLength: 2, maxLength: 15 });

function run(series: BarSeries, strategy: StrategyDefinition, options: NativeOptions) {
  const events: { readonly time: number; readonly event: TradingEvent }[] = [];
  const observer = {
    onEvents: (time: number, more: readonly TradingEvent[]) =>
      void events.push(...more.map((event) => ({ time, event }))),
  };
  const bars = { series: [series], tradeFrom: null };
  return { result: simulateNative(bars, strategy, {}, options, undefined, undefined, observer), events };
}

/** Books fills anew, from nothing but side, lots, price and fee: cents, signed lots, ticks. */
class PlainBooks {
  cash: number;
  lots = 0;
  constructor(cents: number) {
    this.cash = cents;
  }
  take({ side, lots, priceTicks, feeCents }: { side: string; lots: number; priceTicks: number; feeCents: number }) {
    const sign = side === 'BUY' ? 1 : -1;
    this.cash -= sign * lots * priceTicks + feeCents;
    this.lots += sign * lots;
  }
}

describe('a native run with shorts and margin', () => {
  it('has cash + units x price as its equity at every bar, to the cent', () => {
    fc.assert(
      fc.property(randomWalk, actions, rules, (series, wanted, some) => {
        const { result, events } = run(series, listedStrategy(decisionsOf(wanted, series)), {
          ...OPTIONS,
          rules: some,
        });
        const books = new PlainBooks(400_000);
        let next = 0;
        result.closeTimes.forEach((time, bar) => {
          for (; next < events.length && events[next]!.time <= time; next += 1) {
            const { event } = events[next]!;
            if (event.type === 'order_filled' && event.fill !== null) books.take(event.fill);
          }
          const cents = books.cash + books.lots * Math.round(series.closes[bar]! * 100);
          expect(Math.round(result.equity[bar]! * 100)).toBe(cents);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('opens nothing beyond the margin, and no fill goes through flat', () => {
    let entries = 0;
    fc.assert(
      fc.property(randomWalk, actions, rules, (series, wanted, some) => {
        // Large ones: most are more than the account can carry.
        const large = wanted.map((each) => ({ ...each, units: each.units * 5 }));
        const { events } = run(series, listedStrategy(decisionsOf(large, series)), { ...OPTIONS, rules: some });
        const books = new PlainBooks(400_000);
        for (const { event } of events) {
          if (event.type !== 'order_filled' || event.fill === null) continue;
          const before = books.lots;
          books.take(event.fill);
          expect(before * books.lots).toBeGreaterThanOrEqual(0);
          if (event.order.cause !== 'ENTRY') continue;
          entries += 1;
          const equity = books.cash + books.lots * event.fill.priceTicks;
          // Half a cent is rounded up.
          expect(some.margin * Math.abs(books.lots) * event.fill.priceTicks).toBeLessThanOrEqual(equity + 1);
        }
      }),
      { numRuns: 150 },
    );
    expect(entries).toBeGreaterThan(150);
  });

  it('trades short on mirrored prices as it trades long: entries, stops and targets', () => {
    let trips = 0;
    const free = {
      costs: { feeBps: 0, slippageBps: 0, halfSpreadBps: 0, tradeThroughTicks: 0, volumeShare: 1 },
      startingCash: 1e6,
      // No gap is beyond what is set aside: a collar lies above the price on both sides.
      limits: { ...WIDE, collarFraction: 0.5 },
    };
    fc.assert(
      fc.property(randomWalk, actions, fc.boolean(), fc.boolean(), (series, wanted, exclusiveOrders, tradeOnClose) => {
        const options = { ...OPTIONS, ...free, rules: { allowShort: true, exclusiveOrders, tradeOnClose } };
        const opposite = { BUY: 'SELL', SELL: 'BUY', EXIT: 'EXIT' } as const;
        const turned = wanted.map((each) => ({
          ...each,
          kind: opposite[each.kind],
          price: each.price === null ? null : { ...each.price, offset: -each.price.offset },
        }));
        const image = mirroredPrices(series);
        const one = run(series, listedStrategy(decisionsOf(wanted, series)), options).result;
        const other = run(image, listedStrategy(decisionsOf(turned, image)), options).result;
        expect([...other.equity]).toEqual([...one.equity]);
        expect(other.roundTrips.length).toBe(one.roundTrips.length);
        for (let k = 0; k < one.roundTrips.length; k += 1) {
          const [a, b] = [one.roundTrips.at(k), other.roundTrips.at(k)];
          expect([b.units, b.entryIndex, b.exitIndex, b.pnl, b.exitReason]).toEqual([
            -a.units,
            a.entryIndex,
            a.exitIndex,
            a.pnl,
            a.exitReason,
          ]);
          expect(b.maxAdverse * b.entryPrice).toBeCloseTo(a.maxAdverse * a.entryPrice, 6);
          expect(b.maxFavorable * b.entryPrice).toBeCloseTo(a.maxFavorable * a.entryPrice, 6);
        }
        trips += one.roundTrips.length;
      }),
      { numRuns: 150 },
    );
    expect(trips).toBeGreaterThan(150);
  });
});

const turned = (column: Float64Array) => column.map((price) => Math.round(20_000 - price * 100) / 100);

/** Prices p as 200 - p: what rises falls by the same ticks. */
const mirroredPrices = (series: BarSeries): BarSeries => ({
  ...series,
  opens: turned(series.opens),
  highs: turned(series.lows),
  lows: turned(series.highs),
  closes: turned(series.closes),
});
