import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Milliseconds of CPU that a process has used so far, all of its threads; 0 for one that is gone. Linux only. */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return 0;
  // The name of the program, in parentheses, may hold spaces. utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Megabytes that a process holds in memory. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}

/** CPU of PostgreSQL's backends so far, in milliseconds, by the application_name of their client and backend. */
export async function backendCpu(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ pid: number; name: string }>(
    `SELECT pid, COALESCE(NULLIF(application_name, ''), backend_type) AS name FROM pg_stat_activity`,
  );
  const used = await Promise.all(rows.map(async ({ pid, name }) => [`${name} ${pid}`, await cpuMs(pid)] as const));
  return new Map(used);
}

/** What was used between two looks, by application_name. A backend that has gone in between is left out. */
export function usedSince(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  name: string,
): number {
  let sum = 0;
  for (const [backend, ms] of after) {
    if (backend.replace(/ \d+$/, '') === name) sum += ms - (before.get(backend) ?? 0);
  }
  return sum;
}
