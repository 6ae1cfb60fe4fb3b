import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { type Launcher, programPath } from './launcher.js';

/**
 * `full`: what was committed survives a power cut. `none` is for tests: the death of the server loses the last moments'
 * commits, and the machine's crash may destroy the cluster.
 */
export type Durability = 'full' | 'none';

const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Room for every role's pool in one process, with a reserve for psql and the tests. */
const MAX_CONNECTIONS = 100;

/**
 * The postmaster's arguments without its port. `settings` are PostgreSQL's own (name to value); where it listens and what
 * it is called cannot be changed by them.
 */
export function serverArguments(
  launcher: Launcher,
  binaries: PostgresBinaries,
  tag: string,
  durability: Durability,
  settings: Readonly<Record<string, string>>,
): string[] {
  const all: Record<string, string> = {
    max_connections: String(MAX_CONNECTIONS),
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // A program that is killed must not hold its locks until its last long statement ends. Linux alone is sure to have it.
    ...(process.platform === 'linux' ? { client_connection_check_interval: '5s' } : {}),
    ...(durability === 'none' ? NOT_DURABLE : {}),
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: tag,
    // Not read by anyone: it makes the arguments differ when npm brings newer binaries to the same path.
    'tradegraph.binaries': binaries.version,
  };
  return ['-D', launcher.here, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The port comes last, so that `runsWithArguments` can leave it out. */
export function withPort(args: readonly string[], port: number): string[] {
  return [...args, '-p', String(port)];
}

/** Whether the running server was started by the same binaries with the same arguments; its port may differ. */
export async function runsWithArguments(
  dataDir: string,
  launcher: Launcher,
  args: readonly string[],
): Promise<boolean> {
  // PostgreSQL writes its command line there at each start: the program, then each argument in double quotes.
  const recorded = await readFile(join(dataDir, 'postmaster.opts'), 'utf8').catch(() => '');
  const wanted = [programPath(launcher, 'postgres'), ...args.map((word) => `"${word}"`)].join(' ');
  return recorded.trimEnd().replace(/ "-p" "\d+"$/, '') === wanted;
}
