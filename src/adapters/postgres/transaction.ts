import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { NewEvent } from '../../domain/events.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import {
  CommitOutcomeUnknownError,
  isDefiniteRefusal,
  isUniqueViolation,
  sqlState,
} from './event-log/database-fault.js';
import { byPartition, logRecord, type AppendedEvents, type LogRecord } from './event-log/log-record.js';
import { appendAlone, appendCall, autocommitMessage, closingMessage } from './event-log/append-message.js';
import { inlineCall, type FunctionCall } from './event-log/function-call.js';

export { CommitOutcomeUnknownError } from './event-log/database-fault.js';

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

export interface TransactionResult<T> {
  readonly value: T;
  readonly appended: readonly AppendedEvents[];
}

/**
 * A transaction on one connection, with the events that it will append just before COMMIT. The connection is taken and
 * BEGIN is sent with the first query, so work that only appends is one atomic statement: one round trip.
 */
export class PgTransaction implements Transaction {
  readonly #pool: Pool;
  readonly #opening: FunctionCall | null;
  readonly #records: LogRecord[] = [];
  readonly #commitListeners: (() => void)[] = [];
  #begun: Promise<PoolClient> | null = null;
  #client: PoolClient | null = null;
  #connectionLost = false;
  #finished = false;

  private constructor(pool: Pool, opening: FunctionCall | null) {
    this.#pool = pool;
    this.#opening = opening;
  }

  append(event: NewEvent): void {
    this.appendRecord(logRecord(event));
  }

  onCommit(listener: () => void): void {
    this.#refuseWhenFinished();
    this.#commitListeners.push(listener);
  }

  /** As `append`, for a record whose partition is known (a dead letter stays in its event's partition). */
  appendRecord(record: LogRecord): void {
    this.#refuseWhenFinished();
    this.#records.push(record);
  }

  /** Runs a query inside the transaction; the first one begins it. */
  async query<R extends QueryResultRow>(text: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const client = await this.connection();
    return this.#watched(client.query<R>(text, values));
  }

  /** The transaction's connection, for COPY; begins the transaction. */
  async connection(): Promise<PoolClient> {
    this.#refuseWhenFinished();
    this.#begun ??= this.#begin();
    return this.#begun;
  }

  /** The connection of a transaction that a query has begun; throws before that. */
  get client(): PoolClient {
    if (!this.#client) throw new Error('the transaction has not begun: use connection(), or query first');
    return this.#client;
  }

  /**
   * Runs the deferred triggers and constraints now, so that what they write can be read in this transaction (the
   * snapshot of update_portfolio_value). They are immediate from here to its end.
   */
  async flushConstraints(): Promise<void> {
    await this.query('SET CONSTRAINTS ALL IMMEDIATE');
  }

  /**
   * Runs `work` in a transaction and commits it with the events it appended. `opening` is called first
   * in it (the fence of a consumer). Throws what `work` throws, after a rollback; CommitOutcomeUnknownError when the
   * connection broke between COMMIT and its answer.
   */
  static async run<T>(
    pool: Pool,
    work: (tx: PgTransaction) => Promise<T>,
    opening: FunctionCall | null = null,
  ): Promise<TransactionResult<T>> {
    const tx = new PgTransaction(pool, opening);
    try {
      const value = await work(tx);
      const appended = await tx.#commit();
      for (const listener of tx.#commitListeners) listener();
      return { value, appended };
    } catch (error) {
      await tx.#rollback();
      throw error;
    } finally {
      tx.#finished = true;
    }
  }

  async #begin(): Promise<PoolClient> {
    const client = await this.#acquire();
    await this.#watched(client.query(this.#opening ? `${BEGIN};${inlineCall(this.#opening)}` : BEGIN));
    return client;
  }

  async #acquire(): Promise<PoolClient> {
    const client = await this.#pool.connect();
    client.on('error', this.#onConnectionError);
    this.#client = client;
    return client;
  }

  /** Without a listener, a connection that breaks between two queries would end the process. */
  readonly #onConnectionError = (): void => {
    this.#connectionLost = true;
  };

  async #watched<R>(answer: Promise<R>): Promise<R> {
    try {
      return await answer;
    } catch (error) {
      // No SQLSTATE: the connection broke or timed out, and what is still running on it is not known.
      if (sqlState(error) === null) this.#connectionLost = true;
      throw error;
    }
  }

  async #commit(): Promise<AppendedEvents[]> {
    const begun = this.#begun !== null;
    if (begun) await this.#begun;
    const groups = byPartition(this.#records);
    const calls = groups.map(appendCall);
    if (!begun && this.#opening) calls.unshift(this.#opening);
    this.#finished = true;
    if (!begun && calls.length === 0) return [];

    const client = this.#client ?? (await this.#acquire());
    const [only] = this.#records.length === 1 ? this.#records : [];
    const results =
      (only && !begun && !this.#opening ? await this.#sendAlone(client, only) : null) ??
      (await this.#sendLast(client, begun ? closingMessage(calls) : autocommitMessage(calls)));
    this.#release();
    const first = results.length - groups.length - (begun ? 1 : 0);
    return groups.map((group, index) => {
      const row: { appended?: unknown; next_offset?: unknown; created_at?: unknown } =
        results[first + index]?.rows[0] ?? {};
      const { appended, next_offset: head, created_at: createdAt } = row;
      return { ...group, count: Number(appended), head: Number(head), createdAt: Number(createdAt) };
    });
  }

  /** The quick way of a single event; null where it did nothing. */
  async #sendAlone(client: PoolClient, record: LogRecord): Promise<QueryResult[] | null> {
    try {
      const results = await this.#sendLast(client, appendAlone(record));
      return results[0]?.rows.length === 1 ? results : null;
    } catch (error) {
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  async #sendLast(client: PoolClient, message: string | QueryConfig): Promise<QueryResult[]> {
    try {
      const answer: unknown = await client.query(message);
      return (Array.isArray(answer) ? answer : [answer]) as QueryResult[];
    } catch (error) {
      if (isDefiniteRefusal(error)) throw error;
      this.#connectionLost = true;
      throw new CommitOutcomeUnknownError(error);
    }
  }

  async #rollback(): Promise<void> {
    // Work that failed beside its own first query may still be waiting for the connection.
    await this.#begun?.catch(() => undefined);
    const client = this.#client;
    if (!client) return;
    if (!this.#connectionLost && this.#begun) {
      await client.query('ROLLBACK').catch(() => {
        this.#connectionLost = true;
      });
    }
    this.#release();
  }

  #release(): void {
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    client.removeListener('error', this.#onConnectionError);
    // A broken connection is closed, and the server rolls back what it was doing.
    client.release(this.#connectionLost);
  }

  #refuseWhenFinished(): void {
    if (this.#finished) throw new Error('the transaction is over');
  }
}

/** The PostgreSQL transaction behind the port; throws for a transaction of another adapter. */
export function pgTransaction(tx: Transaction): PgTransaction {
  if (!(tx instanceof PgTransaction)) throw new TypeError('this store needs a PostgreSQL transaction');
  return tx;
}

/** Units of work on a pool. `onAppended` hears of the events of each commit, to wake their readers. */
export class PgUnitOfWork implements UnitOfWork {
  private readonly pool: Pool;
  private readonly onAppended: (appended: readonly AppendedEvents[]) => void;

  constructor(pool: Pool, onAppended: (appended: readonly AppendedEvents[]) => void = () => undefined) {
    this.pool = pool;
    this.onAppended = onAppended;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { value, appended } = await PgTransaction.run(this.pool, work);
    this.onAppended(appended);
    return value;
  }
}
