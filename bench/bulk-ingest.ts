import { Pool } from 'pg';
import { PgBarStore } from '../src/adapters/postgres/bar-store.js';

import { copyFrom } from '../src/adapters/postgres/copy-stream.js';
import { BAR_COLUMNS, encodeBars } from '../src/adapters/postgres/bar-rows.js';
import { poolOptions } from '../src/adapters/postgres/database.js';
import { PgUnitOfWork } from '../src/adapters/postgres/transaction.js';
import type { Bar } from '../src/domain/bar.js';

const ROWS = 100_000;
const CHUNK = 10_000;
/** Both sides alternate, so that a slow moment of the machine hits both. */
const ROUNDS = 5;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2015, 0, 1);

export interface BulkIngestBenchmark {
  readonly rows: number;
  /** Rows a second, medians of the rounds: validated-shape bars through the store, new and again (all of them equal). */
  readonly load: number;
  readonly loadAgain: number;
  /** The same rows by plain COPY BINARY into a table of the same columns and key. */
  readonly rawCopy: number;
  /** Medians of the rounds' ratios. */
  readonly ratio: number;
  readonly ratioAgain: number;
}

/** Bulk load of history against raw COPY, on a migrated database. Leaves its rows behind. */
export async function benchBulkIngest(connectionString: string): Promise<BulkIngestBenchmark> {
  const pool = new Pool(poolOptions({ connectionString, poolSize: 4 }));
  // A connection that is cut while the server stops is no fault of the benchmark.
  pool.on('error', () => undefined);
  const store = new PgBarStore(pool);
  const unitOfWork = new PgUnitOfWork(pool);
  const load = async (bars: readonly Bar[]) => {
    for (let from = 0; from < bars.length; from += CHUNK) {
      await unitOfWork.transaction((tx) => store.load(tx, bars.slice(from, from + CHUNK)));
    }
  };
  try {
    await pool.query('CREATE TABLE bench_raw_copy (LIKE market_data INCLUDING ALL)');
    const rounds: { load: number; loadAgain: number; rawCopy: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const bars = makeBars(`BULK-${round}`);
      rounds.push({
        rawCopy: await rowsPerSecond(() => rawCopy(pool, bars)),
        load: await rowsPerSecond(() => load(bars)),
        loadAgain: await rowsPerSecond(() => load(bars)),
      });
    }
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
    return {
      rows: ROWS,
      load: Math.round(of((round) => round.load)),
      loadAgain: Math.round(of((round) => round.loadAgain)),
      rawCopy: Math.round(of((round) => round.rawCopy)),
      ratio: of((round) => round.load / round.rawCopy),
      ratioAgain: of((round) => round.loadAgain / round.rawCopy),
    };
  } finally {
    await pool.end();
  }
}

async function rawCopy(pool: Pool, bars: readonly Bar[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await copyFrom(client, `COPY bench_raw_copy (${BAR_COLUMNS}) FROM STDIN WITH (FORMAT binary)`, encodeBars(bars));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function rowsPerSecond(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (ROWS / (performance.now() - started)) * 1000;
}

function makeBars(symbol: string): Bar[] {
  return Array.from({ length: ROWS }, (_, index): Bar => {
    const timestamp = START_MS + index * MINUTE_MS;
    const open = 100 + Math.sin(index / 50);
    const close = open + Math.sin(index / 7) / 10;
    return {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      closeTime: timestamp + MINUTE_MS,
      open,
      high: Math.max(open, close) + 0.1,
      low: Math.min(open, close) - 0.1,
      close,
      volume: index % 17,
      vwap: null,
      adjustment: 'RAW',
      source: 'replay',
    };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
