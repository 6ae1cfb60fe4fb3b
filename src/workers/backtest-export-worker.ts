import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import type { ExportWorkerData, ExportWorkerMessage } from '../adapters/backtests/export-threads.js';
import { CachedBarLoader } from '../adapters/bar-cache/cached-bar-loader.js';
import { PgBarHistory } from '../adapters/postgres/bar-history.js';
import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { storedResult, type StoredResult } from '../adapters/postgres/stored-result.js';
import { encodedChunks, exportParts } from '../adapters/report/export-parts.js';
import { inForeignOrder } from '../adapters/report/foreign-order.js';
import { heldWorth } from '../adapters/report/held-worth.js';
import { actionsHash } from '../domain/corporate-action.js';
import { heldCloses } from '../engines/backtest/total-return.js';
import { loadActions } from '../services/backtesting/load-actions.js';
import { loadBars } from '../services/backtesting/load-bars.js';

// Makes one file of one stored backtest, then waits for each part to be asked for: a curve may have ten million rows.
const { connectionString, cacheDirectory, backtestId, file } = workerData as ExportWorkerData;
const STATEMENT_MS = 60_000;
/** What shows buy and hold beside the run. */
const WITH_BENCHMARK: readonly string[] = ['report.html', 'equity.csv'];

const tell = (message: ExportWorkerMessage, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

/** Bars and actions are not part of a result. Null where they are not those of the run any more. */
async function benchmarkOf(
  pool: Pool,
  { spec, result }: Extract<StoredResult, { status: 'DONE' }>,
): Promise<Float64Array | null> {
  const loader = new CachedBarLoader({ history: new PgBarHistory(pool), directory: cacheDirectory });
  const bars = await loadBars(loader, spec);
  if (!bars.ok || bars.value.dataHash !== result.dataHash) return null;
  const actions = await loadActions(new PgCorporateActionStore(pool), spec);
  if (!actions.ok || actionsHash(actions.value) !== result.actionsHash) return null;
  const held = bars.value.series.map((each) => ({
    timestamps: each.timestamps,
    closes: heldCloses(each, actions.value),
  }));
  return heldWorth(held, result.times, spec.options.initialCapital);
}

async function opened(): Promise<Generator<Uint8Array<ArrayBuffer>> | null> {
  const pool = new Pool({
    connectionString,
    max: 2,
    application_name: 'tradegraph-export',
    statement_timeout: STATEMENT_MS,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', () => undefined);
  try {
    const stored = await storedResult(pool, backtestId);
    if (stored?.status !== 'DONE') {
      tell(stored === null ? { kind: 'unknown' } : { kind: 'no-result', status: stored.status });
      return null;
    }
    const benchmark = WITH_BENCHMARK.includes(file) ? await benchmarkOf(pool, stored) : null;
    const { foreignStatistics } = stored.result;
    const result = {
      ...stored.result,
      foreignStatistics: foreignStatistics === null ? null : inForeignOrder(foreignStatistics),
    };
    return encodedChunks(exportParts({ spec: stored.spec, result, benchmark, source: 'stored bars' }, file));
  } finally {
    await pool.end();
  }
}

const chunks = await opened();
if (chunks !== null) {
  parentPort?.on('message', () => {
    const next = chunks.next();
    if (next.done === true) tell({ kind: 'end' });
    else tell({ kind: 'part', part: next.value }, [next.value.buffer]);
  });
  tell({ kind: 'ready' });
}
