import { BackupError } from './backup-error.js';

/**
 * The little of the tar format (POSIX ustar) that a backup needs: regular files, one after the other, each padded to
 * 512 bytes, and two empty blocks at the end.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar Interchange Format)
 */
export const TAR_BLOCK_BYTES = 512;
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK_BYTES);

const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const CHECKSUM_START = 148;
const CHECKSUM_END = 156;
/** Octal digits that a size has room for: 8 GiB. */
const SIZE_DIGITS = 11;

export interface TarHeader {
  /** With `/` between folders. */
  readonly name: string;
  readonly bytes: number;
}

/** The block before a file. @throws BackupError for a name that does not fit */
export function encodeTarHeader({ name, bytes }: TarHeader, modifiedAtMs: number): Buffer {
  const block = Buffer.alloc(TAR_BLOCK_BYTES);
  const [prefix, rest] = splitName(name);
  block.write(rest, 0);
  for (const [index, field] of ['0000600\0', '0000000\0', '0000000\0'].entries()) {
    block.write(field, NAME_BYTES + index * field.length);
  }
  block.write(`${bytes.toString(8).padStart(SIZE_DIGITS, '0')} `, 124);
  block.write(
    `${Math.floor(modifiedAtMs / 1000)
      .toString(8)
      .padStart(SIZE_DIGITS, '0')} `,
    136,
  );
  block.write('0', 156);
  block.write('ustar', 257);
  block.write('00', 263);
  block.write(prefix, 345);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, CHECKSUM_START);
  return block;
}

/** What a block says; null for the empty one that ends the archive, undefined for one that is no header. */
export function decodeTarHeader(block: Buffer): TarHeader | null | undefined {
  if (block.every((byte) => byte === 0)) return null;
  const said = Number.parseInt(text(block, CHECKSUM_START, CHECKSUM_END), 8);
  if (block.toString('latin1', 257, 262) !== 'ustar' || said !== checksum(block)) return undefined;
  const bytes = Number.parseInt(text(block, 124, 136), 8);
  if (!Number.isSafeInteger(bytes) || bytes < 0) return undefined;
  const prefix = text(block, 345, 500);
  const rest = text(block, 0, NAME_BYTES);
  return { name: prefix === '' ? rest : `${prefix}/${rest}`, bytes };
}

/** Zeros between a file and the next header. */
export const tarPadding = (bytes: number): number => (TAR_BLOCK_BYTES - (bytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;

function splitName(name: string): [string, string] {
  if (Buffer.byteLength(name) <= NAME_BYTES) return ['', name];
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)];
    if (Buffer.byteLength(prefix) <= PREFIX_BYTES && Buffer.byteLength(rest) <= NAME_BYTES) return [prefix, rest];
  }
  throw new BackupError(`the name of ${name} is too long for a backup: rename it.`);
}

/** The sum of all bytes, those of the sum itself taken as spaces. */
function checksum(block: Buffer): number {
  let sum = 0;
  block.forEach((byte, index) => (sum += index >= CHECKSUM_START && index < CHECKSUM_END ? 0x20 : byte));
  return sum;
}

function text(block: Buffer, start: number, end: number): string {
  const field = block.subarray(start, end);
  const length = field.indexOf(0);
  return field.toString('utf8', 0, length === -1 ? field.length : length);
}
