import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import type { BarLoaderData, BarLoaderReply, BarLoaderRequest } from '../adapters/backtests/bar-loader-thread.js';
import { CachedBarLoader } from '../adapters/bar-cache/cached-bar-loader.js';
import { PgBarHistory } from '../adapters/postgres/bar-history.js';
import { surviveLostConnections } from '../adapters/postgres/lost-connections.js';

// Reads bars for backtests: decoding a million of them and taking their hash is the better part of a second.
const { connectionString, directory } = workerData as BarLoaderData;

/** One for the range that is asked for, and those that a long one is read over. */
const CONNECTIONS = 4;

/** A long range takes seconds; a connection that has gone silent must not hold a backtest for ever. */
const STATEMENT_MS = 60_000;

const pool = new Pool({
  connectionString,
  max: CONNECTIONS,
  keepAlive: true,
  application_name: 'tradegraph-bars',
  statement_timeout: STATEMENT_MS,
  query_timeout: STATEMENT_MS + 10_000,
  connectionTimeoutMillis: 10_000,
});
surviveLostConnections(pool);
const tell = (reply: BarLoaderReply, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(reply, transfer);
const loader = new CachedBarLoader({
  history: new PgBarHistory(pool),
  directory,
  onFault: (path, error) => tell({ kind: 'note', note: { path, error } }),
});

parentPort?.on('message', ({ id, request }: BarLoaderRequest) => {
  loader
    .load(request)
    .then((loaded) => tell({ kind: 'answer', id, answer: loaded }, [loaded.series.timestamps.buffer as ArrayBuffer]))
    .catch((error: unknown) => tell({ kind: 'failed', id, error }));
});
