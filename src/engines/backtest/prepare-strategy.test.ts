import { describe, expect, it } from 'vitest';
import { brokerOptions, dailySeries } from '../../../tests/support/scripted-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import { barsBetween } from '../research/bars-between.js';
import { DecisionLog, recordDecisions } from '../research/decision-log.js';
import { opensPlusTimeframe } from '../research/recorded-run.js';
import type { Preparation, PreparationContext } from '../strategies/preparation.js';
import { defineStrategy } from '../strategies/strategy.js';
import { prepareForMany, prepareStrategy } from './prepare-strategy.js';
import { simulateUnits } from './simulate-units.js';

const series = ['A', 'B'].map((symbol) =>
  dailySeries(
    symbol,
    Array.from({ length: 20 }, () => [10, 11, 9, 10] as const),
  ),
);
const bars = { series, tradeFrom: null };
const context: PreparationContext = {
  seed: 1,
  roundTripCosts: [0, 0],
  onProgress: () => {},
  startTensors: () => Promise.resolve(),
};

/** Buys a symbol at the bar whose index its line names. */
const strategyWith = (prepare: () => Promise<Preparation>) =>
  defineStrategy({
    name: 'prepared',
    description: 'Buys where it was told to.',
    parameters: {},
    warmUpBars: () => 1,
    prepare,
    create(setup) {
      const told = setup.symbols.map((symbol) => ({
        market: setup.market(symbol),
        line: setup.prepared(symbol)['buy']!,
      }));
      return {
        onBar() {
          for (const { market, line } of told) if (line.now === 1) market.buy({ units: 5 });
        },
      };
    },
  });

const buyAt = (index: number) => ({ buy: Float64Array.from({ length: 20 }, (_, i) => (i === index ? 1 : 0)) });
const prepared = () =>
  prepareStrategy(
    strategyWith(() => Promise.resolve({ lines: [buyAt(4), buyAt(7)], remarks: ['told'] })),
    bars,
    {},
    context,
  );
const refused = (prepare: () => Promise<Preparation>) => prepareStrategy(strategyWith(prepare), bars, {}, context);

const number = (about: string) => ({ kind: 'INTEGER', description: about, default: 0, min: 0, max: 19 }) as const;
const values = (at: number, later: number, units: number) => ({ at, later, units });

describe('a strategy that prepares itself', () => {
  it('finds the lines of each symbol at its creation, bar for bar', async () => {
    const { strategy, remarks } = await prepared();
    const { roundTrips } = simulateUnits(bars, strategy, {}, brokerOptions({ finalizeTrades: true }));
    const entries = Array.from({ length: roundTrips.length }, (_, i) => roundTrips.at(i));
    expect(entries.map(({ symbolIndex, entryIndex }) => [symbolIndex, entryIndex])).toEqual([
      [0, 5],
      [1, 8],
    ]);
    expect(remarks).toEqual(['told']);
  });

  it('finds them where its decisions are written down too', async () => {
    const { strategy } = await prepared();
    const log = new DecisionLog();
    const closeTimes = new Map(series.map((each) => [each.symbol, opensPlusTimeframe(each)]));
    simulateUnits(bars, recordDecisions(strategy, log, closeTimes), {}, brokerOptions());
    expect(log.decisions.map(({ symbol }) => symbol)).toEqual(['A', 'B']);
  });

  it('does not run over other bars than it was prepared for', async () => {
    const { strategy } = await prepared();
    const shorter = series.map(({ symbol }) =>
      dailySeries(
        symbol,
        Array.from({ length: 10 }, () => [10, 11, 9, 10] as const),
      ),
    );
    const run = () => simulateUnits({ series: shorter, tradeFrom: null }, strategy, {}, brokerOptions());
    expect(run).toThrow('it was prepared for 20 bars, and these are 10');
  });

  it('sees no jump at a split, and bars before it as they were', async () => {
    const raw = dailySeries('A', [
      [100, 110, 90, 100, 50],
      [100, 110, 90, 105, 50],
      [50, 55, 45, 54, 100],
      [20, 22, 18, 21, 250],
    ]);
    const splits = [
      { symbol: 'A', kind: 'SPLIT', exDate: raw.timestamps[2]!, value: 2, basis: 'RAW' },
      { symbol: 'A', kind: 'SPLIT', exDate: raw.timestamps[3]!, value: 2.5, basis: 'RAW' },
    ] as const;
    const seen: BarSeries[] = [];
    const strategy = {
      ...strategyWith(() => Promise.resolve({ lines: [], remarks: [] })),
      prepare: (given: readonly BarSeries[]) => {
        seen.push(...given);
        return Promise.resolve({ lines: [], remarks: [] });
      },
    };
    const actions = [{ symbol: 'A', adjustment: 'RAW', actions: splits }] as const;
    await prepareStrategy(strategy, { series: [raw], tradeFrom: null, actions }, {}, context);
    expect([...seen[0]!.closes]).toEqual([100, 105, 108, 105]);
    expect([...seen[0]!.volumes]).toEqual([50, 50, 50, 50]);
  });

  it('finds the lines of a stretch of its bars, at the bars that they belong to', async () => {
    const many = await prepareForMany(
      strategyWith(() => Promise.resolve({ lines: [buyAt(4), buyAt(7)], remarks: [] })),
      bars,
      {},
      context,
    );
    const stretch = barsBetween(bars, series[0]!.timestamps[5]!, series[0]!.timestamps[12]!, 2);
    const { strategy } = many.forRun({}, stretch.series);
    const { roundTrips, times } = simulateUnits(stretch, strategy, {}, brokerOptions({ finalizeTrades: true }));
    const { symbolIndex, entryIndex } = roundTrips.at(0);
    expect(roundTrips.length).toBe(1);
    expect([symbolIndex, times[entryIndex]]).toEqual([1, series[1]!.timestamps[8]]);
    const others = series.map((each) => ({ ...each, timestamps: each.timestamps.map((time) => time + 1) }));
    expect(() => many.forRun({}, others)).toThrow('the run has bars of A that it was not prepared for');
  });

  describe('and reads some of its parameters in doing so', () => {
    const trained: number[] = [];
    const preparing = (prepareReads: readonly ('at' | 'later')[]) =>
      defineStrategy({
        name: 'prepared',
        description: 'Does nothing.',
        parameters: { at: number('Bar to buy at'), later: number('Bars later'), units: number('Units') },
        warmUpBars: () => 1,
        prepareReads,
        prepare(_bars, { at }) {
          trained.push(at);
          return Promise.resolve({
            linesFor: ({ later }) => ({ lines: [buyAt(at + later), {}], remarks: [`${at} and ${later}`] }),
          });
        },
        create: () => ({ onBar: () => {} }),
      });

    it('is prepared once for all runs that differ in the others', async () => {
      const many = await prepareForMany(preparing(['at']), bars, values(3, 1, 5), context);
      const remarks = [values(3, 1, 5), values(3, 4, 1)].map((each) => many.forRun(each, series).remarks);
      expect(remarks).toEqual([['3 and 1'], ['3 and 4']]);
      expect(trained).toEqual([3]);
      expect(() => many.forRun(values(2, 1, 5), series)).toThrow('made with other values than those of the run');
    });

    it('fails by name when it reads one that it did not name', async () => {
      await expect(prepareForMany(preparing(['later']), bars, values(3, 1, 5), context)).rejects.toMatchObject({
        code: 'STRATEGY_FAILED',
        message:
          'strategy prepared failed at its preparation: the preparation of prepared reads at, which prepareReads does not name',
      });
    });
  });

  it('is refused lines that are not as long as the bars', async () => {
    const lines = [buyAt(1), { buy: new Float64Array(19) }];
    await expect(refused(() => Promise.resolve({ lines, remarks: [] }))).rejects.toMatchObject({
      code: 'STRATEGY_FAILED',
      message: 'strategy prepared failed at its preparation: the line buy of B is no column of its 20 bars',
    });
  });

  it('fails as itself when its preparation throws', async () => {
    await expect(refused(() => Promise.reject(new Error('no memory')))).rejects.toMatchObject({
      code: 'STRATEGY_FAILED',
      message: 'strategy prepared failed at its preparation: no memory',
    });
  });
});
