import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own in memory, small enough to be filled; an ordinary directory where mounting is not allowed. */
export interface SmallDisk {
  readonly path: string;
  /** Whether it can be filled: it is a mount of its own. */
  readonly canBeFilled: boolean;
  /** Takes all that is free. Answers how many bytes that was. */
  fill(): Promise<number>;
  /** Gives it back. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

const FILLER = 'filler';
const CHUNK_BYTES = 4 * 1024 * 1024;

export async function openSmallDisk(path: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(path, { recursive: true });
  const canBeFilled = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]).then(
    () => true,
    () => false,
  );
  const filler = join(path, FILLER);
  const free = () => rm(filler, { force: true });
  return {
    path,
    canBeFilled,
    free,
    fill: async () => {
      // A bound: what was thought to be a small disk must never be the machine's.
      if (!canBeFilled || (await statfs(path)).blocks * (await statfs(path)).bsize > megabytes * 1024 * 1024) return 0;
      const file = await open(filler, 'a');
      const chunk = Buffer.alloc(CHUNK_BYTES, 1);
      let written = 0;
      try {
        for (;;) written += (await file.write(chunk)).bytesWritten;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        return written;
      } finally {
        await file.close();
      }
    },
    remove: async () => {
      if (canBeFilled) await run('umount', [path]);
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
