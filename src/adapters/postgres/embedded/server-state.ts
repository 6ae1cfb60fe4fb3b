import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterProcessIds, idExists, isPostmaster } from './processes.js';

/** What is running on a data directory, seen from outside. */
export type ServerState =
  /** A postmaster serves it. It takes connections on `port` when `ready`; else it is starting, recovering or stopping. */
  | { readonly kind: 'running'; readonly pid: number; readonly port: number; readonly ready: boolean }
  /** No postmaster yet or any more, but processes of the cluster: they end by themselves, or a postmaster is being born. */
  | { readonly kind: 'leftover'; readonly pids: readonly number[] }
  | { readonly kind: 'stopped' };

/** @param tag see clusterTag */
export async function serverState(dataDir: string, tag: string): Promise<ServerState> {
  const pidFile = parsePidFile(await readPidFile(dataDir));
  if (pidFile !== null && isPostmaster(pidFile.pid, tag)) return { kind: 'running', ...pidFile };
  const pids = clusterProcessIds(tag);
  return pids.length > 0 ? { kind: 'leftover', pids } : { kind: 'stopped' };
}

/**
 * Removes a postmaster.pid whose process id exists but is not this cluster's postmaster: it was given to another program
 * after a crash, or is a zombie that nobody has waited for (in a container nobody may ever do). PostgreSQL takes both for a
 * live postmaster and would not start. One whose process is gone is left to PostgreSQL, which replaces it after checks of
 * its own. Call it only in state `stopped`.
 */
export async function removeMisleadingPidFile(dataDir: string, tag: string): Promise<void> {
  const seen = await readPidFile(dataDir);
  const pid = parsePidFile(seen)?.pid;
  if (seen === null || pid === undefined || !idExists(pid) || isPostmaster(pid, tag)) return;
  // Another start may be writing its own at this moment: what was taken away is looked at again, and put back if need be.
  const taken = join(dataDir, `postmaster.pid.${randomBytes(4).toString('hex')}`);
  await rename(pidFilePath(dataDir), taken);
  if ((await readFile(taken, 'utf8')) !== seen) await link(taken, pidFilePath(dataDir));
  await rm(taken);
}

function pidFilePath(dataDir: string): string {
  return join(dataDir, 'postmaster.pid');
}

async function readPidFile(dataDir: string): Promise<string | null> {
  return readFile(pidFilePath(dataDir), 'utf8').catch(() => null);
}

/** Lines by PostgreSQL's src/include/utils/pidfile.h: 1 the pid, 4 the port, 8 the status ("ready" padded with blanks). */
function parsePidFile(text: string | null): { pid: number; port: number; ready: boolean } | null {
  if (text === null) return null;
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return null;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}
