import type { BarSeries } from '../../domain/bar.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import type { Crossing, IndicatorOutput } from './crossing.js';
import type { Line } from './line.js';
import type { ParameterDeclarations, ParameterValues } from './parameters.js';
import type { Preparation, PreparationContext, SharedPreparation } from './preparation.js';

/**
 * A trading strategy: what it is called, which parameters it takes, and how it decides. The same definition runs in a
 * backtest, on paper and live; only clock, data and broker differ.
 */
export interface StrategyDefinition<D extends ParameterDeclarations = ParameterDeclarations> {
  /** Unique, kebab-case: `sma-cross`. */
  readonly name: string;
  /** One or two sentences for people: when it buys, when it sells. */
  readonly description: string;
  readonly parameters: D;
  /** What no single parameter's range can say ("fast must be below slow"); null when the values fit together. */
  checkTogether?(values: ParameterValues<D>): string | null;
  /** Bars of each symbol before the first decision: `onBar` is first called at the bar with this index, counted from 0. */
  warmUpBars(values: ParameterValues<D>): number;
  /**
   * Makes what cannot be made bar by bar before a backtest begins, such as the predictions of a model that is trained on
   * the way. `create` finds it as lines (`setup.prepared`). What a line says at a bar must not depend on later bars: here
   * all of them lie open, so it is the strategy's own duty. A strategy that prepares runs in backtests only.
   * @param bars one a symbol, in alphabetic order, in shares of the first bar: where there were splits, prices differ from
   *   those at which `onBar` trades, so lines are to hold fractions instead of prices. Not to be written to
   * @returns the lines; or what makes them from the values that the preparation did not read
   */
  prepare?(
    bars: readonly BarSeries[],
    values: ParameterValues<D>,
    context: PreparationContext,
  ): Promise<Preparation | SharedPreparation<D>>;
  /**
   * The parameters that `prepare` reads; all of them when left out. A search prepares once for the sets that agree in
   * them. Reading another one there is an error.
   */
  readonly prepareReads?: readonly (keyof D & string)[];
  /** Makes one run. Indicators are asked for here, once; what the run remembers is a function of what it has seen. */
  create(setup: StrategySetup, values: ParameterValues<D>): StrategyRun;
}

/** One strategy at work. Deterministic: no clock, no random, no I/O. */
export interface StrategyRun {
  /** Called once for each instant at which a bar closed, after the fills of that bar; it sees nothing later. */
  onBar(): void;
  /**
   * Given by a run that decides on the turns of one crossing alone: at a bar at which there is none its `onBar` does
   * nothing, and remembers nothing. A backtest that has found the turns in advance may pass the bars between them over;
   * everywhere else `onBar` is called at each bar, and must decide the same.
   */
  readonly decidesOn?: Crossing;
}

export interface StrategySetup {
  /** In alphabetic order. */
  readonly symbols: readonly string[];
  /** The market of a symbol; of the only one when left out. @throws RangeError for one that is not part of the run */
  market(symbol?: string): Market;
  /** The lines that `prepare` made for a symbol; for the only one when left out. @throws RangeError where there are none */
  prepared(symbol?: string): Readonly<Record<string, Line>>;
}

/** One symbol as a strategy sees it and trades it. Prices in the quote currency, volume in units of the instrument. */
export interface Market {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open times of the bars, epoch milliseconds UTC. */
  readonly time: Line;
  readonly open: Line;
  readonly high: Line;
  readonly low: Line;
  readonly close: Line;
  readonly volume: Line;
  /** Bars seen so far. */
  readonly barCount: number;
  /** True when this symbol has a bar at this instant (others of the run may have none). */
  readonly isFresh: boolean;
  /** Units held at this instant, after the fills of this bar: above 0 long, below 0 short, 0 flat. */
  readonly positionSize: number;
  /** An indicator with one output. */
  indicator(spec: IndicatorSpec<'value'>): Line;
  /** An indicator with several outputs, each as a line. */
  indicators<O extends string>(spec: IndicatorSpec<O>): Readonly<Record<O, Line>>;
  /** Where one output of an indicator crosses another. */
  crossing<A extends string, B extends string>(first: IndicatorOutput<A>, second: IndicatorOutput<B>): Crossing;
  /** Be long. One decision an instant and symbol: the last one counts. */
  buy(order?: OrderRequest): void;
  /** Be short where shorting is on, else be flat. */
  sell(order?: OrderRequest): void;
  /** Be flat. */
  exit(): void;
}

/** What an entry may say of itself. Everything left out is the profile's default. */
export interface OrderRequest {
  /** Percent of equity (under backtesting.py times leverage, and no more than is free), above 0, 100 at most. */
  readonly sizePct?: number;
  /** Units of the instrument instead of `sizePct`. */
  readonly units?: number;
  /** Limit price of the entry. */
  readonly limit?: number;
  /** Stop price of the entry. */
  readonly stop?: number;
  /** Price of the protective stop as seen at the decision. */
  readonly stopLoss?: number;
  /** Price of the target as seen at the decision. */
  readonly takeProfit?: number;
}

/** Keeps the parameter types of a definition written inline. */
export const defineStrategy = <const D extends ParameterDeclarations>(
  definition: StrategyDefinition<D>,
): StrategyDefinition<D> => definition;
