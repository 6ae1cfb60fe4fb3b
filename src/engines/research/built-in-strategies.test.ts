import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BarSeries } from '../../domain/bar.js';
import type { BrokerOptions } from '../backtest/options.js';
import { prepareBars } from '../backtest/prepared-bars.js';
import { simulateUnits } from '../backtest/simulate-units.js';
import { nativeStatistics } from '../metrics/native-statistics.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { smaCross } from '../strategies/built-in/sma-cross.js';
import { BUILT_IN_STRATEGIES } from '../strategies/catalogue.js';
import { parseParameters } from '../strategies/parameters.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { barsBetween } from './bars-between.js';
import { analyzeLookAhead } from './look-ahead.js';
import { bestIndex } from './ranking.js';
import { opensPlusTimeframe, type CheckedRun } from './recorded-run.js';
import { cautionsOfResult } from './result-cautions.js';
import { planSearch, type SearchPlan } from './search-plan.js';
import { sharpeTrialsOf } from './selection-cautions.js';
import { largestWarmUpBars, planWalkForward, type Stretch } from './walk-forward-plan.js';
import {
  chooseInSample,
  joinWalkForward,
  walkForwardCautions,
  walkForwardTaskAt,
  walkForwardTaskCount,
} from './walk-forward.js';
import { analyzeWarmUp } from './warm-up.js';

const DAY_MS = 86_400_000;
const options: BrokerOptions = {
  cash: 10_000,
  commission: { kind: 'PERCENT', rate: 0.0005 },
  spread: 0,
  slippage: { kind: 'NONE' },
  margin: 1,
  tradeOnClose: false,
  exclusiveOrders: true,
  finalizeTrades: false,
  lotSize: 0,
  volumeShare: null,
};

/** What these look at has an end: so many bars, and none before them. */
const LOOKS_AT_WINDOWS = new Set([
  'buy-and-hold',
  'sma-cross',
  'bollinger-reversion',
  'donchian-breakout',
  'momentum-rotation',
]);

/** A walk without memory: nothing that is found in it will last. */
function randomWalk(symbol: string, seed: number, count: number): BarSeries {
  const random = new SeededRandom(seed);
  let price = 100;
  const opens = new Float64Array(count);
  const closes = opens.map((_, i) => {
    opens[i] = price;
    return (price *= Math.exp(0.03 * (random.nextFloat() + random.nextFloat() - 1)));
  });
  return {
    symbol,
    timeframe: 'ONE_DAY',
    timestamps: closes.map((_, i) => Date.UTC(2015, 0, 1) + i * DAY_MS),
    opens,
    highs: closes.map((close, i) => Math.max(close, opens[i]!) * 1.005),
    lows: closes.map((close, i) => Math.min(close, opens[i]!) * 0.995),
    closes,
    volumes: closes.map((_, i) => 1e6 + (i % 7) * 1e5),
  };
}

function withDefaults(strategy: StrategyDefinition) {
  const values = parseParameters(strategy.parameters, {});
  if (!values.ok) throw new Error(values.error.message);
  return values.value;
}

function checkedRun(strategy: StrategyDefinition): CheckedRun {
  const symbols = strategy.name === 'momentum-rotation' ? ['AAA', 'BBB', 'CCC'] : ['AAA'];
  return {
    simulate: (bars, definition, values) => simulateUnits(bars, definition, values, options),
    strategy,
    values: withDefaults(strategy),
    bars: { series: symbols.map((symbol, i) => randomWalk(symbol, 20 + i, 900)), tradeFrom: null },
    closeTimesOf: opensPlusTimeframe,
  };
}

/** Those that prepare themselves are checked beside their code: each run of theirs trains models. */
const named = BUILT_IN_STRATEGIES.filter(({ prepare }) => prepare === undefined).map(
  (strategy) => [strategy.name, strategy] as const,
);

it.each(named)('%s sees the past alone', (_, strategy) => {
  const report = analyzeLookAhead(checkedRun(strategy), { cuts: 8, seed: 1 });
  expect(report).toMatchObject({ changes: [], repeat: null });
  expect(report.comparedDecisions).toBeGreaterThan(0);
});

// The others look at averages that never wholly forget where they began.
it.each(named.filter(([name]) => LOOKS_AT_WINDOWS.has(name)))(
  '%s decides the same with no more history than it warms up over',
  (_, strategy) => {
    const report = analyzeWarmUp(checkedRun(strategy), { starts: 5, seed: 1 });
    expect(report.startTimes).toHaveLength(5);
    expect(report).toMatchObject({ changedDecisions: 0 });
  },
);

const planned = (ranges: Parameters<typeof planSearch>[1]['ranges']): SearchPlan => {
  const plan = planSearch(smaCross, { kind: 'GRID', ranges, fixed: {} });
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
};
const steps = (from: number, to: number, step: number) => ({ kind: 'STEPS', from, to, step }) as const;
const plan = planned({ fast: steps(2, 30, 2), slow: steps(5, 60, 5) });

const about = { calendar: 'crypto', timeframe: 'ONE_DAY', startingEquity: options.cash } as const;

describe('a search over bars without memory', () => {
  const bars = { series: [randomWalk('AAA', 47, 1500)], tradeFrom: null };

  it('finds a set that looks good, and is told that so many trials find one by luck', () => {
    const prepared = prepareBars(bars);
    const runs = Array.from({ length: plan.length }, (_, index) =>
      simulateUnits(bars, smaCross as StrategyDefinition, plan.at(index), options, undefined, prepared),
    );
    const sharpes = Float64Array.from(runs, (result) => nativeStatistics(result, about).sharpe ?? NaN);
    const best = bestIndex(sharpes, 'MAXIMIZE')!;
    const trials = sharpeTrialsOf(sharpes)!;
    const statistics = nativeStatistics(runs[best]!, { ...about, trials });
    expect(statistics.sharpe).toBeGreaterThan(0.9);
    const pnl = runs[best]!.roundTrips.column('pnl');
    const cautions = cautionsOfResult({ statistics, pnl, hasPriceCosts: false, trials });
    expect(cautions.map(({ code }) => code)).toContain('SELECTED_BY_LUCK');
    expect(trials.count).toBe(plan.length);
  });

  it('does not carry over to what comes after the samples, in most of such walks', () => {
    const results = [41, 42, 43, 44, 45].map((seed) => walkedForward(randomWalk('AAA', seed, 1000)));
    for (const { equity } of results) {
      expect(equity).toHaveLength(1000 - 400 - 60);
      expect(equity.every((value) => value > 0)).toBe(true);
    }
    const weak = results.filter((result) => walkForwardCautions(result).length > 0);
    expect(weak.length).toBeGreaterThanOrEqual(4);
  });
});

/** Chooses sma-cross by its Sharpe ratio on 400 bars, and trades the 120 that follow an embargo. */
function walkedForward(series: BarSeries) {
  const bars = { series: [series], tradeFrom: null };
  const plan = planned({ fast: steps(4, 28, 6), slow: steps(15, 60, 15) });
  const strategy = smaCross as StrategyDefinition;
  const warmUp = largestWarmUpBars(strategy, plan);
  const windowing = { mode: 'ROLLING', inSampleBars: 400, outOfSampleBars: 120, embargoBars: warmUp } as const;
  const { timestamps: times } = series;
  const windows = planWalkForward(times.length, windowing);
  if (!windows.ok) throw new Error(windows.error.message);
  const runOver = ({ from, to }: Stretch, setIndex: number) => {
    const stretch = barsBetween(bars, times[from]!, times[to - 1]!, warmUp);
    return simulateUnits(stretch, strategy, plan.at(setIndex), { ...options, finalizeTrades: true });
  };
  const scores = Float64Array.from({ length: walkForwardTaskCount(windows.value, plan) }, (_, index) => {
    const { window, setIndex } = walkForwardTaskAt(windows.value, plan, index);
    return nativeStatistics(runOver(window.inSample, setIndex), about).sharpe ?? NaN;
  });
  const chosen = chooseInSample(windows.value, plan, scores, 'MAXIMIZE');
  const runs = windows.value.map((window, i) => ({
    window,
    setIndex: chosen[i]!,
    inSampleScore: scores[i * plan.length + chosen[i]!]!,
    inSample: runOver(window.inSample, chosen[i]!),
    outOfSample: runOver(window.outOfSample, chosen[i]!),
  }));
  return joinWalkForward(runs, plan, times, options.cash);
}

const google = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'bars/GOOG.csv');

it.skipIf(!existsSync(google))('buy-and-hold of GOOG is told that holding explains it (needs REFERENCE_DATA)', () => {
  const rows = readFileSync(google, 'utf8').trim().split('\n').slice(1);
  const columns = rows.map((row) => row.split(','));
  const column = (index: number) => Float64Array.from(columns, (fields) => Number(fields[index]));
  const series: BarSeries = {
    symbol: 'GOOG',
    timeframe: 'ONE_DAY',
    timestamps: Float64Array.from(columns, (fields) => Date.parse(fields[0]!)),
    opens: column(1),
    highs: column(2),
    lows: column(3),
    closes: column(4),
    volumes: column(5),
  };
  const strategy = BUILT_IN_STRATEGIES.find(({ name }) => name === 'buy-and-hold')!;
  const result = simulateUnits({ series: [series], tradeFrom: null }, strategy, withDefaults(strategy), {
    ...options,
    finalizeTrades: true,
  });
  const statistics = nativeStatistics(result, {
    calendar: 'us-equity',
    timeframe: 'ONE_DAY',
    benchmarkCloses: series.closes,
    startingEquity: options.cash,
  });
  const cautions = cautionsOfResult({
    statistics,
    pnl: result.roundTrips.column('pnl'),
    hasPriceCosts: false,
    trials: { count: 1, sharpeVariance: 0 },
  });
  expect(cautions.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['FEW_ROUND_TRIPS', 'ONE_ROUND_TRIP', 'EXPOSURE_EXPLAINS']),
  );
});
