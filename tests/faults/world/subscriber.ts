import type { Pool } from 'pg';
import { eventually } from '../../support/eventually.js';
import { connectApi } from '../../support/api-client.js';
import { events, Follower } from '../../support/follower.js';

const ATTACH_AGAIN_MS = 200;
const LAST_EVENT_DEADLINE_MS = 120_000;

/**
 * A client of the API that subscribes to every signal, and goes on behind its last cursor whenever its connection is lost: it
 * should see each event once, in the order of its symbol, however often the API is killed.
 */
export class Subscriber {
  private readonly follower = new Follower((sdk, after) =>
    events(sdk.OnSignals({ after: after ?? this.start }), ({ signals }) => ({
      cursor: signals.cursor,
      event: { id: signals.signal.id, symbol: signals.signal.symbol },
    })),
  );
  private finished = false;
  private readonly following: Promise<void>;

  private constructor(
    url: string,
    private readonly start: string,
  ) {
    this.following = this.follow(url);
  }

  /** Begins at this moment of the log, also when the first connection is lost before it has brought anything. */
  static async open(url: string): Promise<Subscriber> {
    const api = connectApi(url);
    try {
      const { streamCursor } = await api.sdk.StreamCursor({ stream: 'SIGNALS' });
      return new Subscriber(url, streamCursor);
    } finally {
      await api.close();
    }
  }

  /** Waits for the last event of the log, then answers what was wrong with what it saw. */
  async finish(pool: Pool): Promise<{ readonly count: number; readonly violations: readonly string[] }> {
    const { rows } = await pool.query<{ key: string; id: string }>(
      `SELECT key, payload ->> 'signal_id' AS id FROM event_log
       WHERE topic = 'trading_signals' AND type = 'signal' ORDER BY key, off`,
    );
    const { seen } = this.follower;
    await eventually('the last signal', () => seen.length >= rows.length, LAST_EVENT_DEADLINE_MS).catch(
      () => undefined,
    );
    this.finished = true;
    await this.follower.detach();
    await this.following;
    const bySymbol = new Map<string, string[]>();
    for (const { event } of seen) bySymbol.set(event.symbol, [...(bySymbol.get(event.symbol) ?? []), event.id]);
    const expected = new Map<string, string[]>();
    for (const { key, id } of rows) expected.set(key, [...(expected.get(key) ?? []), id]);
    const violations = [...expected].flatMap(([symbol, ids]) => {
      const found = bySymbol.get(symbol) ?? [];
      return found.join() === ids.join()
        ? []
        : [`12 ${symbol}: a subscriber saw ${found.length} signals of ${ids.length}, or in another order`];
    });
    if (new Set(seen.map(({ cursor }) => cursor)).size !== seen.length) violations.push('12 a cursor was seen twice');
    return { count: seen.length, violations };
  }

  private async follow(url: string): Promise<void> {
    while (!this.finished) {
      this.follower.attach(url);
      await this.follower.ended();
      await new Promise((resolve) => setTimeout(resolve, ATTACH_AGAIN_MS));
    }
  }
}
