import type { BarSeries } from '../../domain/bar.js';
import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import type { ParameterDeclarations } from '../strategies/parameters.js';
import type { Preparation } from '../strategies/preparation.js';
import type { StrategyDefinition, StrategySetup } from '../strategies/strategy.js';
import { firstIndexFrom } from './first-index-from.js';

/** The lines that were prepared for the bars of one symbol. */
export interface PreparedLines {
  readonly symbol: string;
  /** Open times of the bars. */
  readonly timestamps: Float64Array;
  readonly lines: Readonly<Record<string, Float64Array>>;
}

/** @throws RangeError for lines that are not as long as the bars that they were prepared for */
export const preparedLines = (lines: Preparation['lines'], series: readonly BarSeries[]): readonly PreparedLines[] =>
  series.map(({ symbol, timestamps }, index) => {
    const ofSymbol = lines[index] ?? {};
    for (const [name, line] of Object.entries(ofSymbol)) {
      if (line instanceof Float64Array && line.length === timestamps.length) continue;
      throw new RangeError(`the line ${name} of ${symbol} is no column of its ${timestamps.length} bars`);
    }
    return { symbol, timestamps, lines: ofSymbol };
  });

/**
 * The part of lines that lies over a stretch of their bars.
 * @throws RangeError for bars that are not among those that the lines were prepared for
 */
export const linesWithin = (
  prepared: readonly PreparedLines[],
  series: readonly BarSeries[],
): readonly PreparedLines[] =>
  series.map((stretch) => {
    const { symbol, timestamps } = stretch;
    const whole = prepared.find((each) => each.symbol === symbol);
    if (whole === undefined) throw new RangeError(`nothing was prepared for ${symbol}`);
    const from = firstIndexFrom(whole.timestamps, timestamps[0] ?? Infinity);
    const to = from + timestamps.length;
    if (to > whole.timestamps.length || whole.timestamps[to - 1] !== timestamps.at(-1)) {
      throw new RangeError(`the run has bars of ${symbol} that it was not prepared for`);
    }
    const lines = Object.entries(whole.lines).map(([name, line]) => [name, line.subarray(from, to)] as const);
    return { symbol, timestamps, lines: Object.fromEntries(lines) };
  });

/** The strategy with lines for its `create` to find. @param key that indicators may be kept under, unique among these bars */
export function strategyWithLines<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  key: string,
  prepared: readonly PreparedLines[],
): StrategyDefinition<D> {
  const specs = new Map(prepared.map(({ symbol, lines }) => [symbol, lineSpec(key, lines)]));
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
    prepareReads: strategy.prepareReads,
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
