import { createRequire } from 'node:module';
import { assert, dictionary, integer, property, record, string } from 'fast-check';
import { expect, it } from 'vitest';
import { encodeText, type EncodeRecord } from './record-encoding.js';

const theirs = createRequire(import.meta.url)(
  'kafkajs/src/protocol/recordBatch/record/v0/index.js',
) as unknown as EncodeRecord;

it('encodes a record of text to the bytes that kafkajs makes of it', () => {
  const text = string({ unit: 'binary', maxLength: 300 });
  const records = record({
    offsetDelta: integer({ min: 0, max: 100_000 }),
    key: text,
    value: text,
    headers: dictionary(string({ minLength: 1, maxLength: 20 }), text, { maxKeys: 6 }),
  });
  assert(
    property(records, (each) => {
      expect(encodeText(each).buffer.equals(theirs(each).buffer)).toBe(true);
    }),
  );
  const long = { offsetDelta: 63, key: 'k', value: 'é'.repeat(40_000), headers: { off: '7' } };
  expect(encodeText(long).buffer.equals(theirs(long).buffer)).toBe(true);
});
