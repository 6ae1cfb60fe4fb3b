import { hash } from 'node:crypto';

/** Namespace of all Tradegraph ids derived from natural keys. */
const NAMESPACE = Buffer.from('6f1d8c1e4f0b5f6c9d2a7b3e8c4a1d05', 'hex');

/**
 * uuid v5 (RFC 9562) of a natural key: doing a thing again gives the same id, and so is not doing it twice.
 * Parts are joined by a character that no part holds.
 */
export const naturalId = (...parts: readonly (string | number)[]): string => uuid(digestOf(parts), 5);

/**
 * The same for what happens at a time (epoch milliseconds UTC, whole): uuid v8 (RFC 9562) that begins with it, as a v7 does.
 * What comes in the order of time then meets in one place of an index, instead of anywhere in it (ADR 0020).
 */
export function timedId(timestamp: number, ...parts: readonly (string | number)[]): string {
  const time = ((timestamp % TIME_RANGE) + TIME_RANGE) % TIME_RANGE;
  return uuid(time.toString(16).padStart(12, '0') + digestOf([timestamp, ...parts]).slice(12), 8);
}

/** 48 bits. Times before 1970 count from its end. */
const TIME_RANGE = 2 ** 48;

const digestOf = (parts: readonly (string | number)[]): string =>
  hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(parts.join('\u001f'))]), 'hex');

/** The first 128 bits, of which 6 say version and variant. */
function uuid(hex: string, version: number): string {
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
