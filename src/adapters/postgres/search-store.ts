import type { Pool } from 'pg';
import type { BacktestFailure, BacktestStatus } from '../../domain/backtest.js';
import type { SearchSpec } from '../../domain/search.js';
import { partitionOf } from '../../domain/topics.js';
import type { OpenRun } from '../../ports/backtest-store.js';
import type { RunResults, SearchConclusion } from '../../ports/search-runner.js';
import type { NewSearch, SearchData, SearchState, SearchStore, TakenSearch } from '../../ports/search-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { float64Bytes } from './float64-bytes.js';
import { insertRunResults, insertTrials } from './search-results.js';
import { pgTransaction } from './transaction.js';

const STATE_COLUMNS = `id, status, run_count AS "runCount", done_count AS "doneCount", best_score AS "bestScore",
  error_code AS "errorCode", error_message AS "errorMessage", version`;

/** The executor still holds it. */
const HELD = "id = $1 AND attempt = $2 AND status = 'RUNNING'";

/** Searches in PostgreSQL: a row each, and one beside it for each of its runs. */
export class PgSearchStore implements SearchStore {
  constructor(private readonly pool: Pool) {}

  create(tx: Transaction, search: NewSearch) {
    const { id, name, clientRequestId, inputDigest, kind, spec, axes, setCount, unfitCount } = search;
    return this.changed(
      tx,
      `INSERT INTO searches (id, name, client_request_id, input_digest, kind, strategy, spec, axes, set_count,
         unfit_count, first_offset)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, next_off
       FROM log_partition WHERE topic = 'backtests' AND part = $11
       ON CONFLICT (client_request_id) DO NOTHING RETURNING ${STATE_COLUMNS}`,
      [
        id,
        name,
        clientRequestId,
        inputDigest,
        kind,
        spec.strategy,
        JSON.stringify(spec),
        JSON.stringify(axes),
        setCount,
        unfitCount,
        partitionOf(id),
      ],
    );
  }

  async byClientRequestId(clientRequestId: string) {
    const { rows } = await this.pool.query<{ id: string; inputDigest: string }>(
      'SELECT id, input_digest AS "inputDigest" FROM searches WHERE client_request_id = $1',
      [clientRequestId],
    );
    return rows[0] ?? null;
  }

  async takeUp(tx: Transaction, id: string): Promise<TakenSearch | null> {
    const { rows } = await pgTransaction(tx).query<SearchState & { spec: SearchSpec; attempt: number }>(
      `UPDATE searches SET status = 'RUNNING', attempt = attempt + 1, version = version + 1,
         started_at = coalesce(started_at, clock_timestamp())
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${STATE_COLUMNS}, spec, attempt`,
      [id],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const { spec, attempt, ...state } = row;
    return { state, spec, attempt };
  }

  async begin(tx: Transaction, id: string, attempt: number, data: SearchData) {
    const { dataHash, actionsHash, engineVersion, barCount, runCount } = data;
    // Bars or actions were corrected since an earlier attempt: what ran over the others says nothing of these.
    await pgTransaction(tx).query(
      `DELETE FROM search_results USING searches
       WHERE search_id = $1 AND id = $1 AND attempt = $2
         AND (data_hash <> $3 OR engine_version <> $4 OR actions_hash IS DISTINCT FROM $5)`,
      [id, attempt, dataHash, engineVersion, actionsHash],
    );
    return this.changed(
      tx,
      `UPDATE searches SET data_hash = $3, engine_version = $4, bar_count = $5, run_count = $6, actions_hash = $7,
         version = version + 1,
         done_count = (SELECT count(*) FROM search_results WHERE search_id = $1)
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt, dataHash, engineVersion, barCount, runCount, actionsHash],
    );
  }

  async addResults(tx: Transaction, id: string, attempt: number, results: RunResults) {
    // First the row of the search, which fences what an earlier attempt still writes.
    const { rows } = await pgTransaction(tx).query<{ direction: SearchSpec['direction'] }>(
      `SELECT spec ->> 'direction' AS direction FROM searches WHERE ${HELD} FOR UPDATE`,
      [id, attempt],
    );
    const [held] = rows;
    if (held === undefined) return null;
    const added = await insertRunResults(tx, id, results, held.direction);
    await insertTrials(tx, id, results);
    const better = held.direction === 'MAXIMIZE' ? 'greatest' : 'least';
    return this.changed(
      tx,
      `UPDATE searches SET done_count = done_count + $3, best_score = ${better}(best_score, $4), version = version + 1
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt, added, bestOf(results.scores, held.direction)],
    );
  }

  async doneRuns(id: string): Promise<readonly number[]> {
    const { rows } = await this.pool.query<{ done: Buffer | null }>(
      "SELECT string_agg(int4send(run_index), '') AS done FROM search_results WHERE search_id = $1",
      [id],
    );
    const bytes = rows[0]?.done ?? Buffer.alloc(0);
    return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32BE(4 * index));
  }

  async scores(id: string, runCount: number): Promise<Float64Array> {
    const { rows } = await this.pool.query<{ scored: Buffer | null }>(
      `SELECT string_agg(int4send(run_index) || float8send(score), '') AS scored
       FROM search_results WHERE search_id = $1 AND score IS NOT NULL AND run_index < $2`,
      [id, runCount],
    );
    const bytes = rows[0]?.scored ?? Buffer.alloc(0);
    const scores = new Float64Array(runCount).fill(NaN);
    for (let at = 0; at < bytes.length; at += 12) scores[bytes.readInt32BE(at)] = bytes.readDoubleBE(at + 4);
    return scores;
  }

  release(tx: Transaction, id: string, attempt: number) {
    return this.changed(
      tx,
      `UPDATE searches SET status = 'QUEUED', attempt = attempt - 1, version = version + 1
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt],
    );
  }

  complete(tx: Transaction, id: string, attempt: number, { result, curve }: SearchConclusion) {
    return this.changed(
      tx,
      `UPDATE searches SET status = 'DONE', result = $3, curve_times = $4, curve_equity = $5, version = version + 1,
         finished_at = clock_timestamp()
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [
        id,
        attempt,
        JSON.stringify(result),
        curve === null ? null : float64Bytes(curve.times),
        curve === null ? null : float64Bytes(curve.equity),
      ],
    );
  }

  fail(tx: Transaction, id: string, attempt: number, { code, message }: BacktestFailure) {
    return this.changed(
      tx,
      `UPDATE searches SET status = 'FAILED', error_code = $3, error_message = $4, version = version + 1,
         finished_at = clock_timestamp()
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt, code, message],
    );
  }

  cancel(tx: Transaction, id: string) {
    return this.changed(
      tx,
      `UPDATE searches SET status = 'CANCELED', version = version + 1, finished_at = clock_timestamp()
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${STATE_COLUMNS}`,
      [id],
    );
  }

  async holder(id: string) {
    const { rows } = await this.pool.query<{ status: BacktestStatus; attempt: number }>({
      name: 'search-holder',
      text: 'SELECT status, attempt FROM searches WHERE id = $1',
      values: [id],
    });
    return rows[0] ?? null;
  }

  async delete(tx: Transaction, id: string): Promise<BacktestStatus | null> {
    const transaction = pgTransaction(tx);
    const { rows } = await transaction.query<{ status: BacktestStatus }>(
      'SELECT status FROM searches WHERE id = $1 FOR UPDATE',
      [id],
    );
    const status = rows[0]?.status ?? null;
    if (status !== null && status !== 'QUEUED' && status !== 'RUNNING') {
      await transaction.query('DELETE FROM searches WHERE id = $1', [id]);
    }
    return status;
  }

  async open(): Promise<readonly OpenRun[]> {
    const { rows } = await this.pool.query<OpenRun>(
      `SELECT id, status = 'RUNNING' AS "isRunning", version FROM searches
       WHERE status IN ('QUEUED', 'RUNNING') ORDER BY created_at, id`,
    );
    return rows;
  }

  private async changed(tx: Transaction, text: string, values: unknown[]): Promise<SearchState | null> {
    const { rows } = await pgTransaction(tx).query<SearchState>(text, values);
    return rows[0] ?? null;
  }
}

function bestOf(scores: readonly number[], direction: SearchSpec['direction']): number | null {
  const defined = scores.filter((score) => !Number.isNaN(score));
  if (defined.length === 0) return null;
  return direction === 'MAXIMIZE' ? Math.max(...defined) : Math.min(...defined);
}
