import { open, rename, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { explainFileError } from './errors.js';

/** A log is set aside (as `.1`, over the one before) when it has grown past this, so that two of them bound the disk. */
const ROTATE_AT_BYTES = 8 * 1024 * 1024;
/** How much of the log's end an error shows: enough for a FATAL with its detail and hint, short enough to read. */
const SHOWN_LINES = 15;
const SHOWN_BYTES = 16_384;

/** Opens the server's log for appending. Call it only while no server runs, since it may set the old log aside. */
export async function openServerLog(file: string): Promise<{ handle: FileHandle; startByte: number }> {
  try {
    const size = await sizeOf(file);
    const full = size > ROTATE_AT_BYTES;
    if (full) await rename(file, `${file}.1`);
    return { handle: await open(file, 'a', 0o600), startByte: full ? 0 : size };
  } catch (error) {
    throw explainFileError(error, file);
  }
}

/** The last lines that were written to the log after `startByte`; empty when there are none. */
export async function lastLogLines(file: string, startByte: number): Promise<string> {
  const size = await sizeOf(file);
  const from = Math.max(startByte, size - SHOWN_BYTES);
  if (size <= from) return '';
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
