import { constants } from 'node:fs';
import { link, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupError } from './backup-error.js';
import { encodeTarHeader, TAR_END, tarPadding } from './tar-format.js';

/** Only its owner may read it: it holds everything that the database holds. */
const FILE_MODE = 0o600;

/**
 * Writes an archive under a name of its own (`<path>.partial-<process id>`), which becomes `path` when it is whole and
 * on the disk: a file with a backup's name is a whole backup, whatever ends the process. Never replaces a file.
 */
export class ArchiveWriter {
  private readonly modifiedAtMs = Date.now();

  private constructor(
    readonly path: string,
    private readonly partialPath: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws BackupError when `path` is there already, or its folder cannot be written to */
  static async create(path: string): Promise<ArchiveWriter> {
    if (await isThere(path)) throw alreadyThere(path);
    const partialPath = `${path}.partial-${process.pid}`;
    const flags = constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY;
    try {
      return new ArchiveWriter(path, partialPath, await open(partialPath, flags, FILE_MODE));
    } catch (error) {
      throw writeFault(path, error);
    }
  }

  async add(name: string, data: Buffer): Promise<void> {
    const header = encodeTarHeader({ name, bytes: data.length }, this.modifiedAtMs);
    await this.write([header, data, Buffer.alloc(tarPadding(data.length))]);
  }

  /** Ends the archive, waits until the disk has it, and gives it its name. Answers its size in bytes. */
  async finish(): Promise<number> {
    await this.write([TAR_END]);
    try {
      await this.file.sync();
      const { size } = await this.file.stat();
      await this.file.close();
      await nameWithoutReplacing(this.partialPath, this.path);
      await syncFolder(dirname(this.path));
      return size;
    } catch (error) {
      throw error instanceof BackupError ? error : writeFault(this.path, error);
    }
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await rm(this.partialPath, { force: true });
  }

  private async write(buffers: readonly Buffer[]): Promise<void> {
    try {
      let left = buffers.filter((buffer) => buffer.length > 0);
      while (left.length > 0) {
        const { bytesWritten } = await this.file.writev(left);
        left = after(left, bytesWritten);
      }
    } catch (error) {
      throw writeFault(this.path, error);
    }
  }
}

/** What is left of these buffers behind their first `bytes`. */
function after(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let skipped = bytes;
  return buffers.flatMap((buffer) => {
    const start = Math.min(skipped, buffer.length);
    skipped -= start;
    return start === buffer.length ? [] : [buffer.subarray(start)];
  });
}

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

const alreadyThere = (path: string) =>
  new BackupError(`${path} is there already, and a backup never replaces a file: choose another name.`);

/** A link refuses where a rename would replace; some file systems (SMB, exFAT) have no links. */
async function nameWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await rm(from);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw alreadyThere(to);
    if (await isThere(to)) throw alreadyThere(to);
    await rename(from, to);
  }
}

/** The new name has to be on the disk too. Windows cannot open a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

function writeFault(path: string, error: unknown): BackupError {
  const what: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up',
    ENOENT: 'the folder is not there',
    EACCES: 'the folder may not be written to',
    EROFS: 'the file system is read-only',
    EIO: 'the disk reports a fault',
  };
  const reason = what[String(codeOf(error))] ?? (error instanceof Error ? error.message : String(error));
  return new BackupError(`${path} cannot be written: ${reason}. There is no backup.`);
}
