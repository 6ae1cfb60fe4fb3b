import { expect, it } from 'vitest';
import { barOverdueMs } from './bar-overdue.js';

const MINUTE_MS = 60_000;
const minutes = (ms: number) => ms / MINUTE_MS;
const at = (text: string) => Date.parse(text);

it('crypto: the next bar is due when it closes, day and night', () => {
  const latest = at('2026-11-22T03:00:00Z');
  const overdue = (now: string) => minutes(barOverdueMs('crypto', 'ONE_MINUTE', latest, at(now)));
  expect(overdue('2026-11-22T03:00:59Z')).toBe(0);
  expect(overdue('2026-11-22T03:01:00Z')).toBe(0);
  expect(overdue('2026-11-22T03:11:00Z')).toBe(10);
});

it('US equities: nothing is due before the open, and nothing after a whole session', () => {
  const friday = at('2026-11-20T21:00:00Z');
  const overdue = (now: string) => minutes(barOverdueMs('us-equity', 'ONE_MINUTE', friday, at(now)));
  expect(overdue('2026-11-20T23:00:00Z')).toBe(0);
  expect(overdue('2026-11-22T12:00:00Z')).toBe(0);
  expect(overdue('2026-11-23T14:29:00Z')).toBe(0);
  expect(overdue('2026-11-23T14:31:00Z')).toBe(0);
  expect(overdue('2026-11-23T14:41:00Z')).toBe(10);
});

it('US equities: a series that broke off says so until the next session, and does not grow by night', () => {
  const brokenOff = at('2026-11-20T20:00:00Z');
  const overdue = (now: string) => minutes(barOverdueMs('us-equity', 'ONE_MINUTE', brokenOff, at(now)));
  expect(overdue('2026-11-20T20:30:00Z')).toBe(29);
  expect(overdue('2026-11-20T22:00:00Z')).toBe(59);
  expect(overdue('2026-11-22T22:00:00Z')).toBe(59);
});

it('US equities: a daily bar is due at the close, also on a holiday after it', () => {
  const latest = at('2026-11-24T21:00:00Z');
  const overdue = (now: string) => minutes(barOverdueMs('us-equity', 'ONE_DAY', latest, at(now)));
  expect(overdue('2026-11-25T20:59:00Z')).toBe(0);
  expect(overdue('2026-11-25T21:30:00Z')).toBe(30);
  expect(overdue('2026-11-26T21:00:00Z')).toBe(24 * 60);
});
