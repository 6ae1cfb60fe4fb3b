import type { Refusal } from '../domain/error-codes.js';
import { err, ok, type Result } from '../domain/result.js';
import type { SearchMethod, SearchRange } from '../domain/search.js';
import { OBJECTIVES_BY_NAME } from '../schema/search-enums.js';
import type { OptimizeStrategyInput, ParameterRangeInput, WalkForwardInput } from '../schema/search-payloads.js';
import type { SearchCommand } from '../services/research/search-command.js';
import { readBacktestInput } from './backtest-input.js';

type Read<T> = Result<T, readonly Refusal[]>;

/** More parameters than any strategy declares. */
const RANGES_MAX = 100;

/** Input of the API as the command that it means; refuses what is said in two ways at once, or half. */
export function readSearchInput(
  input: OptimizeStrategyInput,
  walkForward: SearchCommand['walkForward'],
): Read<SearchCommand> {
  const backtest = readBacktestInput(input);
  const ranges = readRanges(input.ranges);
  const method = readMethod(input);
  const faults = [backtest, ranges, method].flatMap((read) => (read.ok ? [] : read.error));
  if (!backtest.ok || !ranges.ok || !method.ok) return err(faults);
  const objective = OBJECTIVES_BY_NAME[input.objective];
  return ok({ ...backtest.value, ranges: ranges.value, method: method.value, objective, walkForward });
}

export const readWindows = (input: WalkForwardInput): SearchCommand['walkForward'] => ({
  mode: input.mode,
  inSampleBars: input.inSampleBars,
  outOfSampleBars: input.outOfSampleBars,
  embargoBars: input.embargoBars ?? null,
});

const refuse = (path: readonly string[], message: string, limit: number | null = null): readonly Refusal[] => [
  { code: 'INVALID_ARGUMENT', message: `${path.join(' ')}: ${message}`, path: ['input', ...path], limit },
];

function readRanges(given: readonly ParameterRangeInput[]): Read<Record<string, SearchRange>> {
  if (given.length > RANGES_MAX)
    return err(refuse(['ranges'], `${given.length} are more than ${RANGES_MAX}`, RANGES_MAX));
  // No prototype: a parameter may be called anything.
  const ranges = Object.create(null) as Record<string, SearchRange>;
  const faults: Refusal[] = [];
  for (const each of given) {
    const parameter = each.parameter.slice(0, 100);
    const range = readRange(each, ['ranges', parameter]);
    if (!range.ok) faults.push(...range.error);
    else if (parameter in ranges) faults.push(...refuse(['ranges', parameter], 'it stands there twice'));
    else ranges[parameter] = range.value;
  }
  return faults.length > 0 ? err(faults) : ok({ ...ranges });
}

function readRange(range: ParameterRangeInput, path: readonly string[]): Read<SearchRange> {
  const { min = null, max = null, step = null, values = null } = range;
  if (values !== null) {
    const isAlone = min === null && max === null && step === null;
    return isAlone ? ok({ kind: 'VALUES', values }) : err(refuse(path, 'values stand without min, max and step'));
  }
  if (min === null || max === null) return err(refuse(path, 'give min and max, or values'));
  return ok({ kind: 'STEPS', from: min, to: max, step });
}

function readMethod({ method, count = null, seed }: OptimizeStrategyInput): Read<SearchMethod> {
  if (method === 'GRID') {
    return count === null ? ok({ kind: 'GRID' }) : err(refuse(['count'], 'a GRID tries every combination'));
  }
  return count === null ? err(refuse(['count'], 'RANDOM needs it')) : ok({ kind: 'RANDOM', samples: count, seed });
}
