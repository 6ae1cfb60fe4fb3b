import { err, ok, type Result } from '../../domain/result.js';
import type { ParameterValue } from '../strategies/parameters.js';
import type { SearchAxis } from './parameter-range.js';
import type { ParameterSet } from './parameter-set.js';
import type { SearchRefusal } from './search-refusal.js';

export interface SearchInput {
  readonly axes: readonly SearchAxis[];
  /** Values of all parameters; those of the axes are replaced. */
  readonly base: ParameterSet;
  fits(values: ParameterSet): boolean;
  readonly maxSets: number;
}

export interface SetList {
  readonly length: number;
  readonly unfitCount: number;
  at(index: number): ParameterSet;
}

/** Every combination of the axes' values that fits, the last axis varying fastest. */
export function gridSets(input: SearchInput): Result<SetList, SearchRefusal> {
  const endless = input.axes.find((axis) => axis.kind === 'INTERVAL');
  if (endless !== undefined) {
    const message = `${endless.parameter}: a grid needs a step here; only a random search draws from a whole interval`;
    return err({ code: 'BAD_RANGE', parameter: endless.parameter, message });
  }
  const size = gridSize(input.axes);
  if (size > input.maxSets) {
    const counts = input.axes.map((axis) => `${axis.parameter} ${axis.kind === 'LIST' ? axis.values.length : 0}`);
    const message = `the grid has ${size} sets (${counts.join(' x ')}); at most ${input.maxSets} are tried. Use larger steps or a random search`;
    return err({ code: 'TOO_MANY_SETS', parameter: null, message });
  }
  const fitting = fittingPoints(input, size);
  return ok({
    length: fitting.length,
    unfitCount: size - fitting.length,
    at: (index) => setAt(input, fitting[index] as number),
  });
}

/** Combinations of the axes' values; Infinity where an axis is an interval. */
export function gridSize(axes: readonly SearchAxis[]): number {
  return axes.reduce((size, axis) => size * (axis.kind === 'LIST' ? axis.values.length : Infinity), 1);
}

/** Numbers of the grid's points, ascending, whose values fit together. */
export function fittingPoints(input: SearchInput, size: number): Uint32Array {
  const fitting = new Uint32Array(size);
  let count = 0;
  for (let point = 0; point < size; point += 1) {
    if (input.fits(setAt(input, point))) fitting[count++] = point;
  }
  return fitting.slice(0, count);
}

/** The set of a grid point: its number read as digits, one an axis. */
export function setAt(input: SearchInput, point: number): ParameterSet {
  const values: Record<string, ParameterValue> = { ...input.base };
  let rest = point;
  for (let i = input.axes.length - 1; i >= 0; i -= 1) {
    const axis = input.axes[i] as SearchAxis;
    if (axis.kind !== 'LIST') continue;
    values[axis.parameter] = axis.values[rest % axis.values.length] as ParameterValue;
    rest = Math.floor(rest / axis.values.length);
  }
  return values;
}
