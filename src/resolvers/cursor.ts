import { createHash } from 'node:crypto';
import type { PageKey } from '../ports/read-model.js';
import { EARLIEST_MS, LATEST_MS } from '../schema/date-time.js';
import { queryError } from './query-error.js';

/** Cursors are longer than this only when they are not ours. */
const CURSOR_MAX_LENGTH = 512;
const TAG_LENGTH = 8;

/** A list whose cursors are its own: a field together with the filter that chooses its items. */
export interface ListIdentity {
  readonly field: string;
  readonly filter: Readonly<Record<string, unknown>>;
}

/** Short digest of a list's identity: a cursor of another list is told from it. */
function tagOf(list: ListIdentity): string {
  const entries = Object.entries(list.filter).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([list.field, entries]))
    .digest('base64url')
    .slice(0, TAG_LENGTH);
}

/** Cursors of one list, opaque to clients. */
export function cursorsOf(list: ListIdentity): {
  encode(key: PageKey): string;
  decode(argument: 'after' | 'before', cursor: string | null | undefined, shape: readonly KeyPart[]): PageKey | null;
} {
  const tag = tagOf(list);
  return {
    encode: (key) => Buffer.from(JSON.stringify([tag, ...key])).toString('base64url'),
    decode(argument, cursor, shape) {
      if (cursor === null || cursor === undefined) return null;
      const [found, ...key] = parse(cursor);
      if (found === tag && fits(key, shape)) return key;
      throw queryError({
        code: 'BAD_CURSOR',
        message: `${argument}: is not a cursor of ${list.field} with this filter`,
        path: [argument],
      });
    },
  };
}

/** `number`: whole, a time or a count; `float`: any finite one. */
export type KeyPart = 'number' | 'float' | 'string' | 'uuid';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function fits(key: unknown[], shape: readonly KeyPart[]): key is (string | number)[] {
  return key.length === shape.length && shape.every((part, index) => fitsPart(key[index], part));
}

function fitsPart(value: unknown, part: KeyPart): boolean {
  // Within what a DateTime can be, so that whatever a key holds can be asked of the database.
  if (part === 'number')
    return Number.isSafeInteger(value) && Number(value) >= EARLIEST_MS && Number(value) < LATEST_MS;
  if (part === 'float') return Number.isFinite(value);
  if (typeof value !== 'string' || value.includes('\u0000')) return false;
  return part === 'string' || UUID.test(value);
}

function parse(cursor: string): unknown[] {
  if (cursor.length > CURSOR_MAX_LENGTH) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
