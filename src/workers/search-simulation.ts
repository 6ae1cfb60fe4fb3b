import { mergedTimes, prepareBars, type PreparedBars } from '../engines/backtest/prepared-bars.js';
import { simulateNative } from '../engines/backtest/native-simulation.js';
import type { PreparedStrategy } from '../engines/backtest/prepare-strategy.js';
import { ResultMemory } from '../engines/backtest/result-memory.js';
import { simulateUnits } from '../engines/backtest/simulate-units.js';
import { SimulationError } from '../engines/backtest/simulation-error.js';
import type { SimulationBars, SimulationHooks, SimulationResult } from '../engines/backtest/simulation.js';
import { nativeStatistics, type NativeStatistics } from '../engines/metrics/native-statistics.js';
import { indexRun, type RunCalendar, type RunIndex } from '../engines/metrics/run-index.js';
import { barsBetween } from '../engines/research/bars-between.js';
import { scoreOf, type Objective } from '../engines/research/objectives.js';
import type { ParameterSet } from '../engines/research/parameter-set.js';
import type { SearchPlan } from '../engines/research/search-plan.js';
import { largestWarmUpBars, type Stretch, type WalkForwardWindow } from '../engines/research/walk-forward-plan.js';
import { walkForwardTaskAt } from '../engines/research/walk-forward.js';
import type { ParameterDeclarations } from '../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { RunResults, SearchRun } from '../ports/search-runner.js';
import { brokerOptionsOf, nativeOptionsOf } from '../services/backtesting/engine-options.js';
import { trialDigestsOf } from '../services/research/run-digest.js';
import { SearchPreparation } from './search-preparation.js';

/** Columns of indicators that a thread keeps for the sets to come. */
const INDICATOR_BYTES = 128 * 1024 * 1024;

/** Bars with what the runs over them share. */
interface Ground {
  readonly key: string;
  readonly bars: SimulationBars;
  readonly prepared: PreparedBars;
  index: RunIndex | null;
}

/** What a run over some of the bars left; the message of a strategy or of bars that it cannot run with. */
type RunOutcome =
  | { readonly simulated: SimulationResult; readonly statistics: NativeStatistics }
  | { readonly simulated: null; readonly fault: string };

interface RunRow {
  readonly windowIndex: number | null;
  readonly values: ParameterSet;
  readonly statistics: NativeStatistics | null;
  readonly score: number;
  readonly fault: string | null;
}

/** The runs of one search, in this thread: parameter sets over all bars, or over the samples of a walk-forward. */
export class SearchSimulation {
  readonly run: SearchRun;
  readonly strategy: StrategyDefinition;
  readonly plan: SearchPlan;
  /** Null for a search over all bars. */
  readonly windows: readonly WalkForwardWindow[] | null;
  /** Open times of all instants. */
  readonly times: Float64Array;
  readonly calendar: RunCalendar;
  private readonly hooks: SimulationHooks;
  private readonly digestOf: ReturnType<typeof trialDigestsOf>;
  private readonly warmUpBars: number;
  private readonly preparation: SearchPreparation;
  /** Of the runs of which only figures are kept. */
  private readonly memory = new ResultMemory();
  /** The last bars that were asked for: runs come window by window. */
  private ground: Ground | null = null;

  /** @param onPreparing is told how far the strategy's preparation is, in [0, 1], where it prepares itself */
  constructor(
    run: SearchRun,
    strategy: StrategyDefinition,
    plan: SearchPlan,
    windows: readonly WalkForwardWindow[] | null,
    hooks: SimulationHooks,
    onPreparing: (fraction: number) => void,
  ) {
    this.run = run;
    this.strategy = strategy;
    this.plan = plan;
    this.windows = windows;
    this.hooks = hooks;
    this.times = instantsOf(run);
    const isSessions = run.instruments.every(({ calendar }) => calendar === 'us-equity');
    this.calendar = { calendar: isSessions ? 'us-equity' : 'crypto', timeframe: run.spec.timeframe };
    this.digestOf = trialDigestsOf(run.spec);
    this.preparation = new SearchPreparation(run, strategy, onPreparing);
    this.warmUpBars = windows === null ? 0 : largestWarmUpBars(strategy, plan);
  }

  get runCount(): number {
    return this.plan.length * (this.windows?.length ?? 1);
  }

  /** Runs these of the search's list, one after another. */
  async resultsOf(runIndexes: readonly number[]): Promise<RunResults> {
    const rows: RunRow[] = [];
    for (const runIndex of runIndexes) rows.push(await this.resultOf(runIndex));
    return {
      runIndexes,
      windowIndexes: rows.map(({ windowIndex }) => windowIndex),
      params: rows.map(({ values }) => JSON.stringify(values)),
      scores: rows.map(({ score }) => score),
      sharpes: rows.map(({ statistics }) => statistics?.sharpe ?? NaN),
      totalReturnsPct: rows.map(({ statistics }) => statistics?.totalReturnPct ?? NaN),
      maxDrawdownsPct: rows.map(({ statistics }) => statistics?.maxDrawdownPct ?? NaN),
      roundTripCounts: rows.map(({ statistics }) => statistics?.roundTripCount ?? NaN),
      errors: rows.map(({ fault }) => fault),
      trialDigests: rows.map(({ values }) => this.digestOf(values)),
    };
  }

  /** The strategy as runs over all bars take it, prepared where it prepares itself. */
  preparedFor(values: ParameterSet): Promise<PreparedStrategy<ParameterDeclarations>> {
    return this.preparation.forRun(values, this.run.series);
  }

  private async resultOf(runIndex: number): Promise<RunRow> {
    const { windows, plan } = this;
    const task = windows === null ? null : walkForwardTaskAt(windows, plan, runIndex);
    const values = task?.values ?? plan.at(runIndex);
    const outcome = await this.over(task?.window.inSample ?? null, values, this.memory);
    const statistics = outcome.simulated === null ? null : outcome.statistics;
    const score = statistics === null ? NaN : scoreOf(statistics, this.run.spec.objective as Objective);
    const fault = outcome.simulated === null ? outcome.fault : null;
    return { windowIndex: task?.window.index ?? null, values, statistics, score, fault };
  }

  /**
   * A run over a stretch of the instants, begun flat and ended closed; over all bars for null.
   * @param memory of a result of which only figures are kept; its own when left out
   */
  async over(stretch: Stretch | null, values: ParameterSet, memory = new ResultMemory()): Promise<RunOutcome> {
    const { run } = this;
    const { spec, instruments } = run;
    // A stretch ends closed, as another begins flat after it.
    const options = stretch === null ? spec.options : { ...spec.options, finalizeTrades: true };
    try {
      const ground = this.groundOf(stretch);
      const { bars, prepared } = ground;
      const { prepare } = this.strategy;
      const strategy =
        prepare === undefined ? this.strategy : (await this.preparation.forRun(values, bars.series)).strategy;
      const simulated =
        spec.profile === 'native'
          ? simulateNative(bars, strategy, values, nativeOptionsOf(options, instruments), this.hooks, prepared)
          : simulateUnits(bars, strategy, values, brokerOptionsOf(options), this.hooks, prepared, memory);
      if (!Number.isFinite(simulated.equity.at(-1))) return { simulated: null, fault: 'the equity is no number' };
      ground.index ??= indexRun(simulated.times, this.calendar);
      const index =
        ground.index.instantCount === simulated.times.length ? ground.index : indexRun(simulated.times, this.calendar);
      const startingEquity = spec.options.initialCapital;
      return { simulated, statistics: nativeStatistics(simulated, { ...this.calendar, startingEquity, index }) };
    } catch (error) {
      if (!(error instanceof SimulationError)) throw error;
      return { simulated: null, fault: error.message.slice(0, 500) };
    }
  }

  private groundOf(stretch: Stretch | null): Ground {
    const key = stretch === null ? 'all' : `${stretch.from} ${stretch.to}`;
    if (this.ground?.key === key) return this.ground;
    const whole: SimulationBars = {
      series: this.run.series,
      tradeFrom: null,
      actions: this.run.actions ?? [],
    };
    const bars =
      stretch === null
        ? whole
        : barsBetween(whole, this.times[stretch.from] ?? NaN, this.times[stretch.to - 1] ?? NaN, this.warmUpBars);
    this.ground = { key, bars, prepared: prepareBars(bars, INDICATOR_BYTES), index: null };
    return this.ground;
  }
}

/** Open times at which some symbol has a bar. */
export function instantsOf({ series }: Pick<SearchRun, 'series'>): Float64Array {
  const columns = series.map(({ timestamps }) => timestamps);
  return columns.length === 1 ? (columns[0] as Float64Array) : mergedTimes(columns);
}
