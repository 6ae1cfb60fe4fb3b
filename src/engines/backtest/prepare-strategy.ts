import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import type { Preparation, PreparationContext } from '../strategies/preparation.js';
import type { StrategyDefinition, StrategySetup } from '../strategies/strategy.js';
import { barActions } from './bar-actions.js';
import { inSharesOfFirstBar } from './first-bar-scale.js';
import { SimulationError } from './simulation-error.js';
import type { SimulationBars } from './simulation.js';

export interface PreparedStrategy<D extends ParameterDeclarations> {
  /** Runs over these bars and with these values only. It still has its `prepare`: elsewhere it must prepare anew. */
  readonly strategy: StrategyDefinition<D>;
  readonly remarks: readonly string[];
}

/**
 * Lets a strategy prepare itself for a run; one that has nothing to prepare is answered as it is.
 * @param bars those of the run; what is prepared on them has no jumps at splits
 * @throws SimulationError STRATEGY_FAILED (as rejection) when it throws, or its lines do not fit the bars
 */
export async function prepareStrategy<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  bars: SimulationBars,
  values: ParameterValues<D>,
  context: PreparationContext,
): Promise<PreparedStrategy<D>> {
  if (strategy.prepare === undefined) return { strategy, remarks: [] };
  const series = bars.series.map((each) => {
    const actions = bars.actions?.find(({ symbol }) => symbol === each.symbol);
    return actions === undefined ? each : inSharesOfFirstBar(each, barActions(each, actions));
  });
  let preparation: Preparation;
  try {
    preparation = await strategy.prepare(series, values, context);
  } catch (error) {
    throw preparationFailed(strategy.name, error instanceof Error ? error.message : String(error), error);
  }
  const specs = new Map<string, IndicatorSpec>();
  for (const [index, { symbol, closes }] of series.entries()) {
    const lines = preparation.lines[index] ?? {};
    for (const [name, line] of Object.entries(lines)) {
      if (line instanceof Float64Array && line.length === closes.length) continue;
      throw preparationFailed(strategy.name, `the line ${name} of ${symbol} is no column of its ${closes.length} bars`);
    }
    // Indicators are kept under their key, for runs with other values too.
    specs.set(symbol, lineSpec(`prepared(${strategy.name},${JSON.stringify(values)},${context.seed})`, lines));
  }
  return { strategy: withLines(strategy, specs), remarks: preparation.remarks };
}

function withLines<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  specs: ReadonlyMap<string, IndicatorSpec>,
): StrategyDefinition<D> {
  const setupWithLines = (setup: StrategySetup): StrategySetup => ({
    symbols: setup.symbols,
    market: (symbol) => setup.market(symbol),
    prepared(symbol) {
      const market = setup.market(symbol);
      const spec = specs.get(market.symbol);
      if (spec === undefined) throw new RangeError(`nothing was prepared for ${market.symbol}`);
      return market.indicators(spec);
    },
  });
  return {
    name: strategy.name,
    description: strategy.description,
    parameters: strategy.parameters,
    checkTogether: (values) => strategy.checkTogether?.(values) ?? null,
    warmUpBars: (values) => strategy.warmUpBars(values),
    prepare: strategy.prepare?.bind(strategy),
    create: (setup, values) => strategy.create(setupWithLines(setup), values),
  };
}

/** Columns that are there already, as the indicators that markets take. */
function lineSpec(key: string, lines: Readonly<Record<string, Float64Array>>): IndicatorSpec {
  return {
    key,
    outputs: Object.keys(lines),
    overBars({ closes }) {
      const other = Object.values(lines).find(({ length }) => length !== closes.length);
      if (other === undefined) return lines;
      throw new RangeError(`it was prepared for ${other.length} bars, and these are ${closes.length}`);
    },
    stream() {
      throw new RangeError('prepared lines are there in backtests only');
    },
  };
}

function preparationFailed(name: string, what: string, cause?: unknown): SimulationError {
  return new SimulationError('STRATEGY_FAILED', `strategy ${name} failed at its preparation: ${what}`, cause);
}
