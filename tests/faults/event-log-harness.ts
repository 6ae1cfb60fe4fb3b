import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { eventually } from '../support/eventually.js';
import { seededRandom } from '../support/seeded-random.js';
import type { ChildMessage, ChildOptions } from './event-log-roles.js';

const PROGRAM = fileURLToPath(new URL('./event-log-child.mjs', import.meta.url));
const WRITERS = ['A', 'B'];
const CONSUMERS = ['one', 'two'];
const CATCH_UP_MS = 30_000;

export interface FaultRunOptions {
  readonly connectionString: string;
  readonly pool: Pool;
  readonly seed: number;
  readonly seconds: number;
  readonly consumer: 'consumer' | 'faulty-consumer';
}

export interface FaultRun {
  readonly kills: number;
  readonly endedBackends: number;
  readonly events: number;
  /** What is wrong with the log and its effects; empty when nothing is. */
  readonly violations: readonly string[];
}

/** A child that is started again whenever it was killed. */
class Child {
  #process: ChildProcess | null = null;
  #written: Readonly<Record<string, number>> = {};
  /** Whether it has done something since it was started: only then is it worth killing. */
  working = false;

  constructor(
    private readonly options: Omit<ChildOptions, 'written' | 'seed'>,
    private readonly random: () => number,
  ) {}

  start(): void {
    const options: ChildOptions = {
      ...this.options,
      seed: Math.floor(this.random() * 2 ** 32),
      written: this.#written,
    };
    const child = spawn(
      process.execPath,
      ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', PROGRAM, JSON.stringify(options)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.working = false;
    this.#process = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as ChildMessage;
      if ('written' in message) this.#written = message.written;
      if (this.#process === child) this.working = true;
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  /** Lets it finish what it is at; fails when it does not end by itself in good order. */
  async finish(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const closed = once(child, 'close');
    child.stdin?.end();
    const [code, signal] = (await closed) as [number | null, string | null];
    if (code !== 0) throw new Error(`${this.options.role} ${this.options.name} ended with ${code ?? signal}`);
  }
}

/** Real processes write and consume while they are killed and their connections cut; then looks at what is left. */
export async function runWithFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { pool, connectionString, seed, seconds } = options;
  const random = seededRandom(seed);
  await pool.query(`
    DROP TABLE IF EXISTS fault_effects;
    CREATE TABLE fault_effects (id bigserial PRIMARY KEY, part int, off bigint, symbol text, number int);
    TRUNCATE event_log, consumer_offsets, consumer_members;
    UPDATE log_partition SET next_off = 0;`);
  const writers = WRITERS.map((name) => new Child({ role: 'writer', name, connectionString }, random));
  const consumers = CONSUMERS.map((name) => new Child({ role: options.consumer, name, connectionString }, random));
  const children = [...writers, ...consumers];
  let kills = 0;
  let endedBackends = 0;
  try {
    children.forEach((child) => child.start());
    await eventually('all children work', () => children.every(({ working }) => working), CATCH_UP_MS);
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 300));
      if (random() < 0.3) endedBackends += await endABackend(pool, random());
      const victim = children[Math.floor(random() * children.length)];
      if (!victim?.working) continue;
      await victim.kill();
      victim.start();
      kills += 1;
    }
    await eventually('all children work again', () => children.every(({ working }) => working), CATCH_UP_MS);
    await Promise.all(writers.map((writer) => writer.finish()));
    await eventually('the consumers have caught up', () => hasCaughtUp(pool), CATCH_UP_MS);
    await Promise.all(consumers.map((consumer) => consumer.finish()));
  } finally {
    await Promise.all(children.map((child) => child.kill()));
  }
  const { rows } = await pool.query<{ events: number }>(
    "SELECT count(*)::int AS events FROM event_log WHERE topic = 'anomalies'",
  );
  return { kills, endedBackends, events: rows[0]?.events ?? 0, violations: await violations(pool) };
}

/** Cuts one connection of the children, chosen by `share` (0 to 1). */
async function endABackend(pool: Pool, share: number): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH children AS (
       SELECT pid, row_number() OVER (ORDER BY pid) AS place, count(*) OVER () AS total FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'fault-harness'
     ) SELECT pg_terminate_backend(pid) FROM children WHERE place = 1 + floor($1::float8 * total)`,
    [share],
  );
  return rowCount ?? 0;
}

async function hasCaughtUp(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ behind: boolean }>(
    `SELECT EXISTS (SELECT FROM consumer_offsets c JOIN log_partition p USING (topic, part) WHERE c.next_off < p.next_off) AS behind`,
  );
  return rows[0]?.behind === false;
}

/** Each query finds breaches of one invariant, a row each. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'the log has a gap or ends elsewhere than its counter says': `
    SELECT p.topic, p.part, p.next_off, count(e.off), min(e.off), max(e.off)
    FROM log_partition p LEFT JOIN event_log e USING (topic, part) GROUP BY p.topic, p.part, p.next_off
    HAVING count(e.off) <> p.next_off OR (p.next_off > 0 AND (min(e.off) <> 0 OR max(e.off) <> p.next_off - 1))`,
  'a symbol does not count 1, 2, 3, ... in the order of the log': `
    SELECT * FROM (
      SELECT key, off, (payload ->> 'description')::int AS number, row_number() OVER (PARTITION BY key ORDER BY off) AS expected
      FROM event_log WHERE topic = 'anomalies') AS numbered
    WHERE number <> expected`,
  'an event was acted on more than once': `
    SELECT part, off, count(*) FROM fault_effects GROUP BY part, off HAVING count(*) > 1`,
  'an event was never acted on': `
    SELECT part, off FROM event_log WHERE topic = 'anomalies' EXCEPT SELECT part, off FROM fault_effects`,
  'events of a partition were acted on out of order': `
    SELECT * FROM (
      SELECT part, off, max(off) OVER (PARTITION BY part ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM fault_effects) AS ordered
    WHERE off < before`,
  'an event was not answered once on the next topic': `
    SELECT key, count(*) FILTER (WHERE topic = 'anomalies'), count(*) FILTER (WHERE topic = 'trading_signals')
    FROM event_log GROUP BY key
    HAVING count(*) FILTER (WHERE topic = 'anomalies') <> count(*) FILTER (WHERE topic = 'trading_signals')`,
  'a group is not where the log ends': `
    SELECT * FROM consumer_offsets c JOIN log_partition p USING (topic, part) WHERE c.next_off <> p.next_off`,
  'an event became a dead letter': `SELECT topic, part, off, payload ->> 'reason' FROM event_log WHERE topic LIKE '%.dlq'`,
};

async function violations(pool: Pool): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(INVARIANTS)) {
    const { rows } = await pool.query(`${query} LIMIT 3`);
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows)}`);
  }
  return found;
}
