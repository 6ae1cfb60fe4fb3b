import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import type {
  ResultWriterData,
  ResultWriterReply,
  ResultWriterRequest,
} from '../adapters/backtests/result-writer-thread.js';
import { PgBacktestResultWriter } from '../adapters/postgres/backtest-results.js';
import { surviveLostConnections } from '../adapters/postgres/lost-connections.js';

const { connectionString } = workerData as ResultWriterData;

/** Results that are written at once; others wait. */
const CONNECTIONS = 2;
/** A million round trips take seconds; a connection that has gone silent must not hold a backtest for ever. */
const STATEMENT_MS = 60_000;

const pool = new Pool({
  connectionString,
  max: CONNECTIONS,
  keepAlive: true,
  application_name: 'tradegraph-results',
  statement_timeout: STATEMENT_MS,
  query_timeout: STATEMENT_MS + 10_000,
  // A thread that was ended in the middle must not keep its rows from the next attempt.
  idle_in_transaction_session_timeout: STATEMENT_MS,
  connectionTimeoutMillis: 10_000,
});
surviveLostConnections(pool);
const tell = (reply: ResultWriterReply) => parentPort?.postMessage(reply, []);
const writer = new PgBacktestResultWriter(pool);

parentPort?.on('message', ({ id, request: { backtestId, attempt, result } }: ResultWriterRequest) => {
  writer
    .write(backtestId, attempt, result)
    .then((answer) => tell({ kind: 'answer', id, answer }))
    .catch((error: unknown) => tell({ kind: 'failed', id, error }));
});
