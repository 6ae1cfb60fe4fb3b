import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

export interface LossWatchOptions {
  readonly client: Pick<Redis, 'get' | 'set'>;
  readonly key: string;
  readonly everyMs: number;
  readonly onLost: () => void;
}

/**
 * Notices that a Redis was flushed, or came back empty: a key that nobody deletes is gone, or another process has put it
 * there anew. Every process that watches hears of each loss once. Resolves when the mark is known; answers the way to stop.
 */
export async function watchLoss({ client, key, everyMs, onLost }: LossWatchOptions): Promise<() => void> {
  const mark = async (): Promise<string | null> => {
    const found = await client.get(key);
    if (found !== null) return found;
    await client.set(key, randomUUID(), 'NX');
    return client.get(key);
  };
  let known = await mark();
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    const found = await mark();
    if (found === null || found === known) return;
    known = found;
    onLost();
  };
  const timer = setInterval(() => {
    // A server that is away cannot be asked; that is told elsewhere, and what it lost is seen when it is back.
    looking ??= look()
      .catch(() => undefined)
      .finally(() => (looking = null));
  }, everyMs);
  return () => clearInterval(timer);
}
