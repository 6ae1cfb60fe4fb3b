import { expect, it } from 'vitest';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import { defineStrategy } from '../engines/strategies/strategy.js';
import type { BacktestRun } from '../ports/backtest-runner.js';
import { makeCommand } from '../../tests/support/backtesting.js';
import { BITCOIN } from '../../tests/support/bars.js';
import { dailySeries } from '../../tests/support/scripted-backtest.js';
import { simulateBacktest } from './backtest-simulation.js';

const SERIES = dailySeries(
  'BTC-USD',
  Array.from({ length: 400 }, (_, i) => {
    const close = 100 + 10 * Math.sin(i / 9);
    return [close, close + 1, close - 1, close] as const;
  }),
);

function cautionsOf(strategy: StrategyDefinition, otherSharpes: readonly number[] = []) {
  const { options, profile, seed, deadlineSeconds } = makeCommand();
  const run: BacktestRun = {
    spec: {
      strategy: strategy.name,
      reference: { kind: 'BUILT_IN', name: strategy.name },
      params: {},
      symbols: ['BTC-USD'],
      timeframe: 'ONE_DAY',
      from: null,
      to: null,
      profile,
      options,
      seed,
      deadlineSeconds,
    },
    instruments: [BITCOIN],
    series: [SERIES],
    dataHash: '',
    otherSharpes,
  };
  const outcome = simulateBacktest(run, strategy, { everyBars: 64, onProgress: () => undefined });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.cautions;
}

const buying = (sizePct: number) =>
  defineStrategy({
    name: 'buying',
    description: 'Buys once.',
    parameters: {},
    warmUpBars: () => 0,
    create(setup) {
      const market = setup.market();
      return {
        onBar() {
          if (market.barCount === 10) market.buy({ sizePct });
        },
      };
    },
  });

it('a run that wants half of the equity is told which limit denied it, and that nothing was traded', () => {
  const denied = cautionsOf(buying(50)).find(({ code }) => code === 'ENTRIES_DENIED');
  expect(denied).toMatchObject({ severity: 'CRITICAL', values: { entries: 1, denied: 1, 'denied MAX_POSITION': 1 } });
  expect(cautionsOf(buying(10)).map(({ code }) => code)).not.toContain('ENTRIES_DENIED');
});

it('a strategy that keeps something between runs is found out by running it again', () => {
  let runs = 0;
  const forgetful = defineStrategy({
    name: 'forgetful',
    description: 'Buys later in each run.',
    parameters: {},
    warmUpBars: () => 0,
    create(setup) {
      const market = setup.market();
      runs += 1;
      const at = 10 + runs;
      return {
        onBar() {
          if (market.barCount === at) market.buy({ sizePct: 10 });
        },
      };
    },
  });
  expect(cautionsOf(forgetful)[0]).toMatchObject({ code: 'NOT_REPRODUCIBLE', severity: 'CRITICAL' });
});
