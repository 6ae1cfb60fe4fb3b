import type { ParameterDeclarations, ParameterValues } from '../../engines/strategies/parameters.js';
import type { StrategyDefinition, StrategyRun } from '../../engines/strategies/strategy.js';

/** Runs work of a user's, and may end it when it takes too long. */
export type Bounded = <T>(work: () => T) => T;

const WARM_UP_BARS_MAX = 1_000_000;
const REASON_CHARACTERS = 500;

type Values = ParameterValues<ParameterDeclarations>;

/**
 * A definition of the user's whose answers are checked: types are gone at run time, and an `async` too many or a missing
 * `return` would let it trade nothing without a word. Values for which its warm-up cannot be told do not fit together.
 * @param bounded for what is asked of it before it runs: a thread that others wait for must not loop for ever
 */
export function checkedDefinition(definition: StrategyDefinition, bounded: Bounded): StrategyDefinition {
  const warmUpBars = (values: Values): number => {
    const bars: unknown = bounded(() => definition.warmUpBars(values));
    if (Number.isInteger(bars) && (bars as number) >= 0 && (bars as number) <= WARM_UP_BARS_MAX) return bars as number;
    throw new RangeError(`warmUpBars: ${shown(bars)} is not a whole number from 0 to ${WARM_UP_BARS_MAX}`);
  };
  return {
    name: definition.name,
    description: definition.description,
    parameters: definition.parameters,
    checkTogether(values) {
      try {
        const fault: unknown = bounded(() => definition.checkTogether?.(values)) ?? null;
        if (fault !== null && typeof fault !== 'string')
          return `checkTogether: ${shown(fault)} is neither text nor null`;
        if (fault === null) warmUpBars(values);
        return fault;
      } catch (error) {
        return `the strategy cannot judge them: ${reasonOf(error)}`;
      }
    },
    warmUpBars,
    ...(definition.prepare === undefined ? {} : { prepare: definition.prepare.bind(definition) }),
    ...(definition.prepareReads === undefined ? {} : { prepareReads: definition.prepareReads }),
    create: (setup, values) => checkedRun(definition.create(setup, values)),
  };
}

function checkedRun(run: unknown): StrategyRun {
  if (run instanceof Promise) throw new TypeError('create: it is async, and must answer a run at once');
  const onBar: unknown = typeof run === 'object' && run !== null ? (run as Partial<StrategyRun>).onBar : undefined;
  if (typeof onBar !== 'function') throw new TypeError(`create: ${shown(run)} is no run: return { onBar() { ... } }`);
  if (Object.prototype.toString.call(onBar) !== '[object Function]')
    throw new TypeError('onBar: it is async or a generator, and must decide before it returns');
  return run as StrategyRun;
}

/** Of anything that can be thrown: even its text may throw. */
function reasonOf(error: unknown): string {
  try {
    return (error instanceof Error ? error.message : String(error)).slice(0, REASON_CHARACTERS);
  } catch {
    return 'an error without a text';
  }
}

const shown = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value).slice(0, 60);
};
