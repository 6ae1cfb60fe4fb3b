import { createHash } from 'node:crypto';

/** Namespace of all Tradegraph ids derived from natural keys. */
const NAMESPACE = Buffer.from('6f1d8c1e4f0b5f6c9d2a7b3e8c4a1d05', 'hex');

/**
 * uuid v5 (RFC 9562) of a natural key: doing a thing again gives the same id, and so is not doing it twice.
 * Parts are joined by a character that no part holds.
 */
export function naturalId(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha1').update(NAMESPACE).update(parts.join('\u001f')).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
