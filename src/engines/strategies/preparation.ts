import type { ParameterDeclarations, ParameterValues } from './parameters.js';

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

/** What a strategy prepared for one run. */
export interface Preparation {
  /** One a symbol, in the order of the bars; each line of the bars' length, NaN where it has no value. */
  readonly lines: readonly Readonly<Record<string, Float64Array>>[];
  /** For people, shown with the result: what is to be known of what was prepared. */
  readonly remarks: readonly string[];
}

/** What a strategy prepared for many runs, which differ in values that the preparation did not read. */
export interface SharedPreparation<D extends ParameterDeclarations = ParameterDeclarations> {
  /** The lines of one run, all of its values known. Called once a run, so it is to be quick. */
  linesFor(values: ParameterValues<D>): Preparation;
}

/** The part of a strategy that says what its preparation depends on; a StrategyDefinition is one. */
export interface PreparingStrategy {
  readonly name: string;
  readonly parameters: ParameterDeclarations;
  readonly prepareReads?: readonly string[];
}

type Values = ParameterValues<ParameterDeclarations>;

/** Names the preparation of a set of values: sets with the same name are prepared alike, over the same bars with the same seed. */
export function preparationKey({ parameters, prepareReads }: PreparingStrategy, values: Values): string {
  const names = prepareReads ?? Object.keys(parameters);
  return JSON.stringify(names.toSorted().map((name) => values[name]));
}

/**
 * The values as a preparation sees them: to read one that `prepareReads` does not name is an error, as runs that differ in
 * it alone would share what was made from the first one's.
 */
export function preparationValues({ name, parameters, prepareReads }: PreparingStrategy, values: Values): Values {
  if (prepareReads === undefined) return values;
  const seen: Record<string, Values[string]> = {};
  for (const parameter of Object.keys(parameters)) {
    if (prepareReads.includes(parameter)) {
      seen[parameter] = values[parameter] as Values[string];
      continue;
    }
    Object.defineProperty(seen, parameter, {
      get: () => {
        throw new RangeError(`the preparation of ${name} reads ${parameter}, which prepareReads does not name`);
      },
    });
  }
  return seen;
}
