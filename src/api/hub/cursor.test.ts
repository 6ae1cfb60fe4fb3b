import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOPICS } from '../../domain/topics.js';
import { CursorCodec } from './cursor.js';

const codec = new CursorCodec('a database', 8);
const offsets = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { minLength: 8, maxLength: 8 });

describe('a subscription cursor', () => {
  test('gives back the offsets it was made of, for every topic', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TOPICS), offsets, (topic, vector) => {
        expect(codec.decode(topic, codec.encode(topic, vector))).toEqual({ ok: true, value: vector });
      }),
    );
  });

  test('is refused for another topic, another database and another number of partitions', () => {
    const cursor = codec.encode('market_data', [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(codec.decode('orders', cursor)).toMatchObject({ error: 'OTHER_TOPIC' });
    expect(new CursorCodec('another', 8).decode('market_data', cursor)).toMatchObject({ error: 'OTHER_DATABASE' });
    expect(new CursorCodec('a database', 4).decode('market_data', cursor)).toMatchObject({ error: 'OTHER_PARTITIONS' });
  });

  test('is refused when a single character was changed, and so is any other text', () => {
    const cursor = codec.encode('market_data', [1, 200, 70_000, 4, 5, 6, 7, 2 ** 40]);
    fc.assert(
      fc.property(fc.nat({ max: cursor.length - 2 }), (at) => {
        const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`;
        expect(codec.decode('market_data', changed).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codec.decode('market_data', text).ok).toBe(false);
      }),
    );
    expect(codec.decode('market_data', 'A'.repeat(1_000_000))).toMatchObject({ error: 'MALFORMED' });
  });

  test('is short', () => {
    expect(
      codec.encode(
        'trading_signals',
        Array.from({ length: 8 }, () => 1_000_000),
      ).length,
    ).toBeLessThan(80);
  });
});
