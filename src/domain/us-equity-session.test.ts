import { describe, expect, it } from 'vitest';
import {
  isUsEquitySession,
  newYorkInstant,
  usEquityBarClose,
  usEquitySession,
  usEquityWholeBefore,
} from './us-equity-session.js';

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

  it('is closed on holidays, and ends at 13:00 around some', () => {
    // Christmas Day, the eve before it, Labor Day, and the summer's eve of Independence Day.
    expect(isUsEquitySession(at('2024-12-25T15:00:00Z'), 0)).toBe(false);
    expect(isUsEquitySession(at('2024-12-24T17:59:00Z'), 0)).toBe(true);
    expect(isUsEquitySession(at('2024-12-24T18:00:00Z'), 0)).toBe(false);
    expect(isUsEquitySession(at('2024-09-02T15:00:00Z'), 0)).toBe(false);
    expect(usEquitySession(at('2024-07-03'))).toEqual({
      open: at('2024-07-03T13:30:00Z'),
      close: at('2024-07-03T17:00:00Z'),
    });
    // Evening of New York's July 4, which is July 5 in UTC: a holiday still.
    expect(isUsEquitySession(at('2024-07-05T00:30:00Z'), 86_400_000)).toBe(false);
  });

  it('ends the bars that would reach over its close', () => {
    const [day, hour] = [86_400_000, 3_600_000];
    expect(usEquityBarClose(at('2024-07-05T13:30:00Z'), day)).toBe(at('2024-07-05T20:00:00Z'));
    expect(usEquityBarClose(at('2024-07-03T13:30:00Z'), day)).toBe(at('2024-07-03T17:00:00Z'));
    expect(usEquityBarClose(at('2024-07-05T19:30:00Z'), hour)).toBe(at('2024-07-05T20:00:00Z'));
    expect(usEquityBarClose(at('2024-07-05T18:30:00Z'), hour)).toBe(at('2024-07-05T19:30:00Z'));
    // After hours there is no session to end it.
    expect(usEquityBarClose(at('2024-07-05T20:30:00Z'), hour)).toBe(at('2024-07-05T21:30:00Z'));
  });

  it('knows what is whole by its newest bar', () => {
    const whole = (open: string) => usEquityWholeBefore(at(open), at(open) + 60_000);
    expect(whole('2024-07-05T19:59:00Z')).toBe(at('2024-07-05T20:00:00Z'));
    expect(whole('2024-07-05T19:58:00Z')).toBe(at('2024-07-05T04:00:00Z'));
    expect(whole('2024-07-03T16:59:00Z')).toBe(at('2024-07-03T17:00:00Z'));
    // 19:30 in New York, after hours of the Friday; Saturday in UTC.
    expect(whole('2024-01-06T00:30:00Z')).toBe(at('2024-01-05T21:00:00Z'));
  });

  it('reads a wall time of New York', () => {
    expect(newYorkInstant(at('2020-12-15T09:30:00Z'))).toBe(at('2020-12-15T14:30:00Z'));
    expect(newYorkInstant(at('2020-07-15T09:30:00Z'))).toBe(at('2020-07-15T13:30:00Z'));
  });
});
