import { describe, expect, it } from 'vitest';
import { BITCOIN } from '../../tests/support/bars.js';
import { makeCommand } from '../../tests/support/backtesting.js';
import { makeBars } from '../../tests/support/synthetic-bars.js';
import { BacktestThreads } from '../adapters/backtests/backtest-threads.js';
import type { BarSeries } from '../domain/bar.js';
import { lstm } from '../engines/strategies/built-in/lstm.js';
import { parseParameters } from '../engines/strategies/parameters.js';
import type { BacktestRun, RunnerOptions } from '../ports/backtest-runner.js';

const threads = new BacktestThreads({ stallMs: 30_000 });
const BAR_COUNT = 300;
const SMALL = {
  trainBars: 200,
  retrainEveryBars: 60,
  units: 2,
  epochs: 2,
  requireSkill: false,
  volatilityMultiple: 0.01,
};
/** Far more than a deadline of a second allows. */
const ENDLESS = { ...SMALL, retrainEveryBars: 5, epochs: 100 };

function runOf(given: Readonly<Record<string, unknown>>, barCount = BAR_COUNT, deadlineSeconds = 60): BacktestRun {
  const params = parseParameters(lstm.parameters, given);
  if (!params.ok) throw new Error(params.error.message);
  const { options, symbols, timeframe, profile, seed } = makeCommand();
  const series: BarSeries = { symbol: BITCOIN.symbol, timeframe: 'ONE_MINUTE', ...makeBars(barCount, 0.8) };
  return {
    spec: {
      strategy: lstm.name,
      reference: { kind: 'BUILT_IN', name: lstm.name },
      params: params.value,
      symbols,
      timeframe,
      from: null,
      to: null,
      profile,
      options,
      seed,
      deadlineSeconds,
    },
    instruments: [BITCOIN],
    series: [series],
    dataHash: 'none',
    otherSharpes: [],
  };
}

async function resultOf(run: BacktestRun, options?: RunnerOptions) {
  const outcome = await threads.run(run, options);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

describe('a backtest that trains a model first', { timeout: 60_000 }, () => {
  it('tells of the training as part of its progress and of the models with its result, the same each time', async () => {
    const fractions: number[] = [];
    const onProgress: RunnerOptions['onProgress'] = ({ fraction }) => void fractions.push(fraction);
    const [result, again] = await Promise.all([resultOf(runOf(SMALL), { onProgress }), resultOf(runOf(SMALL))]);
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions[0]).toBeLessThan(0.95);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(result.equity).toHaveLength(BAR_COUNT);
    expect(again.equity).toEqual(result.equity);
    expect(again.cautions).toEqual(result.cautions);
    const messages = new Map(result.cautions.map(({ code, message }) => [code, message]));
    expect(messages.get('STRATEGY_REMARK')).toMatch(/^BTC-USD: 2 models, .* Skill on the 99 predictions out of sample/);
    expect(messages.get('NOT_CHECKED')).toContain('lstm prepares itself');
  });

  it('is called off in the middle of a training', async () => {
    const controller = new AbortController();
    let calledOffAt = NaN;
    const onProgress = () => {
      if (!controller.signal.aborted) calledOffAt = performance.now();
      controller.abort(new Error('called off'));
    };
    const { signal } = controller;
    await expect(threads.run(runOf(ENDLESS), { onProgress, signal })).rejects.toThrow('called off');
    expect(performance.now() - calledOffAt).toBeLessThan(3_000);
  });

  it('ends at its deadline in the middle of a training', async () => {
    const outcome = await threads.run(runOf(ENDLESS, BAR_COUNT, 2));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'BACKTEST_DEADLINE_EXCEEDED' } });
  });
});
