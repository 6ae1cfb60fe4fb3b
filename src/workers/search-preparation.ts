import { prepareForMany, type PreparedForMany, type PreparedStrategy } from '../engines/backtest/prepare-strategy.js';
import { SimulationError } from '../engines/backtest/simulation-error.js';
import type { ParameterSet } from '../engines/research/parameter-set.js';
import { preparationKey } from '../engines/strategies/preparation.js';
import type { ParameterDeclarations } from '../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { BarSeries } from '../domain/bar.js';
import type { SearchRun } from '../ports/search-runner.js';
import { preparationContext } from './backtest-preparation.js';

interface Held {
  readonly key: string;
  /** Or why it failed: it would fail again. */
  readonly outcome: PreparedForMany | SimulationError;
}

/**
 * What the strategy of a search prepared last, in this thread. It is prepared over all bars of the search, as its backtest
 * is: a line depends on the bars before it alone, so runs over a stretch read theirs of the same lines.
 */
export class SearchPreparation {
  private readonly run: SearchRun;
  private readonly strategy: StrategyDefinition;
  private readonly onPreparing: (fraction: number) => void;
  private held: Held | null = null;

  /** @param onPreparing is told how far a preparation is, in [0, 1] */
  constructor(run: SearchRun, strategy: StrategyDefinition, onPreparing: (fraction: number) => void) {
    this.run = run;
    this.strategy = strategy;
    this.onPreparing = onPreparing;
  }

  /**
   * The strategy for one run; as it is, where it prepares nothing.
   * @param series bars of the run
   * @throws SimulationError STRATEGY_FAILED (as rejection)
   */
  async forRun(values: ParameterSet, series: readonly BarSeries[]): Promise<PreparedStrategy<ParameterDeclarations>> {
    const key = preparationKey(this.strategy, values);
    if (this.held?.key !== key) {
      // Two at once would not fit into the memory where one does.
      this.held = null;
      this.held = { key, outcome: await this.prepared(values) };
    }
    const { outcome } = this.held;
    if (outcome instanceof SimulationError) throw outcome;
    return outcome.forRun(values, series);
  }

  private async prepared(values: ParameterSet): Promise<Held['outcome']> {
    const { run, strategy, onPreparing } = this;
    const bars = { series: run.series, tradeFrom: null, actions: run.actions ?? [] };
    try {
      return await prepareForMany(strategy, bars, values, preparationContext(run, onPreparing));
    } catch (error) {
      if (error instanceof SimulationError) return error;
      throw error;
    }
  }
}
