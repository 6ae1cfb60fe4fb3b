import { open, type FileHandle } from 'node:fs/promises';
import { BackupError } from './backup-error.js';
import { decodeTarHeader, TAR_BLOCK_BYTES, tarPadding } from './tar-format.js';

/** A backup's files are blocks of 4 MiB at most, compressed, or small; what is larger was not written by us. */
const MEMBER_BYTES_MAX = 16 * 1024 * 1024;

export interface ArchiveMember {
  readonly name: string;
  readonly data: Buffer;
}

/**
 * The files of an archive, in order, one in memory at a time.
 * @throws BackupError for a file that cannot be read, is no archive of ours, is damaged, or ends too early
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveMember, void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new BackupError(`${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  });
  try {
    yield* members(file, path);
  } finally {
    await file.close();
  }
}

async function* members(file: FileHandle, path: string): AsyncGenerator<ArchiveMember, void> {
  let position = 0;
  let last: string | null = null;
  const take = async (bytes: number): Promise<Buffer> => {
    const data = await readFully(file, position, bytes);
    if (data === null) {
      throw new BackupError(
        last === null
          ? `${path} is not a backup of Tradegraph.`
          : `${path} is cut short: it ends behind ${last}. It cannot be restored; use another backup.`,
      );
    }
    position += bytes;
    return data;
  };
  for (;;) {
    const header = decodeTarHeader(await take(TAR_BLOCK_BYTES));
    if (header === null) return;
    if (header === undefined && last === null) throw new BackupError(`${path} is not a backup of Tradegraph.`);
    if (header === undefined || header.bytes > MEMBER_BYTES_MAX) {
      throw new BackupError(`${path} is damaged behind ${last ?? 'its beginning'}. It cannot be restored.`);
    }
    const data = await take(header.bytes);
    await take(tarPadding(header.bytes));
    last = header.name;
    yield { name: header.name, data };
  }
}

/** Null when the file ends before. */
async function readFully(file: FileHandle, position: number, bytes: number): Promise<Buffer | null> {
  const data = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await file.read(data, done, bytes - done, position + done);
    if (bytesRead === 0) return null;
    done += bytesRead;
  }
  return data;
}
