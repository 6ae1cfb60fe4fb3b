import { chmod, chown, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskFull, EmbeddedPostgresError, explainFileError, saysDiskFull } from './errors.js';
import { type Launcher, runToEnd } from './launcher.js';
import type { ServerSecrets } from './secrets.js';

/**
 * Makes a new cluster and puts it at `dataDir`, which must not exist or be empty. It is made in a directory beside it
 * and renamed when it is complete, so that a start that was killed in the middle leaves nothing half-made at `dataDir`.
 * When another start was quicker, its cluster stays and ours is dropped; both have the same secrets.
 *
 * @param sync whether initdb flushes the files to disk; only a cluster for tests may go without.
 * @throws EmbeddedPostgresError INITDB_FAILED, DISK_FULL, NOT_WRITABLE
 */
export async function initialiseCluster(
  launcher: Launcher,
  dataDir: string,
  secrets: ServerSecrets,
  sync: boolean,
): Promise<void> {
  const draft = await mkdtemp(draftPrefix(dataDir)).catch((error: unknown) => {
    throw explainFileError(error, dirname(dataDir));
  });
  try {
    await runInitdb(launcher, draft, secrets, sync);
    await rename(draft, dataDir);
    if (sync) await syncDirectory(dirname(dataDir));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (await isInitialised(dataDir)) return;
    throw explainRenameError(error, dataDir);
  }
}

/** Removes what starts that were killed in the middle have left. Only the owner of the data directory may call it. */
export async function removeDrafts(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  const prefix = basename(draftPrefix(dataDir));
  for (const name of await readdir(parent)) {
    // An initdb that outlived its Tradegraph may still be writing there; what it leaves is removed next time.
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function draftPrefix(dataDir: string): string {
  return `${dataDir}.init-`;
}

async function runInitdb(launcher: Launcher, directory: string, secrets: ServerSecrets, sync: boolean): Promise<void> {
  const passwordFile = `${directory}.password`;
  const password = await open(passwordFile, 'wx+', 0o600);
  try {
    // Read through an open descriptor, so that it is on disk only until the next line and needs no path that initdb can walk.
    await rm(passwordFile);
    await password.write(`${secrets.password}\n`);
    if (launcher.account !== null) {
      await password.chown(launcher.account.uid, launcher.account.gid);
      await chown(directory, launcher.account.uid, launcher.account.gid);
    }
    await chmod(directory, 0o700);
    const args = [
      `--pgdata=${launcher.here}`,
      `--username=${secrets.user}`,
      '--pwfile=/dev/stdin',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(sync ? [] : ['--no-sync']),
    ];
    const { exitCode, output } = await runToEnd(launcher, 'initdb', args, { cwd: directory, stdin: password.fd });
    if (exitCode === 0) return;
    if (saysDiskFull(output)) throw diskFull(directory);
    throw new EmbeddedPostgresError(
      'INITDB_FAILED',
      `The database could not be made in ${directory}:\n${output.trim()}`,
    );
  } finally {
    await password.close();
  }
}

async function isInitialised(dataDir: string): Promise<boolean> {
  return readdir(dataDir).then(
    (entries) => entries.includes('PG_VERSION'),
    () => false,
  );
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function explainRenameError(error: unknown, dataDir: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EBUSY' || code === 'EXDEV') {
    return new EmbeddedPostgresError(
      'NOT_WRITABLE',
      `${dataDir} is a mount point. Mount its parent directory instead: the database is made beside it and moved there.`,
      { cause: error },
    );
  }
  return explainFileError(error, dataDir);
}
