import type { BacktestCaution, BacktestSpec, BacktestStatistics, StrategyParams } from './backtest.js';

export const SEARCH_KINDS = ['OPTIMIZATION', 'WALK_FORWARD'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What a search may try for one parameter. */
export type SearchRange =
  /** From, from + step, ... up to `to`. Null: 1 for whole numbers, else any number (of a random search). */
  | { readonly kind: 'STEPS'; readonly from: number; readonly to: number; readonly step: number | null }
  | { readonly kind: 'VALUES'; readonly values: readonly (number | boolean | string)[] };

/** What a parameter takes in a search: its values in order, or all of an interval. */
export type SearchedAxis =
  | { readonly kind: 'LIST'; readonly parameter: string; readonly values: readonly (number | boolean | string)[] }
  | { readonly kind: 'INTERVAL'; readonly parameter: string; readonly from: number; readonly to: number };

export type SearchMethod =
  | { readonly kind: 'GRID' }
  /** `samples` different sets, drawn with `seed`. */
  | { readonly kind: 'RANDOM'; readonly samples: number; readonly seed: number };

/** Lengths in instants: bars, of several symbols each open time once. */
export interface WalkForwardSettings {
  /** ANCHORED: every sample begins at the first instant. ROLLING: all are of one length. */
  readonly mode: 'ANCHORED' | 'ROLLING';
  readonly inSampleBars: number;
  readonly outOfSampleBars: number;
  /** Between the two, part of neither. */
  readonly embargoBars: number;
}

/** What is searched: together with the bars it decides every number of the result. */
export interface SearchSpec extends BacktestSpec {
  readonly ranges: Readonly<Record<string, SearchRange>>;
  readonly method: SearchMethod;
  /** Name of a statistic, and which way is better. */
  readonly objective: string;
  readonly direction: 'MAXIMIZE' | 'MINIMIZE';
  /** Null for a search over all of the bars. */
  readonly walkForward: WalkForwardSettings | null;
}

/** A chosen set against those around it; scores of the objective. */
export interface SearchStability {
  readonly chosenScore: number;
  readonly neighbourCount: number;
  readonly medianScore: number;
  readonly worstScore: number;
  /** What the median neighbour keeps of the chosen score; null where that is not above 0. */
  readonly keptShare: number | null;
}

export interface WalkForwardStepView {
  /** Open times of the first and last instant of the sample, and of what follows it. */
  readonly inSampleFrom: number;
  readonly inSampleTo: number;
  readonly outOfSampleFrom: number;
  readonly outOfSampleTo: number;
  /** Null where no set had a score in the sample. */
  readonly params: StrategyParams | null;
  readonly inSampleScore: number | null;
  /** Log growth an instant. */
  readonly inSampleGrowth: number | null;
  readonly outOfSampleGrowth: number | null;
}

/** What a search found. */
export interface SearchResult {
  /** The best set of an optimization; null where no set has a score, and of a walk-forward. */
  readonly bestParams: StrategyParams | null;
  /** Of the best set over all bars, or of what lies out of the samples; null without. */
  readonly statistics: BacktestStatistics | null;
  readonly stability: SearchStability | null;
  readonly cautions: readonly BacktestCaution[];
  readonly walkForward: {
    readonly steps: readonly WalkForwardStepView[];
    readonly efficiency: number | null;
    readonly gainShare: number;
  } | null;
}
