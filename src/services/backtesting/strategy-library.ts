import type { StrategyReference } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { Result } from '../../domain/result.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';

/** What a strategy declares, and where its code is. */
export interface ListedStrategy {
  readonly definition: Pick<StrategyDefinition, 'name' | 'description' | 'parameters'>;
  readonly reference: StrategyReference;
  /** Of a user's: ends work that asks the definition many questions at once, when it takes too long. */
  readonly bounded?: <T>(work: () => T) => T;
}

/** A strategy that can be run, and where a worker finds its code. */
export interface StrategyEntry extends ListedStrategy {
  readonly definition: StrategyDefinition;
}

/** Why a strategy is not there. */
export interface StrategyRefusal extends Refusal {
  /** True where a file took too long to be looked at, as on a busy machine: it may be there when it is asked for again. */
  readonly retriable?: boolean;
}

/** The strategies that there are: built in, and the user's own. */
export interface StrategyLibrary {
  /** In alphabetic order; those that cannot be loaded are left out. */
  list(): Promise<readonly ListedStrategy[]>;
  /** Refuses UNKNOWN_STRATEGY, and STRATEGY_NOT_LOADED with the reason. */
  find(name: string): Promise<Result<StrategyEntry, StrategyRefusal>>;
}

const SHOWN_NAMES = 40;

/** What `find` answers for a name that is not there. */
export function unknownStrategy(name: string, known: readonly ListedStrategy[]): Refusal {
  const names = known
    .map(({ definition }) => definition.name)
    .slice(0, SHOWN_NAMES)
    .join(', ');
  const shown = name.slice(0, 100);
  return {
    code: 'UNKNOWN_STRATEGY',
    message: `strategy: there is no strategy "${shown}"; there are: ${names || 'none'}`,
    limit: names,
    value: shown,
  };
}
