import type { BarSeries } from '../../domain/bar.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import {
  preparationKey,
  preparationValues,
  type Preparation,
  type PreparationContext,
  type SharedPreparation,
} from '../strategies/preparation.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { barActions } from './bar-actions.js';
import { inSharesOfFirstBar } from './first-bar-scale.js';
import { linesWithin, preparedLines, strategyWithLines } from './prepared-lines.js';
import { SimulationError } from './simulation-error.js';
import type { SimulationBars } from './simulation.js';

export interface PreparedStrategy<D extends ParameterDeclarations> {
  /** Runs over these bars and with these values only. It still has its `prepare`: elsewhere it must prepare anew. */
  readonly strategy: StrategyDefinition<D>;
  readonly remarks: readonly string[];
}

/** A strategy that is prepared for runs with all values that its preparation does not tell apart. */
export interface PreparedForMany<D extends ParameterDeclarations = ParameterDeclarations> {
  /**
   * The strategy for one run.
   * @param series bars of the run: those that it was prepared for, or a stretch of them
   * @throws SimulationError STRATEGY_FAILED for lines that do not fit the bars, and for values of another preparation
   */
  forRun(values: ParameterValues<D>, series: readonly BarSeries[]): PreparedStrategy<D>;
}

/**
 * Lets a strategy prepare itself for one run; one that has nothing to prepare is answered as it is.
 * @param bars those of the run; what is prepared on them has no jumps at splits
 * @throws SimulationError STRATEGY_FAILED (as rejection) when it throws, or its lines do not fit the bars
 */
export async function prepareStrategy<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  bars: SimulationBars,
  values: ParameterValues<D>,
  context: PreparationContext,
): Promise<PreparedStrategy<D>> {
  return (await prepareForMany(strategy, bars, values, context)).forRun(values, bars.series);
}

/** Lets a strategy prepare itself for all runs with these values, and with others that it does not read in preparing. As above. */
export async function prepareForMany<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  bars: SimulationBars,
  values: ParameterValues<D>,
  context: PreparationContext,
): Promise<PreparedForMany<D>> {
  if (strategy.prepare === undefined) return { forRun: () => ({ strategy, remarks: [] }) };
  const series = bars.series.map((each) => {
    const actions = bars.actions?.find(({ symbol }) => symbol === each.symbol);
    return actions === undefined ? each : inSharesOfFirstBar(each, barActions(each, actions));
  });
  const key = preparationKey(strategy, values);
  const readable = preparationValues(strategy, values) as ParameterValues<D>;
  let prepared: Preparation | SharedPreparation<D>;
  try {
    prepared = await strategy.prepare(series, readable, context);
  } catch (error) {
    throw preparationFailed(strategy.name, error instanceof Error ? error.message : String(error), error);
  }
  return {
    forRun(runValues, runSeries) {
      if (preparationKey(strategy, runValues) !== key) {
        throw preparationFailed(strategy.name, 'it was made with other values than those of the run');
      }
      try {
        const { lines, remarks } = 'linesFor' in prepared ? prepared.linesFor(runValues) : prepared;
        const ofBars = preparedLines(lines, series);
        // Indicators are kept under their key, for runs with other values too.
        const lineKey = `prepared(${strategy.name},${JSON.stringify(runValues)},${context.seed})`;
        return { strategy: strategyWithLines(strategy, lineKey, linesWithin(ofBars, runSeries)), remarks };
      } catch (error) {
        throw preparationFailed(strategy.name, error instanceof Error ? error.message : String(error), error);
      }
    },
  };
}

function preparationFailed(name: string, what: string, cause?: unknown): SimulationError {
  return new SimulationError('STRATEGY_FAILED', `strategy ${name} failed at its preparation: ${what}`, cause);
}
