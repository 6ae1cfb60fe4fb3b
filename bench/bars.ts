import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { CachedBarLoader } from '../src/adapters/bar-cache/cached-bar-loader.js';
import { PgBarHistory } from '../src/adapters/postgres/bar-history.js';
import { copyTo } from '../src/adapters/postgres/copy-stream.js';
import { poolOptions } from '../src/adapters/postgres/database.js';
import type { BarRange } from '../src/ports/bar-history.js';

const ROWS = 1_000_000;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2015, 0, 1);
/** The sides alternate, so that a slow moment of the machine hits all of them. */
const ROUNDS = 7;
const RANGE: BarRange = {
  symbol: 'BARS',
  timeframe: 'ONE_MINUTE',
  from: START_MS,
  to: START_MS + (ROWS + 1) * MINUTE_MS,
};

interface Spread {
  /** Bars a second. */
  readonly median: number;
  readonly best: number;
}

export interface BarsBenchmark {
  readonly rows: number;
  /** Bars out of PostgreSQL into columns; at least 600,000 a second are wanted. */
  readonly database: Spread;
  /** The same rows by COPY BINARY over one connection, thrown away as they come. */
  readonly rawCopy: Spread;
  /** Bars out of the cache: the question for their version, and the file, which was checked when it was read before. At least 20 million are wanted. */
  readonly cache: Spread;
  /** The same file read whole into new memory, unchecked. */
  readonly rawRead: Spread;
}

/** Loading a million bars from the database and from the cache on disk, on a migrated database. Leaves its rows behind. */
export async function benchBars(connectionString: string): Promise<BarsBenchmark> {
  const pool = new Pool(poolOptions({ connectionString, poolSize: 4 }));
  // A connection that is cut while the server stops is no fault of the benchmark.
  pool.on('error', () => undefined);
  const directory = await mkdtemp(join(tmpdir(), 'tradegraph-bench-bars-'));
  try {
    await insertBars(pool);
    const history = new PgBarHistory(pool);
    const loader = new CachedBarLoader({ history, directory });
    await loader.load(RANGE);
    const file = join(directory, readdirSync(directory)[0] ?? '');
    const rounds = {
      database: [] as number[],
      rawCopy: [] as number[],
      cache: [] as number[],
      rawRead: [] as number[],
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.rawCopy.push(await barsPerSecond(() => rawCopy(pool)));
      rounds.database.push(await barsPerSecond(() => history.read(RANGE)));
      rounds.rawRead.push(await barsPerSecond(async () => rawRead(file)));
      rounds.cache.push(await barsPerSecond(() => loader.load(RANGE)));
    }
    return {
      rows: ROWS,
      database: spread(rounds.database),
      rawCopy: spread(rounds.rawCopy),
      cache: spread(rounds.cache),
      rawRead: spread(rounds.rawRead),
    };
  } finally {
    await pool.end();
    await rm(directory, { recursive: true, force: true });
  }
}

async function insertBars(pool: Pool): Promise<void> {
  await pool.query(
    `INSERT INTO market_data (symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, adjustment, source)
     SELECT $1, $2, at, at + interval '1 minute', 100 + sin(i), 102 + sin(i), 98 + sin(i), 100 + sin(i), i % 17, 'RAW', 'csv'
     FROM generate_series(1, $3::int) i, LATERAL (SELECT $4::timestamptz + i * interval '1 minute') times (at)`,
    [RANGE.symbol, RANGE.timeframe, ROWS, new Date(START_MS)],
  );
  await pool.query('VACUUM ANALYZE market_data');
}

async function rawCopy(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await copyTo(
      client,
      `COPY (SELECT "timestamp", open, high, low, close, volume FROM market_data WHERE symbol = 'BARS' ORDER BY "timestamp")
       TO STDOUT WITH (FORMAT binary)`,
      () => undefined,
    );
  } finally {
    client.release();
  }
}

function rawRead(file: string): void {
  const bytes = new Uint8Array(statSync(file).size);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
}

async function barsPerSecond(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (ROWS / (performance.now() - started)) * 1000;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: Math.round(sorted[sorted.length >> 1] ?? NaN), best: Math.round(sorted.at(-1) ?? NaN) };
}
