import { describe, expect, it } from 'vitest';
import { sessionEndOf } from './session-end.js';

const end = (calendar: 'crypto' | 'us-equity', time: string) =>
  new Date(sessionEndOf(calendar, Date.parse(time))).toISOString();

describe('sessionEndOf', () => {
  it('ends a crypto day at UTC midnight', () => {
    expect(end('crypto', '2016-01-03T15:30:00Z')).toBe('2016-01-04T00:00:00.000Z');
    expect(end('crypto', '2016-01-03T00:00:00Z')).toBe('2016-01-04T00:00:00.000Z');
  });

  it('ends an equity order with the session that is on, or the next one', () => {
    expect(end('us-equity', '2016-01-05T15:30:00Z')).toBe('2016-01-05T21:00:00.000Z');
    expect(end('us-equity', '2016-01-05T21:00:00Z')).toBe('2016-01-06T21:00:00.000Z');
    // Friday evening: Monday. In July the close is an hour earlier in UTC.
    expect(end('us-equity', '2016-01-08T22:00:00Z')).toBe('2016-01-11T21:00:00.000Z');
    expect(end('us-equity', '2016-07-05T01:00:00Z')).toBe('2016-07-05T20:00:00.000Z');
  });

  it('passes over holidays and ends early with the session', () => {
    // Wednesday evening before Thanksgiving: Friday, 13:00 in New York. Thursday before Good Friday: Monday.
    expect(end('us-equity', '2024-11-27T22:00:00Z')).toBe('2024-11-29T18:00:00.000Z');
    expect(end('us-equity', '2024-11-29T18:00:00Z')).toBe('2024-12-02T21:00:00.000Z');
    expect(end('us-equity', '2024-03-28T21:00:00Z')).toBe('2024-04-01T20:00:00.000Z');
  });
});
