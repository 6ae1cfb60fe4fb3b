import { lchown, readdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgresError, explainFileError } from './errors.js';

/**
 * Looks at the data directory before anything touches it.
 *
 * @param acceptedOwnerUids users whose files our server can work with.
 * @returns the owner of the initialised cluster, or null when there is none yet (no directory, or an empty one).
 * @throws EmbeddedPostgresError DATA_DIRECTORY_NOT_A_DIRECTORY, _OTHER_OWNER, _NOT_A_CLUSTER, _OTHER_VERSION; NOT_WRITABLE
 */
export async function checkDataDirectory(
  dataDir: string,
  major: number,
  acceptedOwnerUids: readonly number[],
): Promise<{ ownerUid: number } | null> {
  try {
    const status = await stat(dataDir);
    if (!status.isDirectory()) throw notADirectory(dataDir);
    if (!acceptedOwnerUids.includes(status.uid)) throw otherOwner(dataDir, status.uid);
    const entries = await readdir(dataDir);
    if (entries.length === 0) return null;
    if (!entries.includes('PG_VERSION')) throw notACluster(dataDir);
    const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
    if (version !== String(major)) throw otherVersion(dataDir, version, major);
    return { ownerUid: status.uid };
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') return null;
      if (error.code === 'ENOTDIR') throw notADirectory(dataDir);
    }
    throw explainFileError(error, dataDir);
  }
}

/** Gives a cluster to `account`. The top directory comes last: while it is not done, the next start does it again. */
export async function handOver(dataDir: string, account: { uid: number; gid: number }): Promise<void> {
  const entries = await readdir(dataDir, { recursive: true });
  for (const entry of entries) await lchown(join(dataDir, entry), account.uid, account.gid);
  await lchown(dataDir, account.uid, account.gid);
}

function notADirectory(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_NOT_A_DIRECTORY',
    `The data directory ${dataDir} is a file, or lies below one. Move it, or choose another directory with TRADEGRAPH_HOME.`,
  );
}

function otherOwner(dataDir: string, uid: number): EmbeddedPostgresError {
  const { username } = userInfo();
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_OTHER_OWNER',
    `The data directory ${dataDir} belongs to user id ${uid}, and this is ${username} (${process.getuid?.()}). ` +
      `Start Tradegraph as its owner, give it to you (chown -R ${username} ${dataDir}), or choose another directory with TRADEGRAPH_HOME.`,
  );
}

function notACluster(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_NOT_A_CLUSTER',
    `${dataDir} is not empty and holds no PostgreSQL database (there is no PG_VERSION in it). ` +
      'Nothing was touched. Move it away, restore it from a backup, or choose another directory with TRADEGRAPH_HOME.',
  );
}

function otherVersion(dataDir: string, version: string, major: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_OTHER_VERSION',
    `The database in ${dataDir} was made by PostgreSQL ${version}, and this Tradegraph brings PostgreSQL ${major}. ` +
      `Nothing was touched. Install the Tradegraph that made it, or serve the directory with PostgreSQL ${version}, dump it, ` +
      'and load the dump into a new directory (TRADEGRAPH_HOME) or a server of yours (DATABASE_URL).',
  );
}
