/** Longest period an indicator accepts: more than a year of one-minute bars, and still a small ring buffer. */
export const MAX_PERIOD = 1_000_000;

/**
 * Refuses a period that no indicator can use.
 * @throws RangeError unless `period` is a whole number in [minimum, MAX_PERIOD].
 */
export function assertPeriod(period: number, minimum = 1): void {
  if (!Number.isInteger(period) || period < minimum || period > MAX_PERIOD) {
    throw new RangeError(`An indicator period must be a whole number from ${minimum} to ${MAX_PERIOD}, not ${period}`);
  }
}

/**
 * Refuses a factor (of a deviation, a range, a step) that no indicator can use.
 * @throws RangeError unless `value` is finite and above 0; `name` is the setting's.
 */
export function assertPositive(name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} must be a number above 0, not ${value}`);
}

/**
 * Refuses columns that do not describe the same bars.
 * @throws RangeError when the lengths differ.
 */
export function assertSameLength(...columns: readonly Float64Array[]): void {
  const length = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== length)) {
    throw new RangeError(`Columns must have one length, not ${columns.map((column) => column.length).join(', ')}`);
  }
}

/** Index of the first value that is not NaN (NaN before it means "not there yet"); the length when there is none. */
export function firstNumberIndex(values: Float64Array): number {
  let index = 0;
  while (index < values.length && Number.isNaN(values[index])) index += 1;
  return index;
}
