import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EmbeddedPostgresOptions } from '../../src/adapters/postgres/embedded/index.js';

export type OwnerReport =
  | { readonly step: string }
  | { readonly ready: { readonly connectionString: string; readonly adopted: boolean; readonly pid: number } }
  | { readonly failed: { readonly code: string; readonly message: string; readonly ownerPid?: number } };

export interface OwnerProcess {
  readonly pid: number;
  /** The first report that `wanted` accepts, also an earlier one. Rejects when the process ends without it. */
  report<T extends OwnerReport>(wanted: (report: OwnerReport) => report is T): Promise<T>;
  /** Kills the process and its whole group, as a terminal or an out-of-memory killer would, and waits for its end. */
  killGroup(signal: NodeJS.Signals): Promise<void>;
  /** Has it stop the server, and waits for its end. */
  stop(): Promise<void>;
}

export const OWNER_PROGRAM = fileURLToPath(new URL('./embedded-postgres-owner.mjs', import.meta.url));

export const isReady = (report: OwnerReport): report is Extract<OwnerReport, { ready: unknown }> => 'ready' in report;
export const isFailed = (report: OwnerReport): report is Extract<OwnerReport, { failed: unknown }> =>
  'failed' in report;
export const isSettled = (report: OwnerReport): report is Exclude<OwnerReport, { step: string }> => !('step' in report);

/** Runs a program that owns an embedded PostgreSQL; see embedded-postgres-owner.mjs. */
export function spawnOwner(
  options: Omit<EmbeddedPostgresOptions, 'onStep' | 'onLost'>,
  account: { uid?: number; gid?: number } = {},
): OwnerProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', OWNER_PROGRAM, JSON.stringify(options)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
      ...account,
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const reports: OwnerReport[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    reports.push(JSON.parse(line) as OwnerReport);
    for (const listener of listeners) listener();
  });
  return {
    pid: child.pid!,
    report: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = reports.find(wanted);
          if (found !== undefined) resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`the owner ended; it reported ${JSON.stringify(reports)}`)));
      }),
    killGroup: async (signal) => {
      process.kill(-child.pid!, signal);
      await ended;
    },
    stop: () => endInput(child, ended),
  };
}

async function endInput(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  await ended;
}
