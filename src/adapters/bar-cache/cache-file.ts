import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { bytesOf } from './data-hash.js';
import type { BarSeries } from '../../domain/bar.js';
import { BAR_SERIES_COLUMNS, barSeriesIn } from '../../domain/bar-columns.js';
import type { Timeframe } from '../../domain/timeframe.js';

/**
 * One series in a file: a header of 128 bytes, then the six columns as float64 in the machine's byte order.
 *
 * | bytes | what |
 * |---|---|
 * | 0-7 | `TGBARS01` |
 * | 8-11 | 0x01020304 in the machine's byte order: a file of another machine is told |
 * | 12-15 | CRC-32 of the columns |
 * | 16-23 | number of bars, float64 |
 * | 24-55 | sha256 of the columns |
 * | 56-87 | sha256 of the key under which they were stored |
 * | 124-127 | CRC-32 of the bytes before it |
 */
const MAGIC = Buffer.from('TGBARS01', 'latin1');
const BYTE_ORDER_PROBE = 0x01020304;
const HEADER_BYTES = 128;
const BYTES_A_BAR = BAR_SERIES_COLUMNS.length * 8;
/** Checked while the next ones are read; small enough that the thread is never held up for long. */
const PART_BYTES = 2 ** 20;
/** New memory costs more than the file: the threads that read have as much to do as the one that checks. */
const PARTS_AHEAD = 4;

export interface CachedSeries {
  readonly series: BarSeries;
  readonly dataHash: string;
}

interface Header {
  readonly checksum: number;
  readonly length: number;
  readonly dataHash: Buffer;
  readonly keyHash: Buffer;
}

/** A file that is not what was written: cut off, changed, or another one. */
export class DamagedCacheFileError extends Error {
  override readonly name = 'DamagedCacheFileError';
}

/** A file as it stood on the disk: any write to it, or another file in its place, gives another one. */
export const fileState = ({ ino, size, ctimeNs }: BigIntStats): string => `${ino} ${size} ${ctimeNs}`;

/**
 * Reads a file whole and checks all of it; of a file that stands as when it was checked before, only the header.
 * @param keyHash sha256 of the key, 32 bytes
 * @param checkedState `fileState` of when all of it was found right; null for never
 * @throws DamagedCacheFileError; what the file system throws, ENOENT among it
 */
export async function readCacheFile(
  path: string,
  keyHash: Buffer,
  symbol: string,
  timeframe: Timeframe,
  checkedState: string | null = null,
): Promise<CachedSeries> {
  const file = await open(path, 'r');
  try {
    const header = await readHeader(file, keyHash);
    const state = await file.stat({ bigint: true });
    const size = Number(state.size);
    if (size !== HEADER_BYTES + header.length * BYTES_A_BAR)
      throw new DamagedCacheFileError(`${size} bytes for ${header.length} bars`);
    const buffer = new ArrayBuffer(header.length * BYTES_A_BAR);
    const isChecked = checkedState === fileState(state);
    const checksum = await readWhole(file, new Uint8Array(buffer), isChecked ? null : crc32);
    if (!isChecked && checksum !== header.checksum) throw new DamagedCacheFileError('the checksum differs');
    return {
      series: barSeriesIn(buffer, 0, header.length, symbol, timeframe),
      dataHash: header.dataHash.toString('hex'),
    };
  } finally {
    await file.close();
  }
}

/** Writes a file beside its name and renames it: a reader finds the old one or the new one, whole. Throws what the file system throws. */
export async function writeCacheFile(path: string, keyHash: Buffer, cached: CachedSeries): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  const columns = BAR_SERIES_COLUMNS.map((name) => bytesOf(cached.series[name]));
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      const checksum = columns.reduce((sum, bytes) => crc32(bytes, sum), 0);
      const length = cached.series.timestamps.length;
      await file.writeFile(encodeHeader({ checksum, length, dataHash: Buffer.from(cached.dataHash, 'hex'), keyHash }));
      for (const bytes of columns) await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Fills `target` and answers its checksum; parts are checked in order while the next ones are read. */
async function readWhole(
  file: FileHandle,
  target: Uint8Array,
  checksum: ((part: Uint8Array, sum: number) => number) | null,
): Promise<number> {
  const reading: Promise<Uint8Array>[] = [];
  let asked = 0;
  let sum = 0;
  for (let checked = 0; checked < target.length; checked += PART_BYTES) {
    while (asked < target.length && reading.length < PARTS_AHEAD) {
      const part = readPart(file, target, asked);
      // Waited for in its turn; until then a failure is nobody's.
      part.catch(() => undefined);
      reading.push(part);
      asked += PART_BYTES;
    }
    const part = await reading.shift();
    if (part !== undefined && checksum !== null) sum = checksum(part, sum);
  }
  return sum;
}

async function readPart(file: FileHandle, target: Uint8Array, start: number): Promise<Uint8Array> {
  const part = target.subarray(start, start + PART_BYTES);
  let read = 0;
  while (read < part.length) {
    const { bytesRead } = await file.read(part, read, part.length - read, HEADER_BYTES + start + read);
    if (bytesRead === 0) throw new DamagedCacheFileError('the file ends too early');
    read += bytesRead;
  }
  return part;
}

function encodeHeader({ checksum, length, dataHash, keyHash }: Header): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  new Uint32Array(header.buffer, header.byteOffset + 8, 2).set([BYTE_ORDER_PROBE, checksum]);
  header.writeDoubleLE(length, 16);
  dataHash.copy(header, 24);
  keyHash.copy(header, 56);
  header.writeUInt32LE(crc32(header.subarray(0, HEADER_BYTES - 4)), HEADER_BYTES - 4);
  return header;
}

async function readHeader(file: FileHandle, keyHash: Buffer): Promise<Header> {
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
  if (bytesRead < HEADER_BYTES) throw new DamagedCacheFileError('the file ends inside of its header');
  const [probe, checksum = 0] = new Uint32Array(header.buffer, header.byteOffset + 8, 2);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC) || probe !== BYTE_ORDER_PROBE)
    throw new DamagedCacheFileError('the file is no bar cache of this program and machine');
  if (header.readUInt32LE(HEADER_BYTES - 4) !== crc32(header.subarray(0, HEADER_BYTES - 4)))
    throw new DamagedCacheFileError('the header is damaged');
  const read: Header = {
    checksum,
    length: header.readDoubleLE(16),
    dataHash: Buffer.from(header.subarray(24, 56)),
    keyHash: Buffer.from(header.subarray(56, 88)),
  };
  if (!read.keyHash.equals(keyHash)) throw new DamagedCacheFileError('the file belongs to another series');
  return read;
}
