import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokerOptions, DAY_MS } from '../../../tests/support/scripted-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { smaCross } from '../strategies/built-in/sma-cross.js';
import { parseParameters } from '../strategies/parameters.js';
import { defineStrategy, type Market, type OrderRequest, type StrategyDefinition } from '../strategies/strategy.js';
import type { BrokerOptions, Commission, Slippage } from './options.js';
import { prepareBars } from './prepared-bars.js';
import { ResultMemory } from './result-memory.js';
import type { SimulationResult } from './simulation.js';
import { simulateUnits } from './simulate-units.js';

const RUNS = { numRuns: 150 };

/** A random walk with gaps, spikes and missing days. */
function randomSeries(symbol: string, seed: number, days: number): BarSeries {
  const random = new SeededRandom(seed);
  const rows: number[][] = [];
  let close = 50 + random.nextFloat() * 100;
  for (let day = 0; day < days; day += 1) {
    const open = close * (1 + (random.nextFloat() - 0.5) * (random.nextFloat() < 0.1 ? 0.3 : 0.02));
    close = open * (1 + (random.nextFloat() - 0.5) * 0.1);
    const high = Math.max(open, close) * (1 + random.nextFloat() * 0.05);
    const low = Math.min(open, close) * (1 - random.nextFloat() * 0.05);
    if (random.nextFloat() < 0.1 && rows.length > 2) continue;
    rows.push([day * DAY_MS, open, high, low, close, Math.floor(random.nextFloat() * 2000)]);
  }
  const column = (index: number) => Float64Array.from(rows, (row) => row[index] as number);
  return {
    symbol,
    timeframe: 'ONE_DAY',
    timestamps: column(0),
    opens: column(1),
    highs: column(2),
    lows: column(3),
    closes: column(4),
    volumes: column(5),
  };
}

/** Orders of all kinds, chosen by what the strategy sees: a hash of the closes so far. */
const erratic: StrategyDefinition<Record<never, never>> = defineStrategy({
  name: 'erratic',
  description: 'Decides by the digits of the closes.',
  parameters: {},
  warmUpBars: () => 1,
  create(setup) {
    const markets = setup.symbols.map((symbol) => setup.market(symbol));
    let state = 1;
    return {
      onBar() {
        for (const market of markets) {
          state = (Math.imul(state, 31) + Math.floor(market.close.now * 1e6) + market.positionSize) >>> 0;
          decide(market, state >>> 4);
        }
      },
    };
  },
});

function decide(market: Market, choice: number): void {
  const close = market.close.now;
  const side = choice % 2 === 0 ? 1 : -1;
  const orders: OrderRequest[] = [
    {},
    { sizePct: 1 + (choice % 99) },
    { units: 1 + (choice % 40) },
    { limit: close * (1 - side * 0.01), stopLoss: close * (1 - side * 0.04) },
    { stop: close * (1 + side * 0.01), stopLoss: close * (1 - side * 0.02), takeProfit: close * (1 + side * 0.05) },
    { stop: close * (1 + side * 0.01), limit: close * (1 + side * 0.02) },
    { stopLoss: close * (1 - side * 0.03), takeProfit: close * (1 + side * 0.03), sizePct: 40 },
  ];
  const kind = (choice >>> 3) % 16;
  if (kind === 15) market.exit();
  else if (kind < 7) {
    const order = orders[kind];
    if (side > 0) market.buy(order);
    else market.sell(order);
  }
}

const commission: fc.Arbitrary<Commission> = fc.oneof(
  fc.constant<Commission>({ kind: 'PERCENT', rate: 0.002 }),
  fc.constant<Commission>({ kind: 'FIXED_PLUS_PERCENT', fixed: 2, rate: 0.001 }),
  fc.constant<Commission>({ kind: 'PER_UNIT', perUnit: 0.01, minimum: 1 }),
  fc.constant<Commission>({ kind: 'FUNCTION', commissionOf: (units, price) => Math.abs(units) * price * 0.003 }),
);
const slippage: fc.Arbitrary<Slippage> = fc.oneof(
  fc.constant<Slippage>({ kind: 'NONE' }),
  fc.constant<Slippage>({ kind: 'BASIS_POINTS', basisPoints: 5 }),
  fc.constant<Slippage>({ kind: 'VOLUME_SHARE', impact: 0.1 }),
);
const options: fc.Arbitrary<BrokerOptions> = fc
  .record({
    commission,
    slippage,
    spread: fc.constantFrom(0, 0.001),
    margin: fc.constantFrom(1, 0.5, 0.1),
    tradeOnClose: fc.boolean(),
    exclusiveOrders: fc.boolean(),
    finalizeTrades: fc.boolean(),
    lotSize: fc.constantFrom(1, 0, 0.01),
    volumeShare: fc.constantFrom(null, 0.01, 0.2),
  })
  .map(brokerOptions);
const markets = fc
  .record({ seed: fc.nat(1e9), symbols: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 8, max: 120 }) })
  .map(({ seed, symbols, days }) =>
    ['A', 'B', 'C'].slice(0, symbols).map((name, i) => randomSeries(name, seed + i, days)),
  );

const run = (series: readonly BarSeries[], broker: BrokerOptions): SimulationResult =>
  simulateUnits({ series, tradeFrom: null }, erratic, {}, broker);
const tripsOf = ({ roundTrips }: SimulationResult) =>
  Array.from({ length: roundTrips.length }, (_, i) => roundTrips.at(i));

function upTo(series: BarSeries, time: number): BarSeries {
  const count = series.timestamps.filter((timestamp) => timestamp <= time).length;
  const { timestamps, opens, highs, lows, closes, volumes } = series;
  const cut = (column: Float64Array) => column.slice(0, count);
  return {
    ...series,
    timestamps: cut(timestamps),
    opens: cut(opens),
    highs: cut(highs),
    lows: cut(lows),
    closes: cut(closes),
    volumes: cut(volumes),
  };
}

/** The same, asked at each bar: as its orders are those of the bars at which it is asked, nothing else may matter. */
const askedAtEachBar = (strategy: typeof smaCross): typeof smaCross => ({
  ...strategy,
  create(setup, values) {
    const inner = strategy.create(setup, values);
    return { onBar: () => inner.onBar() };
  },
});

it('a strategy that tells where it decides trades as if it were asked at each bar', () => {
  const parameters = fc.record({
    fast: fc.integer({ min: 1, max: 4 }),
    slow: fc.integer({ min: 5, max: 9 }),
    direction: fc.constantFrom('long', 'both'),
    exitOnCross: fc.boolean(),
    sizePct: fc.constantFrom(0, 40),
    stopLossPct: fc.constantFrom(0, 3),
    takeProfitPct: fc.constantFrom(0, 4),
  });
  const tradeFrom = fc.option(fc.integer({ min: 0, max: 20 }));
  let tripCount = 0;
  fc.assert(
    fc.property(fc.nat(1e9), parameters, options, tradeFrom, (seed, given, broker, day) => {
      const bars = { series: [randomSeries('A', seed, 120)], tradeFrom: day === null ? null : day * DAY_MS };
      const values = parseParameters(smaCross.parameters, given, smaCross.checkTogether);
      if (!values.ok) throw new Error(values.error.message);
      const told = simulateUnits(bars, smaCross, values.value, broker);
      const asked = simulateUnits(bars, askedAtEachBar(smaCross), values.value, broker);
      tripCount += told.roundTrips.length;
      expect(tripsOf(told)).toEqual(tripsOf(asked));
      expect(told.equity).toEqual(asked.equity);
      expect(told.fillCount).toBe(asked.fillCount);
      expect(told.refusedCount).toBe(asked.refusedCount);
    }),
    RUNS,
  );
  expect(tripCount).toBeGreaterThan(RUNS.numRuns);
});

it('cutting off the future changes nothing before', () => {
  fc.assert(
    fc.property(markets, options, fc.double({ min: 0.3, max: 1, noNaN: true }), (series, broker, part) => {
      const open = { ...broker, finalizeTrades: false };
      const full = run(series, open);
      const last = full.times[Math.floor((full.times.length - 1) * part)] as number;
      const shorter = series.map((each) => upTo(each, last));
      fc.pre(shorter.every(({ timestamps }) => timestamps.length > 1));
      const cut = run(shorter, open);
      expect(full.equity.slice(0, cut.equity.length)).toEqual(cut.equity);
      const trips = tripsOf(cut);
      expect(tripsOf(full).slice(0, trips.length)).toEqual(trips);
    }),
    RUNS,
  );
});

it('a run twice is equal', () => {
  fc.assert(
    fc.property(markets, options, (series, broker) => {
      const first = run(series, broker);
      const second = run(series, broker);
      expect([...second.equity]).toEqual([...first.equity]);
      expect(tripsOf(second)).toEqual(tripsOf(first));
      expect([...second.exposed]).toEqual([...first.exposed]);
    }),
    { numRuns: 40 },
  );
});

it('a run in the memory of others is equal', () => {
  const memory = new ResultMemory();
  let ruinCount = 0;
  fc.assert(
    fc.property(markets, options, (series, broker) => {
      const first = run(series, broker);
      const bars = { series, tradeFrom: null };
      const second = simulateUnits(bars, erratic, {}, broker, undefined, prepareBars(bars), memory);
      if (first.equity.at(-1) === 0) ruinCount += 1;
      expect(second.equity).toEqual(first.equity);
      expect(tripsOf(second)).toEqual(tripsOf(first));
      expect(second.exposed).toEqual(first.exposed);
    }),
    { numRuns: 100 },
  );
  // The rest of such a curve is what was there before, if nothing clears it.
  expect(ruinCount).toBeGreaterThan(0);
});

it('money comes from the round trips and from nothing else', () => {
  fc.assert(
    fc.property(markets, options, (series, broker) => {
      const result = run(series, { ...broker, finalizeTrades: true });
      const trips = tripsOf(result);
      const pnl = trips.reduce((sum, trip) => sum + trip.pnl, 0);
      const paid = trips.reduce((sum, trip) => sum + trip.commission, 0);
      const value = trips.reduce((sum, trip) => sum + Math.abs(trip.units) * (trip.entryPrice + trip.exitPrice), 0);
      const final = result.equity.at(-1) as number;
      expect(result.commissions).toBeCloseTo(paid, 6);
      expect(result.tradedValue).toBeCloseTo(value, 4);
      if (final > 0) expect(final).toBeCloseTo(broker.cash + pnl, 6);
      else expect(broker.cash + pnl).toBeLessThanOrEqual(1e-6);
    }),
    RUNS,
  );
});

it('round trips are bought before they are sold, at prices of their bars, and within their extremes', () => {
  fc.assert(
    fc.property(markets, options, (series, broker) => {
      const plain: BrokerOptions = { ...broker, slippage: { kind: 'NONE' }, spread: 0, lotSize: 1, volumeShare: null };
      const result = run(series, plain);
      for (const trip of tripsOf(result)) {
        expect(trip.exitIndex).toBeGreaterThanOrEqual(trip.entryIndex);
        expect(Number.isInteger(trip.units)).toBe(true);
        const { timestamps, highs, lows } = series[trip.symbolIndex] as BarSeries;
        for (const [index, price] of [
          [trip.entryIndex, trip.entryPrice],
          [trip.exitIndex, trip.exitPrice],
        ] as const) {
          const bar = timestamps.indexOf(result.times[index] as number);
          if (bar < 0) continue;
          expect(price).toBeGreaterThanOrEqual((lows[bar] as number) * (1 - 1e-12));
          expect(price).toBeLessThanOrEqual((highs[bar] as number) * (1 + 1e-12));
        }
        const move = Math.sign(trip.units) * (trip.exitPrice / trip.entryPrice - 1);
        expect(trip.maxAdverse).toBeLessThanOrEqual(Math.min(0, move) + 1e-12);
        expect(trip.maxFavorable).toBeGreaterThanOrEqual(Math.max(0, move) - 1e-12);
      }
    }),
    RUNS,
  );
});

it('a position costs no more than the equity times leverage when it is opened', () => {
  fc.assert(
    fc.property(fc.nat(1e9), options, (seed, broker) => {
      const result = run([randomSeries('A', seed, 80)], { ...broker, volumeShare: null });
      // One symbol without partial fills: nothing else is open at an entry, so equity is what the trips before left.
      let equity = broker.cash;
      for (const trip of tripsOf(result)) {
        expect(Math.abs(trip.units) * trip.entryPrice * broker.margin).toBeLessThanOrEqual(equity * (1 + 1e-9));
        equity += trip.pnl;
      }
    }),
    RUNS,
  );
});
