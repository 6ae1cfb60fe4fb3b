import * as fc from 'fast-check';
import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { poolOptions } from '../../src/adapters/postgres/database.js';
import { CommitOutcomeUnknownError, pgTransaction, PgUnitOfWork } from '../../src/adapters/postgres/transaction.js';
import { partitionOf } from '../../src/domain/topics.js';
import { anomalyEvent, evaluatedEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { openCuttingProxy } from '../support/cutting-proxy.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

interface LogRow {
  readonly topic: string;
  readonly part: number;
  readonly off: number;
  readonly key: string;
  readonly number: string;
}

function openPool(connectionString: string, options = ''): Pool {
  const opened = new Pool({ ...poolOptions({ connectionString, poolSize: 10 }), options });
  opened.on('error', () => undefined);
  return opened;
}

describe('appending to the event log in PostgreSQL', () => {
  let database: TestDatabase;
  let pool: Pool;
  let unitOfWork: PgUnitOfWork;

  beforeAll(async () => {
    database = await startTestDatabase();
    pool = openPool(database.connectionString);
    unitOfWork = new PgUnitOfWork(pool);
    await pool.query('CREATE TABLE notes (text text)');
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  beforeEach(() => pool.query('TRUNCATE event_log, notes; UPDATE log_partition SET next_off = 0'));

  async function logRows(): Promise<LogRow[]> {
    const { rows } = await pool.query<LogRow>(
      "SELECT topic, part, off, key, payload ->> 'description' AS number FROM event_log ORDER BY topic, part, off",
    );
    return rows;
  }

  /** Offsets 0, 1, 2, ... up to the counter in every partition. */
  async function expectNoGap(): Promise<void> {
    const { rows } = await pool.query(
      `SELECT p.topic, p.part, p.next_off, count(e.off) FROM log_partition p LEFT JOIN event_log e USING (topic, part)
       GROUP BY p.topic, p.part, p.next_off
       HAVING count(e.off) <> p.next_off OR COALESCE(max(e.off) + 1, 0) <> p.next_off OR COALESCE(min(e.off), 0) <> 0`,
    );
    expect(rows).toEqual([]);
  }

  it('has 8 partitions of every topic and of its dead letters', async () => {
    const { rows } = await pool.query(
      'SELECT topic, count(*)::int AS parts FROM log_partition GROUP BY topic ORDER BY topic',
    );
    const topics = ['anomalies', 'backtests', 'market_data', 'orders', 'portfolio', 'trading_signals'];
    expect(rows).toEqual(topics.flatMap((topic) => [topic, `${topic}.dlq`]).map((topic) => ({ topic, parts: 8 })));
  });

  it('tells of a commit once it has happened, and never of a rollback', async () => {
    const heard: string[] = [];
    await unitOfWork.transaction(async (tx) => {
      tx.append(anomalyEvent('A', 1));
      tx.onCommit(() => heard.push('committed'));
      expect(heard).toEqual([]);
    });
    const rolledBack = unitOfWork.transaction(async (tx) => {
      tx.onCommit(() => heard.push('rolled back'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(heard).toEqual(['committed']);
  });

  it('writes exactly what a plain list would hold, whatever is repeated and rolled back', async () => {
    const event = fc.record({ symbol: fc.constantFrom(...SYMBOL_OF_PARTITION.slice(0, 3)), number: fc.nat(12) });
    const transactions = fc.array(
      fc.record({ events: fc.array(event, { maxLength: 6 }), fails: fc.boolean(), queries: fc.boolean() }),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc
        .asyncProperty(transactions, async (list) => {
          const model = new Map<number, string[]>();
          for (const { events, fails, queries } of list) {
            await unitOfWork
              .transaction(async (tx) => {
                if (queries) await pgTransaction(tx).query('SELECT 1');
                for (const { symbol, number } of events) tx.append(anomalyEvent(symbol, number));
                if (fails) throw new Error('rolled back');
              })
              .catch((error: Error) => expect(error.message).toBe('rolled back'));
            if (fails) continue;
            for (const { symbol, number } of events) {
              const entries = model.get(partitionOf(symbol)) ?? [];
              if (!entries.includes(`${symbol} ${number}`)) entries.push(`${symbol} ${number}`);
              model.set(partitionOf(symbol), entries);
            }
          }
          const expected = [...model].flatMap(([part, entries]) =>
            entries.map((entry, off) => `${part}/${off} ${entry}`),
          );
          const written = (await logRows()).map(({ part, off, key, number }) => `${part}/${off} ${key} ${number}`);
          expect(written.toSorted()).toEqual(expected.toSorted());
          await expectNoGap();
        })
        .beforeEach(() => pool.query('TRUNCATE event_log; UPDATE log_partition SET next_off = 0')),
      { numRuns: 25 },
    );
  });

  it('leaves no gap when many writers append at once and some of them roll back', async () => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 25; round += 1) {
        const work = unitOfWork.transaction(async (tx) => {
          for (const symbol of SYMBOL_OF_PARTITION.slice(writer % 3, 5))
            tx.append(anomalyEvent(`${symbol}`, writer * 1000 + round));
          if (round % 4 === 3) throw new Error('rolled back');
        });
        await work.catch((error: Error) => expect(error.message).toBe('rolled back'));
      }
    });
    await Promise.all(writers);
    await expectNoGap();
    // Of 25 rounds 19 are kept; writers 0, 3, 6 write 5 events a round, 1, 4, 7 four, 2, 5 three.
    expect(await logRows()).toHaveLength(19 * (3 * 5 + 3 * 4 + 2 * 3));
  });

  it('takes an event once that several transactions append at the same time', async () => {
    const events = Array.from({ length: 20 }, (_, number) => anomalyEvent('BTC-USD', number));
    const writers = Array.from({ length: 6 }, () =>
      unitOfWork.transaction(async (tx) => events.forEach((event) => tx.append(event))),
    );
    await Promise.all(writers);
    expect((await logRows()).map(({ number }) => Number(number))).toEqual(
      Array.from({ length: 20 }, (_, number) => number),
    );
    await expectNoGap();
  });

  it('does not deadlock when transactions append to the same partitions in opposite orders', async () => {
    const forth = SYMBOL_OF_PARTITION;
    const back = SYMBOL_OF_PARTITION.toReversed();
    const writers = [forth, back, forth, back].map(async (symbols, writer) => {
      for (let round = 0; round < 25; round += 1) {
        await unitOfWork.transaction(async (tx) => {
          for (const symbol of symbols) {
            tx.append(anomalyEvent(symbol, writer * 100 + round));
            tx.append(evaluatedEvent(symbol, writer * 100 + round));
          }
        });
      }
    });
    await Promise.all(writers);
    expect(await logRows()).toHaveLength(4 * 25 * 8 * 2);
    await expectNoGap();
  });

  it.each([
    { events: 1, alone: true },
    { events: 1, alone: false },
    { events: 3, alone: true },
    { events: 3, alone: false },
  ])(
    'keeps quotes, backslashes and other scripts as they are: $events events, nothing else in the transaction: $alone',
    async ({ events, alone }) => {
      const odd = `it's a \\ "test" \\' -- ; 漢字 🙂 \n {NULL,}`;
      const appended = Array.from({ length: events }, (_, number) => {
        const event = anomalyEvent(odd, number);
        return { ...event, payload: { ...event.payload, description: `${odd}${number}` } };
      });
      await unitOfWork.transaction(async (tx) => {
        if (!alone) await pgTransaction(tx).query('SELECT 1');
        for (const event of appended) tx.append(event);
      });
      const { rows } = await pool.query('SELECT key, event_id, type, payload FROM event_log ORDER BY off');
      expect(rows).toEqual(
        appended.map(({ key, eventId, type, payload }) => ({ key, event_id: eventId, type, payload })),
      );
    },
  );

  it('refuses an event id that is no uuid', async () => {
    const event = { ...anomalyEvent('BTC-USD', 1), eventId: 'abc' };
    const refused = unitOfWork.transaction(async (tx) => {
      tx.append(anomalyEvent('BTC-USD', 2));
      tx.append(event);
    });
    await expect(refused).rejects.toThrow('abc is not a uuid');
    expect(await logRows()).toEqual([]);
  });

  it('costs one round trip when it only appends, and two more than its queries otherwise', async () => {
    const messages: string[] = [];
    const counted = openPool(database.connectionString);
    counted.on('connect', (client: PoolClient) => {
      const send = client.query.bind(client) as (...given: unknown[]) => unknown;
      client.query = ((...given: unknown[]) => {
        messages.push(String(given[0]));
        return send(...given);
      }) as typeof client.query;
    });
    const work = new PgUnitOfWork(counted);
    await work.transaction(async (tx) => {
      tx.append(anomalyEvent('BTC-USD', 1));
      tx.append(evaluatedEvent('BTC-USD', 1));
    });
    expect(messages).toHaveLength(1);
    messages.length = 0;
    await work.transaction(async (tx) => {
      await pgTransaction(tx).query("INSERT INTO notes VALUES ('a')");
      tx.append(anomalyEvent('BTC-USD', 2));
    });
    expect(messages.map((message) => message.slice(0, 11))).toEqual(['BEGIN ISOLA', 'INSERT INTO', 'SET CONSTRA']);
    messages.length = 0;
    await work.transaction(async () => undefined);
    expect(messages).toEqual([]);
    await counted.end();
  });

  it('runs deferred triggers before it locks a partition, and earlier when asked', async () => {
    await pool.query(`
      CREATE TABLE totals (total int);
      CREATE FUNCTION sum_notes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO totals SELECT count(*) FROM notes; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION sum_notes();`);
    const totals = await unitOfWork.transaction(async (tx) => {
      await pgTransaction(tx).query("INSERT INTO notes VALUES ('a')");
      const before = await pgTransaction(tx).query('SELECT total FROM totals');
      await pgTransaction(tx).flushConstraints();
      const after = await pgTransaction(tx).query('SELECT total FROM totals');
      return [before.rows, after.rows];
    });
    expect(totals).toEqual([[], [{ total: 1 }]]);
    await pool.query(
      "CREATE OR REPLACE FUNCTION sum_notes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused late'; END $$",
    );
    const refused = unitOfWork.transaction(async (tx) => {
      await pgTransaction(tx).query("INSERT INTO notes VALUES ('b')");
      tx.append(anomalyEvent('BTC-USD', 1));
    });
    await expect(refused).rejects.toThrow('refused late');
    expect(await logRows()).toEqual([]);
    await pool.query('DROP TRIGGER late ON notes');
  });

  it('commits nothing when a query failed, even when the work has swallowed the error', async () => {
    const work = unitOfWork.transaction(async (tx) => {
      await pgTransaction(tx).query("INSERT INTO notes VALUES ('a')");
      await pgTransaction(tx)
        .query('SELECT 1 / 0')
        .catch(() => undefined);
      tx.append(anomalyEvent('BTC-USD', 1));
    });
    await expect(work).rejects.toThrow('current transaction is aborted');
    expect((await pool.query('SELECT FROM notes')).rowCount).toBe(0);
    expect(await logRows()).toEqual([]);
  });

  it('refuses to append in a snapshot older than the lock', async () => {
    const strict = openPool(database.connectionString, '-c default_transaction_isolation=repeatable\\ read');
    const work = new PgUnitOfWork(strict).transaction(async (tx) => tx.append(anomalyEvent('BTC-USD', 1)));
    await expect(work).rejects.toThrow('READ COMMITTED only');
    await new PgUnitOfWork(strict).transaction(async (tx) => {
      await pgTransaction(tx).query('SELECT 1');
      tx.append(anomalyEvent('BTC-USD', 1));
    });
    await strict.end();
    expect(await logRows()).toHaveLength(1);
  });

  it('survives a connection that is ended in the middle of a transaction, and stores nothing of it', async () => {
    const work = unitOfWork.transaction(async (tx) => {
      const { rows } = await pgTransaction(tx).query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await pgTransaction(tx).query("INSERT INTO notes VALUES ('a')");
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      tx.append(anomalyEvent('BTC-USD', 1));
    });
    await expect(work).rejects.toThrow();
    expect((await pool.query('SELECT FROM notes')).rowCount).toBe(0);
    expect(await logRows()).toEqual([]);
  });

  it.each([
    ['that only appends', 'append-event-alone', false],
    ['with queries', ';COMMIT', true],
  ])(
    'says by a typed error that the answer to the COMMIT of a transaction %s was lost',
    async (_, message, queries) => {
      const proxy = await openCuttingProxy(database.connectionString);
      const cut = openPool(proxy.connectionString);
      proxy.cutAfter(message);
      const work = new PgUnitOfWork(cut).transaction(async (tx) => {
        if (queries) await pgTransaction(tx).query("INSERT INTO notes VALUES ('a')");
        tx.append(anomalyEvent('BTC-USD', 1));
      });
      await expect(work).rejects.toThrow(CommitOutcomeUnknownError);
      // It was committed, as it happens; doing it again does nothing a second time.
      await unitOfWork.transaction(async (tx) => tx.append(anomalyEvent('BTC-USD', 1)));
      expect(await logRows()).toHaveLength(1);
      await cut.end();
      await proxy.close();
    },
  );

  it('refuses queries and events after its end', async () => {
    const escaped = await unitOfWork.transaction(async (tx) => pgTransaction(tx));
    expect(() => escaped.append(anomalyEvent('BTC-USD', 1))).toThrow('the transaction is over');
    await expect(escaped.query('SELECT 1')).rejects.toThrow('the transaction is over');
  });

  it('gives every connection back to the pool', async () => {
    for (let round = 0; round < 30; round += 1) {
      await unitOfWork
        .transaction(async (tx) => {
          void pgTransaction(tx)
            .query('SELECT 1')
            .catch(() => undefined);
          tx.append(anomalyEvent('BTC-USD', round));
          if (round % 3 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined);
    }
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });
});
