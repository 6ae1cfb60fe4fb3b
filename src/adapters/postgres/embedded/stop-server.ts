import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './errors.js';
import { isPostmaster } from './processes.js';

/** A fast shutdown writes a checkpoint, which on a slow disk takes its time. */
const FAST_SHUTDOWN_MS = 30_000;
/** An immediate shutdown kills its children after 5 s itself. */
const IMMEDIATE_SHUTDOWN_MS = 15_000;
/** The postmaster may be another program's child, whose end the kernel tells nobody: it is looked for. */
const LOOK_EVERY_MS = 10;

/**
 * Stops the postmaster and waits for its end: sessions are cut off and everything is written (SIGINT); when that takes too
 * long it is stopped at once (SIGQUIT), and the next start recovers. A postmaster that is gone already is fine.
 * @throws EmbeddedPostgresError STOP_FAILED
 */
export async function stopServer(pid: number, tag: string): Promise<void> {
  if (await endsAfter(pid, tag, 'SIGINT', FAST_SHUTDOWN_MS)) return;
  if (await endsAfter(pid, tag, 'SIGQUIT', IMMEDIATE_SHUTDOWN_MS)) return;
  throw new EmbeddedPostgresError(
    'STOP_FAILED',
    `PostgreSQL (process ${pid}) does not stop. What was committed is safe; end it with kill -9 ${pid}, the next start recovers.`,
  );
}

async function endsAfter(pid: number, tag: string, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  if (isPostmaster(pid, tag)) sendSignal(pid, signal);
  while (isPostmaster(pid, tag)) {
    if (Date.now() > deadline) return false;
    await delay(LOOK_EVERY_MS);
  }
  return true;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    // It ended between being seen and being signalled.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ESRCH') return;
    throw new EmbeddedPostgresError('STOP_FAILED', `PostgreSQL (process ${pid}) cannot be signalled by this user.`, {
      cause,
    });
  }
}
