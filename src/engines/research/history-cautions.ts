import type { Caution } from './caution.js';

/** A year has seen one season of a market at most. */
const ENOUGH_DAYS = 365;
/** Under a month annualized figures are extrapolated twelvefold and more. */
const ANY_DAYS = 30;

/** @param durationDays days of 24 hours from the first instant that trades to the last */
export function historyCautions(durationDays: number): Caution[] {
  if (durationDays >= ENOUGH_DAYS) return [];
  const severity = durationDays < ANY_DAYS ? 'CRITICAL' : 'WARNING';
  const message =
    `The run covers ${durationDays.toFixed(0)} days; under ${ENOUGH_DAYS} it has seen one kind of market at most, ` +
    'and annualized figures are extrapolated.';
  return [{ code: 'SHORT_HISTORY', severity, message, values: { days: durationDays, limit: ENOUGH_DAYS } }];
}
