import type { SearchMethod, SearchRange } from '../../domain/search.js';
import type { Objective } from '../../engines/research/objectives.js';
import type { RunBacktestCommand } from '../backtesting/backtest-command.js';

export type { Objective } from '../../engines/research/objectives.js';

/** A search as somebody asks for it: a backtest whose `params` are those that do not vary. Nothing has been checked. */
export interface SearchCommand extends RunBacktestCommand {
  readonly ranges: Readonly<Record<string, SearchRange>>;
  readonly method: SearchMethod;
  readonly objective: Objective;
  /** Null for a search over all bars. */
  readonly walkForward: {
    readonly mode: 'ANCHORED' | 'ROLLING';
    readonly inSampleBars: number;
    readonly outOfSampleBars: number;
    /** Null: the largest warm-up of the search. */
    readonly embargoBars: number | null;
  } | null;
}
