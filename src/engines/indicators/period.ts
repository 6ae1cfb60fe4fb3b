/** Longest period an indicator accepts: more than a year of one-minute bars, and still a small ring buffer. */
export const MAX_PERIOD = 1_000_000;

/**
 * Refuses a period that no indicator can use.
 * @throws RangeError unless `period` is a whole number in [1, MAX_PERIOD].
 */
export function assertPeriod(period: number): void {
  if (!Number.isInteger(period) || period < 1 || period > MAX_PERIOD) {
    throw new RangeError(`An indicator period must be a whole number from 1 to ${MAX_PERIOD}, not ${period}`);
  }
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
