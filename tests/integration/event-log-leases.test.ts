import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsumeOptions } from '../../src/ports/event-bus.js';
import { pgTransaction } from '../../src/adapters/postgres/transaction.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { openCuttingProxy } from '../support/cutting-proxy.js';
import { deferred } from '../support/deferred.js';
import {
  openEventLogProcess,
  type EventLogProcess,
  type EventLogProcessOptions,
} from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const LEASE_MS = 600;

interface OffsetRow {
  readonly part: number;
  readonly next_off: number;
  readonly epoch: number;
  readonly owner: string | null;
}

/** Consumes anomalies; each event's number becomes a row of `notes`. */
const consume = (process: EventLogProcess, options: Partial<ConsumeOptions<'anomalies'>> = {}) =>
  process.eventBus.consume<'anomalies'>({
    group: 'notes',
    topics: ['anomalies'],
    start: 'earliest',
    batchSize: 10,
    handle:
      async ({ events }) =>
      async (tx) => {
        for (const { payload } of events)
          await pgTransaction(tx).query('INSERT INTO notes VALUES ($1)', [payload.description]);
      },
    ...options,
  });

describe('consumer groups in PostgreSQL', () => {
  let database: TestDatabase;
  let processes: EventLogProcess[];
  let here: EventLogProcess;

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    processes = [];
    here = await openProcess();
    await here.pool.query(`
      TRUNCATE event_log, consumer_offsets, consumer_members;
      UPDATE log_partition SET next_off = 0;
      DROP TABLE IF EXISTS notes;
      CREATE TABLE notes (text text)`);
  });
  afterEach(() => Promise.all(processes.map((process) => process.close())));

  async function openProcess(
    options: EventLogProcessOptions = {},
    connectionString = database.connectionString,
  ): Promise<EventLogProcess> {
    const process = await openEventLogProcess(connectionString, { leaseMs: LEASE_MS, ...options });
    processes.push(process);
    return process;
  }

  const append = (symbol: string, number: number, process = here): Promise<void> =>
    process.unitOfWork.transaction(async (tx) => tx.append(anomalyEvent(symbol, number)));

  async function notes(): Promise<string[]> {
    const { rows } = await here.pool.query<{ text: string }>('SELECT text FROM notes ORDER BY text::int');
    return rows.map(({ text }) => text);
  }

  async function offsets(): Promise<OffsetRow[]> {
    const { rows } = await here.pool.query<OffsetRow>(
      "SELECT part, next_off, epoch, owner FROM consumer_offsets WHERE grp = 'notes' ORDER BY part",
    );
    return rows;
  }

  /** How many partitions each owner has, fewest first. */
  async function shares(): Promise<number[]> {
    const owners = new Map<string, number>();
    for (const { owner } of await offsets()) if (owner) owners.set(owner, (owners.get(owner) ?? 0) + 1);
    return [...owners.values()].toSorted();
  }

  it('rolls the effect back when the partition has got another owner meanwhile, and lets the new one work', async () => {
    const reached = deferred();
    const gate = deferred();
    await consume(here, {
      handle: async () => {
        reached.resolve();
        await gate.promise;
        return async (tx) => void (await pgTransaction(tx).query("INSERT INTO notes VALUES ('-1')"));
      },
    });
    await append('BTC-USD', 1);
    await reached.promise;
    await here.pool.query(
      "UPDATE consumer_offsets SET owner = 'thief', epoch = epoch + 1, lease_until = now() + interval '1 minute'",
    );
    gate.resolve();
    await eventually(
      'the fence is hit',
      () =>
        here.metrics.value('tradegraph_event_log_fence_failures_total', { group: 'notes', topic: 'anomalies' }) === 1,
    );
    expect(await notes()).toEqual([]);
    expect((await offsets()).every(({ next_off, owner }) => next_off === 0 && owner === 'thief')).toBe(true);
  });

  it.each([
    ['owner', "owner = 'thief'"],
    ['epoch', 'epoch = epoch + 1'],
    ['offset', 'next_off = next_off + 1'],
  ])('is fenced by the %s alone', async (_, change) => {
    const reached = deferred();
    const gate = deferred();
    await consume(here, {
      handle: async () => {
        reached.resolve();
        await gate.promise;
        return async (tx) => void (await pgTransaction(tx).query("INSERT INTO notes VALUES ('-1')"));
      },
    });
    await append('BTC-USD', 1);
    await reached.promise;
    await here.pool.query(`UPDATE consumer_offsets SET ${change}`);
    gate.resolve();
    await eventually(
      'the fence is hit',
      () => here.metrics.value('tradegraph_event_log_fence_failures_total', { group: 'notes', topic: 'anomalies' }) > 0,
    );
  });

  it('takes the partitions of a consumer whose lease is over, and raises their epoch', async () => {
    await here.pool.query(
      `INSERT INTO consumer_offsets (grp, topic, part, next_off, epoch, owner, lease_until)
       SELECT 'notes', topic, part, 0, 7, 'killed', clock_timestamp() + interval '300 milliseconds' FROM log_partition WHERE topic = 'anomalies'`,
    );
    await append('BTC-USD', 1);
    await consume(here);
    expect((await offsets()).every(({ owner }) => owner === 'killed')).toBe(true);
    await eventually('the event is consumed', async () => (await notes()).length === 1);
    expect((await offsets()).map(({ epoch }) => epoch)).toEqual(Array(8).fill(8));
  });

  it('keeps a partition, and its epoch, for as long as a handler works', async () => {
    const reached = deferred();
    const gate = deferred();
    await consume(here, {
      handle: async () => {
        reached.resolve();
        await gate.promise;
        return async (tx) => void (await pgTransaction(tx).query("INSERT INTO notes VALUES ('1')"));
      },
    });
    const there = await openProcess();
    await append('BTC-USD', 1);
    await reached.promise;
    const leases = 'SELECT min(lease_until) AS lease_until FROM consumer_offsets WHERE owner IS NOT NULL';
    const before = (await here.pool.query<{ lease_until: Date }>(leases)).rows[0]!.lease_until;
    await eventually('the leases are renewed past three times their length', async () => {
      const { rows } = await here.pool.query<{ lease_until: Date }>(leases);
      return rows[0]!.lease_until.getTime() > before.getTime() + 3 * LEASE_MS;
    });
    await there.close();
    gate.resolve();
    await eventually('the effect is committed', async () => (await notes()).length === 1);
    expect((await offsets()).every(({ epoch }) => epoch === 1)).toBe(true);
  });

  it('shares eight partitions 3, 3, 2 between three processes, and 4, 4 when one has left', async () => {
    await consume(here);
    expect(await shares()).toEqual([8]);
    await consume(await openProcess());
    const third = await consume(await openProcess());
    await eventually('all three have their share', async () => (await shares()).join() === '2,3,3');
    await third.stop();
    await eventually('the other two share the rest', async () => (await shares()).join() === '4,4');
  });

  it('never sends an event to the dead letters for a fault of the database, however long it lasts', async () => {
    let faults = 0;
    await consume(here, {
      handle:
        async ({ events }) =>
        async (tx) => {
          if (faults < 6) {
            faults += 1;
            // The connection is cut under the effect, as by a restart of the server.
            await pgTransaction(tx).query('SELECT pg_terminate_backend(pg_backend_pid())');
          }
          for (const { payload } of events)
            await pgTransaction(tx).query('INSERT INTO notes VALUES ($1)', [payload.description]);
        },
    });
    await append('BTC-USD', 1);
    await eventually('it is consumed in the end', async () => (await notes()).length === 1);
    expect(faults).toBe(6);
    expect(await here.eventBus.head('anomalies.dlq')).toEqual(Array(8).fill(0));
  });

  it('does an effect once when the answer to its COMMIT is lost', async () => {
    const proxy = await openCuttingProxy(database.connectionString);
    const behind = await openProcess({}, proxy.connectionString);
    await consume(behind);
    proxy.cutAfter(';COMMIT');
    await append('BTC-USD', 1);
    await eventually('the effect is committed', async () => (await notes()).length > 0);
    proxy.heal();
    await append('BTC-USD', 2);
    await eventually('it goes on', async () => (await notes()).includes('2'));
    expect(await notes()).toEqual(['1', '2']);
    await behind.close();
    await proxy.close();
  });

  it('hears of an append by NOTIFY alone, also after its LISTEN connection was ended', async () => {
    const deaf = await openProcess({ pollMs: 3_600_000 });
    await consume(deaf);
    await append('BTC-USD', 1);
    await eventually('the event of another process is consumed', async () => (await notes()).length === 1);
    const ended = await here.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tradegraph-wake-up'",
    );
    expect(ended.rowCount).toBe(2);
    await append('BTC-USD', 2);
    await eventually('what was missed is found when the connection is back', async () => (await notes()).length === 2);
    await eventually('both listen again', async () => {
      const { rowCount } = await here.pool.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tradegraph-wake-up'",
      );
      return rowCount === 2;
    });
    await append('BTC-USD', 3);
    await eventually('the next one is heard of', async () => (await notes()).length === 3);
  });

  it('finds by its poll what nobody told of', async () => {
    await consume(here);
    await here.pool.query("SELECT append_event('anomalies', 3, $1, $2, 'anomaly', $3)", [
      SYMBOL_OF_PARTITION[3],
      anomalyEvent('X', 1).eventId,
      JSON.stringify({ description: '1' }),
    ]);
    await eventually('it is consumed', async () => (await notes()).length === 1);
  });
});
