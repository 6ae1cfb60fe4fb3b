import { Pool } from 'pg';
import { openEventLog, type EventLog } from '../../src/adapters/postgres/event-log/index.js';
import { pgTransaction } from '../../src/adapters/postgres/transaction.js';
import type { LoggedEventOf } from '../../src/domain/events.js';
import { partitionOf, PARTITIONS } from '../../src/domain/topics.js';
import type { Transaction } from '../../src/ports/unit-of-work.js';
import { anomalyEvent, evaluatedEvent } from '../support/anomaly-events.js';
import { seededRandom } from '../support/seeded-random.js';
import { RecordedMetrics, silentLogger } from '../support/silent.js';

export interface ChildOptions {
  readonly role: 'writer' | 'consumer' | 'faulty-consumer';
  readonly name: string;
  readonly connectionString: string;
  readonly seed: number;
  /** Writer: numbers of each of its symbols that are known to be committed. */
  readonly written: Readonly<Record<string, number>>;
}

/** Writer: what a committed transaction has brought its symbols to. Consumer: that a batch was handled. */
export type ChildMessage = { readonly written: Readonly<Record<string, number>> } | { readonly handled: number };

const LEASE_MS = 500;
const ROLLBACK_SHARE = 0.2;
const EVENTS_MAX = 5;

/** Symbols of a writer, one in each partition: its transactions lock several, named in any order, and no consumer is idle. */
export const symbolsOf = (writer: string): string[] =>
  Array.from({ length: PARTITIONS }, (_, part) => {
    for (let number = 0; ; number += 1) if (partitionOf(`${writer}-${number}`) === part) return `${writer}-${number}`;
  });

export async function runChild(options: ChildOptions, say: (message: ChildMessage) => void): Promise<void> {
  const { connectionString } = options;
  const pool = new Pool({ connectionString, max: 10, statement_timeout: 20_000, lock_timeout: 10_000 });
  pool.on('error', () => undefined);
  const log = await whenTheDatabaseAnswers(() =>
    openEventLog({ pool, connectionString, logger: silentLogger, metrics: new RecordedMetrics(), leaseMs: LEASE_MS }),
  );
  const finish = new AbortController();
  process.stdin.once('end', () => finish.abort()).resume();
  if (options.role === 'writer') await write(log, options, say, finish.signal);
  else await consume(log, options.role === 'faulty-consumer', say, finish.signal);
  await log.close();
  await pool.end();
  process.exit(0);
}

/** Appends ever higher numbers to its symbols, a few a transaction; now and then changes its mind. */
async function write(
  log: EventLog,
  options: ChildOptions,
  say: (message: ChildMessage) => void,
  finish: AbortSignal,
): Promise<void> {
  const random = seededRandom(options.seed);
  const written = new Map(symbolsOf(options.name).map((symbol) => [symbol, options.written[symbol] ?? 0]));
  const symbols = [...written.keys()];
  while (!finish.aborted) {
    const next = new Map(written);
    const count = 1 + Math.floor(random() * EVENTS_MAX);
    const changesMind = random() < ROLLBACK_SHARE;
    const queriesFirst = random() < 0.5;
    const events = Array.from({ length: count }, () => {
      const symbol = symbols[Math.floor(random() * symbols.length)] ?? '';
      const number = (next.get(symbol) ?? 0) + 1;
      next.set(symbol, number);
      return anomalyEvent(symbol, number);
    });
    try {
      await log.unitOfWork.transaction(async (tx) => {
        if (queriesFirst) await pgTransaction(tx).query('SELECT 1');
        for (const event of events) tx.append(event);
        if (changesMind) throw new ChangedMind();
      });
    } catch {
      // Not committed, or not known: the same numbers again, which the log takes once.
      continue;
    }
    for (const [symbol, number] of next) written.set(symbol, number);
    say({ written: Object.fromEntries(written) });
  }
}

class ChangedMind extends Error {}

/** Notes each event in a table that would take it twice, and answers it on another topic. */
async function consume(
  log: EventLog,
  faulty: boolean,
  say: (message: ChildMessage) => void,
  finish: AbortSignal,
): Promise<void> {
  const consumer = await whenTheDatabaseAnswers(() =>
    log.eventBus.consume({
      group: 'effects',
      topics: ['anomalies'],
      start: 'earliest',
      batchSize: 20,
      handle: async ({ events }) => {
        const effect = (tx: Transaction): Promise<void> => noteEffects(tx, events);
        if (!faulty) return async (tx) => effect(tx).then(() => say({ handled: events.length }));
        // The planted bug: the effect is committed, and the offset only after it.
        await log.unitOfWork.transaction(effect);
        say({ handled: events.length });
        return async () => undefined;
      },
    }),
  );
  await new Promise((resolve) => finish.addEventListener('abort', resolve));
  await consumer.stop();
}

async function noteEffects(tx: Transaction, events: readonly LoggedEventOf<'anomalies'>[]): Promise<void> {
  await pgTransaction(tx).query(
    'INSERT INTO fault_effects (part, off, symbol, number) SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[], $4::int[])',
    [
      events.map(({ part }) => part),
      events.map(({ off }) => off),
      events.map(({ key }) => key),
      events.map(({ payload }) => Number(payload.description)),
    ],
  );
  for (const { key, payload } of events) tx.append(evaluatedEvent(key, Number(payload.description)));
}

async function whenTheDatabaseAnswers<T>(open: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await open();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
