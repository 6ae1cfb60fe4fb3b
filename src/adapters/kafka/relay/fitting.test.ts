import { describe, expect, it } from 'vitest';
import { messageBytes, type RelayedEvent } from '../event-message.js';
import { oversizeLetter } from './oversize-letter.js';
import { fitting } from './publisher.js';

const event = (off: number, payloadBytes: number): RelayedEvent => ({
  topic: 'anomalies',
  part: 0,
  off,
  key: 'BTC-USD',
  eventId: '00000000-0000-4000-8000-000000000000',
  type: 'anomaly',
  payload: 'x'.repeat(payloadBytes),
  createdAt: '1970-01-01T00:00:00.000Z',
});
const offs = (events: readonly RelayedEvent[]): number[] => events.map(({ off }) => off);

describe('a batch of records', () => {
  it('takes the first events as far as they fit', () => {
    const events = [1, 2, 3].map((off) => event(off, 1_000));
    const { taken, batch, oversize } = fitting(events, 2 * messageBytes(event(1, 1_000)));
    expect([taken, offs(batch), offs(oversize)]).toEqual([2, [1, 2], []]);
  });

  it('passes by an event that fits into none', () => {
    const { taken, batch, oversize } = fitting([event(1, 10), event(2, 9_000), event(3, 10)], 5_000);
    expect([taken, offs(batch), offs(oversize)]).toEqual([3, [1, 3], [2]]);
  });

  it('sends no letter about a letter', () => {
    const letter = oversizeLetter(event(2, 9_000), 5_000);
    expect(letter?.topic).toBe('anomalies.dlq');
    expect(JSON.parse(letter?.payload ?? '')).toMatchObject({ off: 2, payload: null });
    expect(oversizeLetter({ ...event(2, 9_000), topic: 'anomalies.dlq' }, 5_000)).toBeNull();
  });
});
