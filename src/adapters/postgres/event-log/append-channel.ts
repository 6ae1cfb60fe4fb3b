import { Client } from 'pg';
import type { Logger } from '../../../ports/logger.js';

const CHANNEL = 'tradegraph_event_log';
/** By this name processes see each other in pg_stat_activity. */
export const WAKE_UP_APPLICATION = 'tradegraph-wake-up';
const FIRST_RECONNECT_MS = 50;
const LAST_RECONNECT_MS = 5_000;
/** A connection that does not answer a NOTIFY for so long is given up and opened anew. */
const ANSWER_TIMEOUT_MS = 5_000;

export interface AppendChannelOptions {
  readonly connectionString: string;
  readonly logger: Logger;
  /** A message of another process. */
  readonly onMessage: (payload: string) => void;
  /** The connection stands (again): messages sent before may have been missed. */
  readonly onConnected: () => void;
  /** The connection broke. */
  readonly onLost: () => void;
}

/**
 * LISTEN and NOTIFY on one connection of their own: a business transaction that notifies takes a lock that all commits
 * share. Reconnects for ever, with back-off; messages are lost meanwhile, which the poll makes up for.
 */
export class AppendChannel {
  #client: Client | null = null;
  #reconnect: NodeJS.Timeout | null = null;
  #failures = 0;
  #closed = false;

  constructor(private readonly options: AppendChannelOptions) {}

  /** Resolves after the first attempt, successful or not. */
  async open(): Promise<void> {
    if (this.#closed) return;
    const client = new Client({
      connectionString: this.options.connectionString,
      application_name: WAKE_UP_APPLICATION,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
    });
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost) return;
      lost = true;
      this.#drop(client, error);
    };
    client.on('error', onLost);
    client.on('end', () => onLost());
    client.on('notification', (message) => {
      // Our own: the readers of this process were woken directly.
      if (message.processId !== processIdOf(client)) this.options.onMessage(message.payload ?? '');
    });
    try {
      await client.connect();
      // A NOTIFY holds no data: it need not wait for the disk.
      await client.query(`SET synchronous_commit = off; LISTEN ${CHANNEL}`);
    } catch (error) {
      onLost(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#closed) return void (await client.end().catch(() => undefined));
    this.#client = client;
    this.#failures = 0;
    this.options.onConnected();
  }

  /** Sends a message to the other processes; does nothing while there is no connection. Never rejects. */
  async send(payload: string): Promise<void> {
    const client = this.#client;
    if (!client) return;
    try {
      await client.query({ name: 'notify-append', text: 'SELECT pg_notify($1, $2)', values: [CHANNEL, payload] });
    } catch (error) {
      // The connection's own 'error' and 'end' bring the reconnect; after a mere time-out they do not come.
      this.#drop(client, error instanceof Error ? error : new Error(String(error)));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#reconnect) clearTimeout(this.#reconnect);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  #drop(client: Client, error?: Error): void {
    const wasCurrent = this.#client === client;
    if (wasCurrent) {
      this.#client = null;
      this.options.onLost();
    }
    client.end().catch(() => undefined);
    if (this.#closed || this.#reconnect || (!wasCurrent && this.#client)) return;
    const delayMs = Math.min(FIRST_RECONNECT_MS * 2 ** this.#failures, LAST_RECONNECT_MS);
    this.#failures += 1;
    this.options.logger.warn({ error: error?.message, delayMs }, 'wake-up connection lost; polling until it is back');
    this.#reconnect = setTimeout(() => {
      this.#reconnect = null;
      void this.open();
    }, delayMs);
  }
}

/** pg's own field, absent from its type definitions: the backend of a connection. */
const processIdOf = (client: Client): number | undefined => (client as Client & { processID?: number }).processID;
