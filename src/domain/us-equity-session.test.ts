import { describe, expect, it } from 'vitest';
import { isUsEquitySession, newYorkInstant, usEquitySession } from './us-equity-session.js';

const at = (text: string) => Date.parse(text);

describe('the session of the US exchanges', () => {
  it('opens at 14:30 UTC in winter and at 13:30 UTC in summer, also on the days around the change of the clocks', () => {
    for (const [date, open, close] of [
      ['2024-01-08', '2024-01-08T14:30:00Z', '2024-01-08T21:00:00Z'],
      ['2024-03-08', '2024-03-08T14:30:00Z', '2024-03-08T21:00:00Z'],
      ['2024-03-11', '2024-03-11T13:30:00Z', '2024-03-11T20:00:00Z'],
      ['2024-11-01', '2024-11-01T13:30:00Z', '2024-11-01T20:00:00Z'],
      ['2024-11-04', '2024-11-04T14:30:00Z', '2024-11-04T21:00:00Z'],
      // Until 2006 the clocks changed in April.
      ['1999-03-20', '1999-03-20T14:30:00Z', '1999-03-20T21:00:00Z'],
    ] as const) {
      expect(usEquitySession(at(date))).toEqual({ open: at(open), close: at(close) });
    }
  });

  it('is over at the weekend, before the open and after the grace', () => {
    expect(isUsEquitySession(at('2024-07-08T13:29:59Z'), 0)).toBe(false);
    expect(isUsEquitySession(at('2024-07-08T13:30:00Z'), 0)).toBe(true);
    expect(isUsEquitySession(at('2024-07-08T20:10:00Z'), 0)).toBe(false);
    expect(isUsEquitySession(at('2024-07-08T20:10:00Z'), 1_800_000)).toBe(true);
    expect(isUsEquitySession(at('2024-07-06T15:00:00Z'), 0)).toBe(false);
    // Sunday in UTC, still Saturday evening in New York, and the other way round.
    expect(isUsEquitySession(at('2024-07-08T01:00:00Z'), 0)).toBe(false);
  });

  it('reads a wall time of New York', () => {
    expect(newYorkInstant(at('2020-12-15T09:30:00Z'))).toBe(at('2020-12-15T14:30:00Z'));
    expect(newYorkInstant(at('2020-07-15T09:30:00Z'))).toBe(at('2020-07-15T13:30:00Z'));
  });
});
