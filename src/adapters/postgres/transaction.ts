import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { NewEvent } from '../../domain/events.js';
import { partitionOf } from '../../domain/topics.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';

/** A transaction on one connection, with the events that it will append just before COMMIT. */
export class PgTransaction implements Transaction {
  readonly events: NewEvent[] = [];

  constructor(readonly client: PoolClient) {}

  append(event: NewEvent): void {
    this.events.push(event);
  }

  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<R>> {
    return this.client.query<R>(text, values);
  }
}

/** The PostgreSQL transaction behind the port; throws for a transaction of another adapter. */
export function pgTransaction(tx: Transaction): PgTransaction {
  if (!(tx instanceof PgTransaction)) throw new TypeError('this store needs a PostgreSQL transaction');
  return tx;
}

export class PgUnitOfWork implements UnitOfWork {
  constructor(private readonly pool: Pool) {}

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const tx = new PgTransaction(client);
      const value = await work(tx);
      for (const event of tx.events) {
        const part = partitionOf(event.key);
        await client.query('INSERT INTO log_partition (topic, part) VALUES ($1, $2) ON CONFLICT DO NOTHING', [event.topic, part]);
        await client.query(
          `WITH off AS (UPDATE log_partition SET next_off = next_off + 1 WHERE topic = $1 AND part = $2 RETURNING next_off - 1 AS off)
           INSERT INTO event_log (topic, part, off, key, event_id, type, payload) SELECT $1, $2, off, $3, $4, $5, $6 FROM off`,
          [event.topic, part, event.key, event.eventId, event.type, JSON.stringify(event.payload)],
        );
      }
      await client.query('COMMIT');
      client.release();
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      client.release(error instanceof Error);
      throw error;
    }
  }
}
