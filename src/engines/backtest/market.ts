import type { Timeframe } from '../../domain/timeframe.js';
import type { BarColumns, IndicatorSpec } from '../indicators/indicator-spec.js';
import { LineCrossing, type Crossing, type IndicatorOutput } from '../strategies/crossing.js';
import { Cursor, Line } from '../strategies/line.js';
import type { Market, OrderRequest, StrategySetup } from '../strategies/strategy.js';
import { assertOrderRequest } from './order-request.js';

/** What a strategy can decide for one market at one instant. */
export type DecisionKind = 'BUY' | 'SELL' | 'EXIT';

/** The columns behind a market, oldest first; a `BarSeries` is one. */
export interface MarketColumns extends BarColumns {
  /** Open times, epoch milliseconds UTC. */
  readonly timestamps: Float64Array;
}

/** Where a market takes its indicators from: computed over whole columns (backtest) or bar by bar (live). */
export interface IndicatorSource {
  linesOf<O extends string>(spec: IndicatorSpec<O>, cursor: Cursor): Readonly<Record<O, Line>>;
  /** For a source that has all bars already: a crossing whose turns are found in advance. */
  crossingOf?<A extends string, B extends string>(
    first: IndicatorOutput<A>,
    second: IndicatorOutput<B>,
    cursor: Cursor,
  ): Crossing;
}

/**
 * The market that strategies see, over columns and a cursor. The engine moves the cursor, says what is fresh and held,
 * and takes the decision; a strategy only knows the `Market` of it. Backtests of both profiles and live deployments
 * use this one class, so a strategy's code is compiled for one shape.
 */
export class StrategyMarket implements Market {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly cursor = new Cursor();
  readonly time: Line;
  readonly open: Line;
  readonly high: Line;
  readonly low: Line;
  readonly close: Line;
  readonly volume: Line;
  /** For the engine to set: this symbol has a bar at the present instant. */
  isFresh = false;
  /** For the engine to set: units held. */
  positionSize = 0;
  /** What the strategy decided at this instant; null for nothing. The engine reads and clears it. */
  decision: DecisionKind | null = null;
  /** What the decision says of its entry; null for the profile's defaults, and for EXIT. */
  request: OrderRequest | null = null;
  private readonly source: IndicatorSource;

  constructor(symbol: string, timeframe: Timeframe, columns: MarketColumns, source: IndicatorSource) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.source = source;
    this.time = new Line(columns.timestamps, this.cursor);
    this.open = new Line(columns.opens, this.cursor);
    this.high = new Line(columns.highs, this.cursor);
    this.low = new Line(columns.lows, this.cursor);
    this.close = new Line(columns.closes, this.cursor);
    this.volume = new Line(columns.volumes, this.cursor);
  }

  get barCount(): number {
    return this.cursor.index + 1;
  }

  /** @throws RangeError once bars have come */
  indicator(spec: IndicatorSpec<'value'>): Line {
    this.assertCreating(spec.key);
    return this.source.linesOf(spec, this.cursor).value;
  }

  /** @throws RangeError once bars have come */
  indicators<O extends string>(spec: IndicatorSpec<O>): Readonly<Record<O, Line>> {
    this.assertCreating(spec.key);
    return this.source.linesOf(spec, this.cursor);
  }

  /** @throws RangeError once bars have come */
  crossing<A extends string, B extends string>(first: IndicatorOutput<A>, second: IndicatorOutput<B>): Crossing {
    this.assertCreating(`a crossing of ${first.spec.key}`);
    const { source, cursor } = this;
    if (source.crossingOf !== undefined) return source.crossingOf(first, second, cursor);
    const lineOf = <O extends string>({ spec, output }: IndicatorOutput<O>) => source.linesOf(spec, cursor)[output];
    return new LineCrossing(lineOf(first), lineOf(second));
  }

  /** @throws RangeError for a size or price that is none: a strategy's NaN ends here. */
  buy(order?: OrderRequest): void {
    this.enter('BUY', order);
  }

  /** @throws RangeError for a size or price that is none */
  sell(order?: OrderRequest): void {
    this.enter('SELL', order);
  }

  exit(): void {
    this.decision = 'EXIT';
    this.request = null;
  }

  /** For the engine, once it has taken the decision. */
  clearDecision(): void {
    this.decision = null;
    this.request = null;
  }

  /** For the engine of a live deployment: the columns have grown into larger arrays. */
  replaceColumns(columns: MarketColumns): void {
    this.time.replaceValues(columns.timestamps);
    this.open.replaceValues(columns.opens);
    this.high.replaceValues(columns.highs);
    this.low.replaceValues(columns.lows);
    this.close.replaceValues(columns.closes);
    this.volume.replaceValues(columns.volumes);
  }

  /** Live, what an indicator was before it was asked for cannot be known: so it is in a backtest. */
  private assertCreating(key: string): void {
    if (this.cursor.index < 0) return;
    throw new RangeError(`${key} is asked for after the first bar: indicators are asked for at the creation`);
  }

  private enter(kind: 'BUY' | 'SELL', order: OrderRequest | undefined): void {
    if (order !== undefined) assertOrderRequest(this.symbol, order);
    this.decision = kind;
    this.request = order ?? null;
  }
}

/** What a strategy is created with. `markets` in alphabetic order of their symbols. */
export function strategySetupOf(markets: readonly StrategyMarket[]): StrategySetup {
  const symbols = markets.map((market) => market.symbol);
  return {
    symbols,
    market(symbol = symbols[0]): Market {
      const found = markets.find((market) => market.symbol === symbol);
      if (found === undefined) throw new RangeError(`${symbol} is not part of this run: ${symbols.join(', ')}`);
      return found;
    },
    prepared() {
      throw new RangeError('it has lines to prepare, and this run has prepared none');
    },
  };
}
