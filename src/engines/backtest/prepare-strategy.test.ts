import { describe, expect, it } from 'vitest';
import { brokerOptions, dailySeries } from '../../../tests/support/scripted-backtest.js';
import type { BarSeries } from '../../domain/bar.js';
import { DecisionLog, recordDecisions } from '../research/decision-log.js';
import { opensPlusTimeframe } from '../research/recorded-run.js';
import type { Preparation, PreparationContext } from '../strategies/preparation.js';
import { defineStrategy } from '../strategies/strategy.js';
import { prepareStrategy } from './prepare-strategy.js';
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
