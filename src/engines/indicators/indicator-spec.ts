/** The columns that indicators read, of equal length, oldest first. */
export interface BarColumns {
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly closes: Float64Array;
  readonly volumes: Float64Array;
}

/** What a stream takes of one bar. */
export interface IndicatorBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * An indicator with its settings: over whole columns (backtest) and bar by bar (live), the two equal bit for bit when
 * they start at the same bar. Causal: the value at a bar depends on that bar and those before it alone.
 */
export interface IndicatorSpec<O extends string = string> {
  /** Name and settings, unique: `sma(close,20)`. Results may be kept under it for the same bars. */
  readonly key: string;
  readonly outputs: readonly O[];
  /** Each output has the length of the bars, NaN where it has no value yet. */
  overBars(bars: BarColumns): Readonly<Record<O, Float64Array>>;
  stream(): IndicatorStream<O>;
  /**
   * Given where the only output is the simple mean of the last `period` of these values, equal bit for bit to
   * `windowMeans` of them: crossings of two such are found without their columns.
   */
  readonly meanOf?: (bars: BarColumns) => { readonly values: Float64Array; readonly period: number };
}

export interface IndicatorStream<O extends string = string> {
  /** Takes the next bar. The answer is the same object each time; NaN where an output has no value yet. */
  update(bar: IndicatorBar): Readonly<Record<O, number>>;
}
