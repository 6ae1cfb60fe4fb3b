import { err, ok, type Result } from '../../domain/result.js';
import type { ParameterDeclaration, ParameterDeclarations, ParameterValue } from '../strategies/parameters.js';
import { parseParameters } from '../strategies/parameters.js';
import type { SearchRefusal } from './search-refusal.js';

/** What a search may try for one parameter. Plain data: it is stored and sent to worker threads. */
export type ParameterRange =
  /** From, from + step, ... up to `to`, which is tried when a step lands on it. Null: 1 for whole numbers, else any number. */
  | { readonly kind: 'STEPS'; readonly from: number; readonly to: number; readonly step: number | null }
  | { readonly kind: 'VALUES'; readonly values: readonly ParameterValue[] };

/** A checked range: the values in ascending order of trial, or an interval that only a random search can draw from. */
export type SearchAxis =
  | { readonly kind: 'LIST'; readonly parameter: string; readonly values: readonly ParameterValue[] }
  | { readonly kind: 'INTERVAL'; readonly parameter: string; readonly from: number; readonly to: number };

/** One axis holds no more: each of its values is checked and kept. */
const MAX_VALUES_OF_AXIS = 100_000;
/** Steps are added in floats: 0.1 + 2 * 0.1 is shown and compared as 0.3. */
const SIGNIFICANT_DIGITS = 12;

const badRange = (parameter: string, fault: string): { readonly ok: false; readonly error: SearchRefusal } =>
  err({ code: 'BAD_RANGE', parameter, message: `${parameter}: ${fault}` });

/** Checks a range against the declaration of its parameter: every value that may be tried must be one it takes. */
export function axisOf(
  declarations: ParameterDeclarations,
  parameter: string,
  range: ParameterRange,
): Result<SearchAxis, SearchRefusal> {
  const declaration = Object.hasOwn(declarations, parameter) ? declarations[parameter] : undefined;
  if (declaration === undefined) {
    const message = `${parameter} is not a parameter of this strategy; it takes: ${Object.keys(declarations).join(', ') || 'none'}`;
    return err({ code: 'UNKNOWN_PARAMETER', parameter, message });
  }
  const axis = range.kind === 'VALUES' ? listOf(parameter, range.values) : stepsOf(parameter, range, declaration);
  if (!axis.ok) return axis;
  const tried = axis.value.kind === 'LIST' ? axis.value.values : [axis.value.from, axis.value.to];
  for (const value of tried) {
    const checked = parseParameters({ [parameter]: declaration }, { [parameter]: value });
    if (!checked.ok) {
      return err({ code: 'PARAMETER_OUT_OF_RANGE', parameter, message: checked.error.message });
    }
  }
  return axis;
}

function listOf(parameter: string, given: readonly ParameterValue[]): Result<SearchAxis, SearchRefusal> {
  if (given.length > MAX_VALUES_OF_AXIS) {
    return badRange(parameter, `${given.length} values; at most ${MAX_VALUES_OF_AXIS} can be tried`);
  }
  const values = [...new Set(given)];
  if (values.length === 0) return badRange(parameter, 'no values to try');
  // Neighbours on an axis are neighbours in value, in whichever order they were given.
  if (values.every((value) => typeof value === 'number')) values.sort((a, b) => a - b);
  return ok({ kind: 'LIST', parameter, values });
}

function stepsOf(
  parameter: string,
  { from, to, step }: Extract<ParameterRange, { kind: 'STEPS' }>,
  declaration: ParameterDeclaration,
): Result<SearchAxis, SearchRefusal> {
  if (declaration.kind === 'BOOLEAN' || declaration.kind === 'CHOICE') {
    return badRange(parameter, 'it has no steps; give the values to try');
  }
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to) {
    return badRange(parameter, `the range from ${from} to ${to} is empty or not finite`);
  }
  const width = step ?? (declaration.kind === 'INTEGER' ? 1 : null);
  if (width === null) return ok({ kind: 'INTERVAL', parameter, from, to });
  if (!Number.isFinite(width) || width <= 0) return badRange(parameter, `the step ${width} is not above 0`);
  // A step that misses `to` by a rounding error has reached it.
  const count = Math.floor((to - from) / width + 1e-9) + 1;
  if (count > MAX_VALUES_OF_AXIS) {
    return badRange(parameter, `${count} values from ${from} to ${to} by ${width}; at most ${MAX_VALUES_OF_AXIS}`);
  }
  const values = Array.from({ length: count }, (_, index) =>
    Number((from + index * width).toPrecision(SIGNIFICANT_DIGITS)),
  );
  return ok({ kind: 'LIST', parameter, values });
}
