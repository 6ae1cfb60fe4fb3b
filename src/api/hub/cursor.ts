import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { err, ok, type Result } from '../../domain/result.js';
import type { BusinessTopic } from '../../domain/topics.js';
import type { OffsetVector } from '../../ports/event-bus.js';

/** Layout: version, 6 bytes of the database's identity, topic, offsets as varints, checksum. */
const VERSION = 1;
const DATABASE_BYTES = 6;
const CHECKSUM_BYTES = 4;
/** Longer text is no cursor of ours, and is not decoded. */
const MAX_CURSOR_LENGTH = 500;

export type CursorFault = 'MALFORMED' | 'OTHER_DATABASE' | 'OTHER_TOPIC' | 'OTHER_PARTITIONS';

/**
 * Cursors of one database: base64url of the next offsets of all partitions of one topic, in opaque form. A cursor says
 * which database and topic it belongs to, so that it is never taken for a place in another stream.
 */
export class CursorCodec {
  private readonly identity: Buffer;

  /** @param databaseId anything that stays the same for the life of a database and differs from other ones */
  constructor(
    databaseId: string,
    private readonly partitions: number,
  ) {
    this.identity = createHash('sha256').update(databaseId).digest().subarray(0, DATABASE_BYTES);
  }

  encode(topic: BusinessTopic, offsets: OffsetVector): string {
    const bytes: number[] = [VERSION, ...this.identity, topic.length, ...Buffer.from(topic, 'latin1')];
    for (const offset of offsets) pushVarint(bytes, offset);
    const body = Buffer.from(bytes);
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([body, checksum]).toString('base64url');
  }

  decode(topic: BusinessTopic, cursor: string): Result<OffsetVector, CursorFault> {
    if (cursor.length > MAX_CURSOR_LENGTH || !/^[\w-]+$/.test(cursor)) return err('MALFORMED');
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(0, -CHECKSUM_BYTES);
    if (body.length < 2 + DATABASE_BYTES || bytes.readUInt32BE(body.length) !== crc32(body)) return err('MALFORMED');
    if (body[0] !== VERSION) return err('MALFORMED');
    if (!body.subarray(1, 1 + DATABASE_BYTES).equals(this.identity)) return err('OTHER_DATABASE');
    const nameAt = 2 + DATABASE_BYTES;
    const offsetsAt = nameAt + (body[nameAt - 1] ?? 0);
    if (body.toString('latin1', nameAt, offsetsAt) !== topic) return err('OTHER_TOPIC');
    const offsets = readVarints(body.subarray(offsetsAt));
    return offsets.length === this.partitions ? ok(offsets) : err('OTHER_PARTITIONS');
  }
}

/** Seven bits a byte, lowest first; division, not shifts, as offsets may pass 32 bits. */
function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

function readVarints(bytes: Buffer): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte & 0x80) continue;
    values.push(value);
    value = 0;
    scale = 1;
  }
  return values;
}
