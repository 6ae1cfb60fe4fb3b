import { inspect } from 'node:util';
import { connectApi, type ApiClient } from './api-client.js';
import type { Sdk } from './generated/sdk.js';
import { eventually } from './eventually.js';

/** One event of a subscription, with the cursor that comes with it. */
export interface Followed<T> {
  readonly cursor: string;
  readonly event: T;
}

type Open<T> = (sdk: Sdk, after: string | null) => AsyncIterable<Followed<T>>;

/**
 * Follows one subscription over restarts of the program, as a careful client does: after each loss of the connection it
 * goes on behind the last cursor that it saw.
 */
export class Follower<T> {
  readonly seen: Followed<T>[] = [];
  /** What ended the last connection, for a failing test to show. */
  lastEnd: unknown = null;
  private api: ApiClient | null = null;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly open: Open<T>) {}

  /** Reads from the program at this address until the connection ends. */
  attach(url: string): void {
    const api = connectApi(url);
    this.api = api;
    this.reading = this.read(api);
  }

  /** Resolves when so many events were seen, over all connections. */
  async seenAtLeast(count: number, deadlineMs: number): Promise<void> {
    await eventually(`${count} events`, () => this.seen.length >= count, deadlineMs).catch((error: unknown) => {
      throw new Error(
        `saw ${this.seen.length}; the last connection ended with ${inspect(this.lastEnd, { depth: 0 })}`,
        { cause: error },
      );
    });
  }

  /** Resolves when the connection has ended by itself and what came over it has been read. */
  async ended(): Promise<void> {
    await this.reading;
    await this.api?.close();
  }

  /** Resolves when the connection has ended and what came over it has been read. */
  async detach(): Promise<void> {
    await this.api?.close();
    await this.reading;
  }

  private async read(api: ApiClient): Promise<void> {
    try {
      for await (const event of this.open(api.sdk, this.seen.at(-1)?.cursor ?? null)) this.seen.push(event);
    } catch (error) {
      this.lastEnd = error;
    }
  }
}

/** Subscribes as `open` says and takes the payload out of each event. */
export async function* events<R, T>(
  results: AsyncIterable<R>,
  pick: (result: R) => Followed<T>,
): AsyncGenerator<Followed<T>> {
  for await (const result of results) yield pick(result);
}
