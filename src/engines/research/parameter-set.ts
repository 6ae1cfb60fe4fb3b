import type { ParameterValue } from '../strategies/parameters.js';

/** Values of all parameters of a strategy, by name. */
export type ParameterSet = Readonly<Record<string, ParameterValue>>;

/** Names a set: two sets with the same values have the same key, in whichever order the values stand. */
export function parameterKey(values: ParameterSet): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
