import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokerOptions, dailySeries, type Ohlc } from '../../../tests/support/scripted-backtest.js';
import { simulateUnits } from '../backtest/simulate-units.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { BUILT_IN_STRATEGIES, findStrategy } from './catalogue.js';
import { parseParameters } from './parameters.js';

const docs = readFileSync(new URL('../../../docs/strategies.md', import.meta.url), 'utf8');

/** Waves of about fifty bars with noise: trends to follow and excesses to fade. */
function wavy(seed: number): Ohlc[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: 600 }, (_, i) => {
    const close = 100 * Math.exp(0.0005 * i + 0.2 * Math.sin((i + seed) / 8) + 0.02 * random.nextFloat());
    return [close, close * 1.01, close * 0.99, close];
  });
}

function run(name: string, parameters: Readonly<Record<string, unknown>> = {}, symbols = ['A']) {
  const strategy = findStrategy(name);
  if (strategy === undefined) throw new Error(`no ${name}`);
  const values = parseParameters(strategy.parameters, parameters, strategy.checkTogether);
  if (!values.ok) throw new Error(values.error.message);
  const series = symbols.map((symbol, i) => dailySeries(symbol, wavy(i * 10)));
  return simulateUnits({ series, tradeFrom: null }, strategy, values.value, brokerOptions({ finalizeTrades: true }));
}

// One that prepares something before a run, as a model does, is run by the tests of its own.
const unprepared = BUILT_IN_STRATEGIES.filter((strategy) => !('prepare' in strategy));

describe.each(unprepared.map((strategy) => [strategy.name, strategy] as const))('%s', (name, strategy) => {
  it('has defaults that fit, and trades on them', () => {
    expect(run(name).roundTrips.length).toBeGreaterThan(0);
  });

  it('never decides before its warm-up is over, nor without a value of its indicators', () => {
    const values = parseParameters(strategy.parameters, {}, strategy.checkTogether);
    if (!values.ok) throw new Error(values.error.message);
    const result = run(name);
    const warmUp = Math.max(1, strategy.warmUpBars(values.value));
    expect(result.firstDecisionIndex).toBe(warmUp);
    expect(Math.min(...result.roundTrips.column('entryIndex'))).toBeGreaterThan(warmUp);
  });
});

it.each(BUILT_IN_STRATEGIES.map((strategy) => [strategy.name, strategy] as const))(
  '%s is told in docs/strategies.md with every parameter and its default',
  (name, strategy) => {
    const start = docs.indexOf(`\n### ${name}\n`);
    expect(start).toBeGreaterThan(0);
    const section = docs.slice(start + 1).split('\n### ')[0] ?? '';
    const rows = section.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
    const told = rows.filter(([, first]) => first?.startsWith('`')).map(([, first, second]) => `${first} ${second}`);
    const declared = Object.entries(strategy.parameters).map(([key, { default: value }]) => `\`${key}\` ${value}`);
    expect(told).toEqual(declared);
  },
);

it.each(['sma-cross', 'ema-cross', 'macd', 'rsi-reversion', 'bollinger-reversion', 'donchian-breakout'])(
  '%s goes short only with direction both',
  (name) => {
    const units = (direction: string) => [...run(name, { direction }).roundTrips.column('units')];
    expect(Math.min(...units('long'))).toBeGreaterThan(0);
    expect(Math.min(...units('both'))).toBeLessThan(0);
    expect(Math.max(...units('both'))).toBeGreaterThan(0);
  },
);

/** Closes at which it decided to enter, over the mean of the bars before. */
const entryLevels = (name: string) => {
  const closes = wavy(0).map(([, , , close]) => close);
  const { roundTrips } = run(name);
  return [...roundTrips.column('entryIndex')].map((index) => {
    const before = closes.slice(Math.max(0, index - 21), index);
    return (closes[index - 1] as number) / (before.reduce((sum, value) => sum + value, 0) / before.length);
  });
};

it('reversion buys low and breakout buys high', () => {
  expect(Math.max(...entryLevels('rsi-reversion'))).toBeLessThan(1);
  expect(Math.max(...entryLevels('bollinger-reversion'))).toBeLessThan(1);
  expect(Math.min(...entryLevels('donchian-breakout'))).toBeGreaterThan(1);
});

it('momentum-rotation holds as many symbols as it may, the strongest, and buy-and-hold all', () => {
  const symbols = ['A', 'B', 'C', 'D'];
  const held = run('momentum-rotation', { lookback: 20, top: 2, everyBars: 10 }, symbols);
  const trips = Array.from({ length: held.roundTrips.length }, (_, i) => held.roundTrips.at(i));
  const most = Math.max(
    ...held.times.map((_, at) => trips.filter((trip) => trip.entryIndex <= at && at < trip.exitIndex).length),
  );
  expect(most).toBe(2);
  expect(new Set(trips.map(({ symbolIndex }) => symbolIndex)).size).toBe(4);
  expect(run('buy-and-hold', {}, symbols).roundTrips.length).toBe(4);
});

it('an unknown name is no strategy', () => {
  expect(findStrategy('nothing')).toBeUndefined();
});
