// The feed as a process of its own, in the place of the role `ingestion`: polls every symbol, minute by minute, with the program's
// own PollSymbol. What it has polled is noted in the database, so one that is started again goes on at the minute it was killed in.
import { Pool } from 'pg';
import { PgBarStore } from '../../../src/adapters/postgres/bar-store.js';
import { poolOptions } from '../../../src/adapters/postgres/database.js';
import { openEventLog } from '../../../src/adapters/postgres/event-log/index.js';
import { PgInstrumentStore } from '../../../src/adapters/postgres/instrument-store.js';
import { PollSymbol } from '../../../src/services/ingestion/poll-symbol.js';
import { RecordedMetrics, silentLogger } from '../../support/silent.js';
import { runChild, untilItSucceeds } from './child.js';
import { Feed, FEED_START, MINUTE_MS, type FeedOptions } from './feed.js';

export interface FeedProcessOptions extends FeedOptions {
  readonly connectionString: string;
  /** Wall time between two minutes of the feed at least. */
  readonly paceMs: number;
}

/** Symbols polled at a time. */
const POLLED_AT_ONCE = 6;

await runChild<FeedProcessOptions>(async (options, { stopping, ready }) => {
  const { connectionString, paceMs } = options;
  const feed = new Feed(options);
  const pool = new Pool(poolOptions({ connectionString, poolSize: POLLED_AT_ONCE + 2 }));
  pool.on('error', () => undefined);
  const metrics = new RecordedMetrics();
  const log = await untilItSucceeds(stopping, () =>
    openEventLog({ pool, connectionString, logger: silentLogger, metrics }),
  );
  let now = FEED_START;
  const poll = new PollSymbol({
    source: {
      name: 'replay',
      description: 'made-up bars of a bad source',
      instrument: () => Promise.reject(new Error('the feed has told its instruments already')),
      fetch: async (request) => feed.answer(request, now),
      defaults: { tracked: [], history: [] },
    },
    clock: { isReplay: true, now: () => now },
    unitOfWork: log.unitOfWork,
    bars: new PgBarStore(pool),
    instruments: new PgInstrumentStore(pool),
    metrics,
    logger: silentLogger,
  });
  ready();
  let minute = await untilItSucceeds(stopping, async () => {
    const { rows } = await pool.query<{ minute: number }>('SELECT minute FROM fault_feed');
    return rows[0]?.minute ?? 0;
  });
  while (minute < options.minutes && !stopping.aborted) {
    const startedAt = performance.now();
    minute += 1;
    now = FEED_START + minute * MINUTE_MS;
    const waiting = [...feed.symbols];
    const pollNext = async (): Promise<void> => {
      for (let symbol = waiting.shift(); symbol !== undefined; symbol = waiting.shift()) {
        const name = symbol;
        await untilItSucceeds(stopping, () => poll.poll(name, 'ONE_MINUTE'));
      }
    };
    await Promise.all(Array.from({ length: POLLED_AT_ONCE }, pollNext));
    await untilItSucceeds(stopping, () => pool.query('UPDATE fault_feed SET minute = $1 WHERE minute < $1', [minute]));
    const leftMs = paceMs - (performance.now() - startedAt);
    if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
  }
  await new Promise<void>((resolve) => {
    if (stopping.aborted) resolve();
    else stopping.addEventListener('abort', () => resolve());
  });
  await log.close();
  await pool.end();
});
