import type { BacktestProfileName } from '../domain/backtest.js';
import type { BarSeries } from '../domain/bar.js';
import type { Instrument } from '../domain/instrument.js';
import { closeTimesOf } from '../engines/backtest/native-close-times.js';
import { simulateNative } from '../engines/backtest/native-simulation.js';
import { simulateUnits } from '../engines/backtest/simulate-units.js';
import { SimulationError } from '../engines/backtest/simulation-error.js';
import type { SimulationBars, SimulationHooks } from '../engines/backtest/simulation.js';
import { barsBetween } from '../engines/research/bars-between.js';
import type { Caution } from '../engines/research/caution.js';
import { analyzeLookAhead, lookAheadCautions } from '../engines/research/look-ahead.js';
import type { ParameterSet } from '../engines/research/parameter-set.js';
import { opensPlusTimeframe, type CheckedRun, type Simulate } from '../engines/research/recorded-run.js';
import { analyzeWarmUp, warmUpCautions } from '../engines/research/warm-up.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { BacktestRun } from '../ports/backtest-runner.js';
import { brokerOptionsOf, nativeOptionsOf } from '../services/backtesting/engine-options.js';

/** Bars of each symbol that are checked whatever the run's own length: some milliseconds. */
const CHECKED_BARS_MIN = 5_000;
/** The checks run a strategy some five times over what they look at, each at half of the speed. */
const CHECKED_SHARE = 0.1;
/** What the bars allow takes milliseconds; only a strategy that is slow at each bar comes near this, and a busy machine should not. */
const BUDGET_MIN_MS = 3_000;
const CUTS = 4;
const STARTS = 2;

export interface CheckBudget {
  /** What the run itself took. */
  readonly runMs: number;
  /** What is left of the deadline. */
  readonly leftMs: number;
}

/** The time for the checks is spent. */
class BudgetSpentError extends Error {
  override readonly name = 'BudgetSpentError';
}

/**
 * Looks for a glance at the future and a warm-up that is too short, by running again over the last part of the bars.
 * Takes about as long as the run did, and says so where that was not enough.
 * @param alive is told now and then that this goes on
 */
export function checkAgain(
  { spec, instruments, series, actions = [] }: BacktestRun,
  strategy: StrategyDefinition,
  values: ParameterSet,
  budget: CheckBudget,
  alive: () => void,
): readonly Caution[] {
  if (strategy.prepare !== undefined) return [notCheckedAsPrepared(strategy.name)];
  const endMs = performance.now() + Math.min(Math.max(budget.runMs, BUDGET_MIN_MS), budget.leftMs / 2);
  const hooks: SimulationHooks = {
    everyBars: 64,
    onProgress() {
      if (performance.now() > endMs) throw new BudgetSpentError();
      alive();
    },
  };
  const { seed } = spec;
  const run: CheckedRun = {
    strategy,
    values,
    bars: { ...lastPart(series, strategy.warmUpBars(values)), actions },
    simulate: simulateAgain(spec.profile, { ...spec.options, finalizeTrades: false }, instruments, hooks),
    closeTimesOf: spec.profile === 'native' ? nativeCloseTimes(instruments) : opensPlusTimeframe,
  };
  const cautions: Caution[] = [];
  try {
    cautions.push(...lookAheadCautions(analyzeLookAhead(run, { cuts: CUTS, seed })));
    cautions.push(...warmUpCautions(analyzeWarmUp(run, { starts: STARTS, seed })));
  } catch (error) {
    if (error instanceof SimulationError) return cautions;
    if (!(error instanceof BudgetSpentError)) throw error;
    cautions.push(notChecked(budget.runMs));
  }
  return cautions;
}

function notChecked(runMs: number): Caution {
  const seconds = (Math.max(runMs, BUDGET_MIN_MS) / 1000).toFixed(1);
  const message =
    `Looking ahead and the warm-up were not checked to the end: running again over the last part of the bars took longer ` +
    `than the ${seconds} s that are given to it.`;
  return { code: 'NOT_CHECKED', severity: 'INFO', message, values: { limitMs: Math.max(runMs, BUDGET_MIN_MS) } };
}

/** Running again would prepare again, which takes as long as the first time, for each cut. */
function notCheckedAsPrepared(name: string): Caution {
  const message =
    `Looking ahead and the warm-up were not checked: ${name} prepares itself on the bars of a run (it may train a model), ` +
    'and would have to do so again for each check.';
  return { code: 'NOT_CHECKED', severity: 'INFO', message, values: {} };
}

/** The same columns, from a later beginning on: what is near in time is near to what will be traded. */
function lastPart(series: readonly BarSeries[], warmUpBars: number): SimulationBars {
  const longest = series.reduce((a, b) => (a.timestamps.length >= b.timestamps.length ? a : b));
  const { timestamps } = longest;
  const wanted = Math.max(CHECKED_BARS_MIN, Math.ceil(CHECKED_SHARE * timestamps.length), 3 * warmUpBars);
  const from = timestamps[Math.max(0, timestamps.length - wanted)] ?? 0;
  if (timestamps.length <= wanted) return { series, tradeFrom: null };
  // Some symbols may have no bars so late: they cannot be run with.
  const cut = barsBetween({ series, tradeFrom: null }, from, Infinity, warmUpBars);
  return cut.series.every((each) => each.timestamps.length > warmUpBars) ? cut : { series, tradeFrom: null };
}

function simulateAgain(
  profile: BacktestProfileName,
  options: BacktestRun['spec']['options'],
  instruments: readonly Instrument[],
  hooks: SimulationHooks,
): Simulate {
  const native = nativeOptionsOf(options, instruments);
  const broker = brokerOptionsOf(options);
  return (bars, strategy, values) =>
    profile === 'native'
      ? simulateNative(bars, strategy, values, native, hooks)
      : simulateUnits(bars, strategy, values, broker, hooks);
}

function nativeCloseTimes(instruments: readonly Instrument[]): CheckedRun['closeTimesOf'] {
  const calendars = new Map(instruments.map(({ symbol, calendar }) => [symbol, calendar]));
  return (series) => closeTimesOf(series, calendars.get(series.symbol) ?? 'crypto');
}
