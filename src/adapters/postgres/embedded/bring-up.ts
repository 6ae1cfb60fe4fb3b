import type { ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { handOver } from './data-directory.js';
import { diskFull, EmbeddedPostgresError, isDiskFull, saysDiskFull } from './errors.js';
import { launch, type Launcher } from './launcher.js';
import { connectAsOwner } from './owner-session.js';
import { choosePort } from './port.js';
import type { ServerSecrets } from './secrets.js';
import { runsWithArguments, withPort } from './server-arguments.js';
import { lastLogLines, openServerLog } from './server-log.js';
import { removeMisleadingPidFile, serverState } from './server-state.js';
import { stopServer } from './stop-server.js';

/** Everything that is settled before a server is looked for or started. */
export interface Site {
  readonly dataDir: string;
  readonly logFile: string;
  readonly tag: string;
  readonly launcher: Launcher;
  readonly args: readonly string[];
  readonly secrets: ServerSecrets;
  readonly onStep: (message: string) => void;
}

export interface OwnedServer {
  /** Its session holds the ownership; connected to the database `postgres`. */
  readonly owner: Client;
  readonly pid: number;
  readonly port: number;
  /** The server was running already: its former owner died without stopping it. */
  readonly adopted: boolean;
}

/** Recovery after a crash reads at most max_wal_size (1 GB) of log; on a slow disk that takes minutes, not hours. */
const BRING_UP_MS = 5 * 60_000;
const LOOK_EVERY_MS = 10;
/** A wait longer than this is explained to the person who is waiting. */
const EXPLAIN_AFTER_MS = 1_000;
/** A start may lose its port, or the race for the directory, to another program; not many times in a row. */
const MAX_SPAWNS = 8;

interface Spawned {
  readonly child: ChildProcess;
  readonly port: number;
  readonly logStartByte: number;
}

/**
 * Gets a server on the site's data directory and its ownership: adopts the one that runs there, or starts one. It looks at
 * what is there, takes the next step, and looks again, so that it does not matter what other programs do meanwhile:
 * PostgreSQL lets only one postmaster run on a directory, and only one session hold the owner's lock.
 * @throws DataDirectoryInUseError, EmbeddedPostgresError START_FAILED, START_TIMED_OUT, DISK_FULL, PASSWORD_REFUSED
 */
export async function bringUp(site: Site): Promise<OwnedServer> {
  const spawns: Spawned[] = [];
  try {
    return await bringUpWith(site, spawns);
  } catch (error) {
    const last = spawns.at(-1);
    const abandoned = last !== undefined && isRunning(last) && !isOwnedByAnother(error);
    if (abandoned && last.child.pid !== undefined) await stopServer(last.child.pid, site.tag);
    throw error;
  }
}

async function bringUpWith(site: Site, spawns: Spawned[]): Promise<OwnedServer> {
  const startedAt = Date.now();
  let explained = '';
  for (;;) {
    const state = await serverState(site.dataDir, site.tag);
    const last = spawns.at(-1);
    if (state.kind === 'running' && state.ready) {
      const owner = await connectAsOwner(site.secrets, state.port, site.dataDir);
      const adopted = state.pid !== last?.child.pid;
      if (owner !== null) {
        if (!adopted || (await runsWithArguments(site.dataDir, site.launcher, site.args))) {
          return { owner, pid: state.pid, port: state.port, adopted };
        }
        site.onStep('Restarting PostgreSQL: it still runs with other settings or other binaries');
        await stopServer(state.pid, site.tag);
        void owner.end().catch(() => undefined);
        continue;
      }
    } else if (state.kind === 'stopped' && (last === undefined || !isRunning(last))) {
      if (last !== undefined) await throwUnlessWorthRetrying(site, last, spawns.length);
      spawns.push(await spawnServer(site, last));
      continue;
    }
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > BRING_UP_MS) throw await timedOut(site, last);
    if (waitedMs > EXPLAIN_AFTER_MS && explained !== state.kind) {
      explained = state.kind;
      site.onStep(
        state.kind === 'leftover'
          ? `Waiting for the former PostgreSQL's processes to end (${state.pids.join(', ')})`
          : 'Waiting for PostgreSQL to be ready (after a crash it replays its log first)',
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

async function spawnServer(site: Site, previous: Spawned | undefined): Promise<Spawned> {
  const { dataDir, launcher, tag } = site;
  await removeMisleadingPidFile(dataDir, tag);
  const owner = launcher.account ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if ((await stat(dataDir)).uid !== owner.uid) await handOver(dataDir, owner);
  // The remembered port is tried first, so that tools pointed at the database keep working; a port that failed is not tried twice.
  const port = await choosePort(previous === undefined ? site.secrets.port : 0);
  const log = await openServerLog(site.logFile);
  try {
    const child = launch(launcher, 'postgres', withPort(site.args, port), {
      cwd: dataDir,
      stdio: ['ignore', log.handle.fd, log.handle.fd],
      detached: true,
    });
    // Without a listener a failed spawn would end the process; it is seen as a child that does not run.
    child.once('error', () => undefined);
    child.unref();
    return { child, port, logStartByte: log.startByte };
  } finally {
    await log.handle.close();
  }
}

function isRunning({ child }: Spawned): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function isOwnedByAnother(error: unknown): boolean {
  return error instanceof EmbeddedPostgresError && error.code === 'DATA_DIRECTORY_IN_USE';
}

async function throwUnlessWorthRetrying(site: Site, failed: Spawned, spawnCount: number): Promise<void> {
  const log = await lastLogLines(site.logFile, failed.logStartByte);
  const portTaken = /Address already in use/.test(log);
  const raceLost = /lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(log);
  if ((portTaken || raceLost) && spawnCount < MAX_SPAWNS) return;
  if (saysDiskFull(log) || (await isDiskFull(site.dataDir))) throw diskFull(site.dataDir);
  throw new EmbeddedPostgresError(
    'START_FAILED',
    `PostgreSQL did not start (port ${failed.port}). The last lines of its log, ${site.logFile}:\n${log || '(it wrote none)'}`,
  );
}

async function timedOut(site: Site, last: Spawned | undefined): Promise<EmbeddedPostgresError> {
  const log = await lastLogLines(site.logFile, last?.logStartByte ?? 0);
  return new EmbeddedPostgresError(
    'START_TIMED_OUT',
    `PostgreSQL was not ready within ${BRING_UP_MS / 1000} s. The last lines of its log, ${site.logFile}:\n${log}`,
  );
}
