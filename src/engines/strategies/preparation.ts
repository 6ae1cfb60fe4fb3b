/** What a strategy is given to prepare with. */
export interface PreparationContext {
  /** Of the run, a whole number in [0, 2^32): all chance comes from it, so that the same run can be had again. */
  readonly seed: number;
  /** Costs of buying and selling again as a fraction of the price, one a symbol; amounts per order or unit are not in them. */
  readonly roundTripCosts: readonly number[];
  /**
   * To be called every few seconds at least: silence is taken for an endless loop.
   * @param fraction of the work that is done, in [0, 1], never falling
   * @param barTime open time of the bar it has come to
   */
  onProgress(fraction: number, barTime: number): void;
  /** Starts TensorFlow.js in this thread, on a backend that answers the same numbers each time. */
  startTensors(): Promise<void>;
}

/** What a strategy prepared. */
export interface Preparation {
  /** One a symbol, in the order of the bars; each line of the bars' length, NaN where it has no value. */
  readonly lines: readonly Readonly<Record<string, Float64Array>>[];
  /** For people, shown with the result: what is to be known of what was prepared. */
  readonly remarks: readonly string[];
}
