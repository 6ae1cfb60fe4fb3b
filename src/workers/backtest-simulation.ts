import type { BacktestFailure, BacktestFailureCode, ForeignStatistics } from '../domain/backtest.js';
import { actionsHash } from '../domain/corporate-action.js';
import { err, ok, type Result } from '../domain/result.js';
import { simulateNative } from '../engines/backtest/native-simulation.js';
import { prepareBars } from '../engines/backtest/prepared-bars.js';
import type { RoundTrips } from '../engines/backtest/round-trips.js';
import { simulateUnits } from '../engines/backtest/simulate-units.js';
import { SimulationError, type SimulationErrorCode } from '../engines/backtest/simulation-error.js';
import type { SimulationHooks, SimulationResult } from '../engines/backtest/simulation.js';
import { indexBacktestingPy } from '../engines/metrics/backtesting-py/run-index.js';
import { backtestingPyStatistics } from '../engines/metrics/backtesting-py/statistics.js';
import { monthlyReturns } from '../engines/metrics/monthly-returns.js';
import { parseParameters, type ParameterDeclarations, type ParameterValues } from '../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { BacktestResult, BacktestRun, RoundTripColumns } from '../ports/backtest-runner.js';
import { brokerOptionsOf, nativeOptionsOf, riskLimitsOf } from '../services/backtesting/engine-options.js';
import { ENGINE_VERSION } from '../services/backtesting/engine-version.js';
import { sampleCurve } from '../services/backtesting/sample-curve.js';
import { EntryDecisions } from '../engines/research/denial-cautions.js';
import { inOrder, type Caution } from '../engines/research/caution.js';
import { cautionsOfResult } from '../engines/research/result-cautions.js';
import { checkAgain } from './backtest-checks.js';
import { benchmarkCloses, deflatedStatistics } from './backtest-statistics.js';
import { hasPriceCosts } from './price-costs.js';

/** Runs a backtest in this thread: the simulation of its profile, then the statistics of what it left. */
export function simulateBacktest(
  run: BacktestRun,
  strategy: StrategyDefinition,
  hooks: SimulationHooks,
): Result<BacktestResult, BacktestFailure> {
  const { spec } = run;
  const parsed = parseParameters(strategy.parameters, spec.params, strategy.checkTogether?.bind(strategy));
  if (!parsed.ok) return err({ code: parsed.error.code, message: parsed.error.message });
  let simulated: SimulationResult;
  const entries = new EntryDecisions();
  const startedMs = performance.now();
  try {
    simulated = simulate(run, strategy, parsed.value, hooks, entries);
  } catch (error) {
    if (error instanceof SimulationError) return err(failureOf(error));
    const what = error instanceof Error ? error.message : String(error);
    return err({ code: 'STRATEGY_FAILED', message: `strategy ${strategy.name} failed: ${what}` });
  }
  const broken = simulated.equity.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    const when = new Date(simulated.times[broken] ?? 0).toISOString();
    const message = `strategy ${strategy.name}: the equity is no number any more at the bar of ${when}`;
    return err({ code: 'STRATEGY_RETURNED_NAN', message });
  }
  const runMs = performance.now() - startedMs;
  const result = resultOf(run, simulated, entries);
  const leftMs = spec.deadlineSeconds * 1000 - (performance.now() - startedMs);
  const { times, equity } = simulated;
  // Whoever waits for the run takes silence for a strategy that is stuck.
  const alive = () => hooks.onProgress(1, 1, times.at(-1) ?? NaN, equity.at(-1) ?? NaN);
  const found = checkAgain(run, strategy, parsed.value, { runMs, leftMs }, alive);
  return ok({ ...result, cautions: inOrder([...result.cautions, ...found]) });
}

function simulate(
  { spec, series, instruments, actions = [] }: BacktestRun,
  strategy: StrategyDefinition,
  values: ParameterValues<ParameterDeclarations>,
  hooks: SimulationHooks,
  entries: EntryDecisions,
): SimulationResult {
  const columns = { series, tradeFrom: null, actions };
  switch (spec.profile) {
    case 'native':
      return simulateNative(
        columns,
        strategy,
        values,
        nativeOptionsOf(spec.options, instruments),
        hooks,
        prepareBars(columns),
        {
          onEvents: (_time, events) => entries.take(events),
        },
      );
    case 'backtesting.py':
      return simulateUnits(columns, strategy, values, brokerOptionsOf(spec.options), hooks);
  }
}

const FAILURES: Readonly<Record<SimulationErrorCode, BacktestFailureCode>> = {
  INVALID_OPTIONS: 'INVALID_ARGUMENT',
  NO_BARS: 'NO_BARS_IN_RANGE',
  FEWER_BARS_THAN_WARM_UP: 'TOO_FEW_BARS',
  STRATEGY_FAILED: 'STRATEGY_FAILED',
};

/** The engines refuse a price or size of NaN as they refuse one below 0; here the two are told apart. */
function failureOf(error: SimulationError): BacktestFailure {
  const isNaN = error.code === 'STRATEGY_FAILED' && error.cause instanceof RangeError && /\bNaN\b/.test(error.message);
  return { code: isNaN ? 'STRATEGY_RETURNED_NAN' : FAILURES[error.code], message: error.message };
}

/** Its cautions are those that need no further run. */
type ResultWithCautions = BacktestResult & { readonly cautions: readonly Caution[] };

function resultOf(
  { spec, instruments, series, dataHash, otherSharpes, actions = [] }: BacktestRun,
  simulated: SimulationResult,
  entries: EntryDecisions,
): ResultWithCautions {
  const { times, equity } = simulated;
  const startingEquity = spec.options.initialCapital;
  // Sessions only where all of them have sessions: a day of crypto goes on.
  const calendar = instruments.every((each) => each.calendar === 'us-equity') ? 'us-equity' : 'crypto';
  const about = { calendar, timeframe: spec.timeframe, startingEquity } as const;
  const closes = benchmarkCloses(series, times, actions);
  const { statistics, trials } = deflatedStatistics(simulated, { ...about, benchmarkCloses: closes }, otherSharpes);
  const decisions = spec.profile === 'native' ? { decisions: entries, limits: riskLimitsOf(spec.options) } : null;
  return {
    dataHash,
    actionsHash: actionsHash(actions),
    barCount: series.reduce((sum, { timestamps }) => sum + timestamps.length, 0),
    symbols: spec.symbols,
    dataFrom: times[0] ?? NaN,
    dataTo: times.at(-1) ?? NaN,
    engineVersion: ENGINE_VERSION,
    statistics: { ...statistics },
    foreignStatistics: foreignStatisticsOf(spec, simulated, closes),
    monthlyReturns: monthlyReturns(times, equity, about, startingEquity),
    cautions: cautionsOfResult({
      statistics,
      pnl: simulated.roundTrips.column('pnl'),
      hasPriceCosts: hasPriceCosts(spec, instruments),
      trials,
      entries: decisions,
    }),
    times,
    equity,
    sample: sampleCurve(times, equity, startingEquity),
    roundTrips: columnsOf(simulated.roundTrips),
  };
}

function foreignStatisticsOf(
  { profile }: BacktestRun['spec'],
  simulated: SimulationResult,
  closes: Float64Array,
): ForeignStatistics | null {
  if (profile === 'native') return null;
  return { ...backtestingPyStatistics(simulated, indexBacktestingPy(simulated.times, closes)) };
}

function columnsOf(trips: RoundTrips): RoundTripColumns {
  // Copies: the columns of a run share one buffer, which has room to spare.
  return {
    length: trips.length,
    symbolIndex: trips.column('symbolIndex').slice(),
    units: trips.column('units').slice(),
    entryIndex: trips.column('entryIndex').slice(),
    exitIndex: trips.column('exitIndex').slice(),
    entryPrice: trips.column('entryPrice').slice(),
    exitPrice: trips.column('exitPrice').slice(),
    stopLoss: trips.column('stopLoss').slice(),
    takeProfit: trips.column('takeProfit').slice(),
    pnl: trips.column('pnl').slice(),
    commission: trips.column('commission').slice(),
    returnFraction: trips.column('returnFraction').slice(),
    maxAdverse: trips.column('maxAdverse').slice(),
    maxFavorable: trips.column('maxFavorable').slice(),
    exitReason: Array.from({ length: trips.length }, (_, index) => trips.exitReason(index)),
  };
}
