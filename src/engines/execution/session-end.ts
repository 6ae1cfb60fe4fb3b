import type { Instrument } from '../../domain/instrument.js';
import { isUsEquitySessionDay, usEquitySession } from '../../domain/us-equity-session.js';

const DAY_MS = 86_400_000;

/**
 * When an order that stands for the day ends: UTC midnight for crypto; for US equities the close of the session that is
 * on, or of the next one.
 */
export function sessionEndOf(calendar: Instrument['calendar'], decidedAt: number): number {
  const midnight = Math.floor(decidedAt / DAY_MS) * DAY_MS;
  if (calendar === 'crypto') return midnight + DAY_MS;
  let date = midnight;
  while (!isUsEquitySessionDay(date) || usEquitySession(date).close <= decidedAt) date += DAY_MS;
  return usEquitySession(date).close;
}
