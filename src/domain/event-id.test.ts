import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalId, timedId } from './event-id.js';

const time = fc.integer({ min: 0, max: 2 ** 47 });

describe('ids of natural keys', () => {
  it('are uuids of version 5, the same for the same key', () => {
    expect(naturalId('order', 'a', 1)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(naturalId('order', 'a', 1)).toBe(naturalId('order', 'a', 1));
    expect(naturalId('order', 'a', 1)).not.toBe(naturalId('order', 'a1'));
  });

  it('are those of RFC 9562: the SHA-1 of namespace and name', () => {
    // python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('6f1d8c1e4f0b5f6c9d2a7b3e8c4a1d05'), 'order\x1fa\x1f1'))"
    expect(naturalId('order', 'a', 1)).toBe('d7d05f7f-5fb8-5fe5-bce8-8819181d16e7');
  });

  it('of a time are uuids of version 8 that begin with it', () => {
    const id = timedId(Date.UTC(2016, 0, 1), 'bar', 'BTC-USD', 0);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(Date.UTC(2016, 0, 1));
    expect(timedId(Date.UTC(2016, 0, 1), 'bar', 'ETH-USD', 0)).not.toBe(id);
  });

  it('of a time have its order', () => {
    fc.assert(
      fc.property(time, time, fc.string(), fc.string(), (first, second, one, other) => {
        fc.pre(first < second);
        expect(timedId(first, one) < timedId(second, other)).toBe(true);
      }),
    );
  });

  it('differ for two times that are whole ranges apart, and stand for times before 1970 as well', () => {
    expect(timedId(-1, 'bar')).not.toBe(timedId(2 ** 48 - 1, 'bar'));
    expect(timedId(-1, 'bar').slice(0, 13)).toBe('ffffffff-ffff');
  });
});
