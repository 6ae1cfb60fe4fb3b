import type { Pool } from 'pg';
import type { BacktestFailure, BacktestStatus } from '../../domain/backtest.js';
import { partitionOf } from '../../domain/topics.js';
import type { BacktestSummary } from '../../ports/backtest-runner.js';
import type {
  BacktestProgress,
  BacktestState,
  BacktestStore,
  BacktestTrial,
  NewBacktest,
  OpenRun,
  TakenBacktest,
} from '../../ports/backtest-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { HELD, SPEC_COLUMNS, STATE_COLUMNS, toSpec, toState, type SpecRow, type StateRow } from './backtest-rows.js';
import { pgTransaction } from './transaction.js';

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** Backtests in PostgreSQL: a row each, its curve and round trips beside it. */
export class PgBacktestStore implements BacktestStore {
  constructor(private readonly pool: Pool) {}

  async create(tx: Transaction, { id, name, clientRequestId, inputDigest, spec }: NewBacktest) {
    return this.changed(
      tx,
      `INSERT INTO backtests (id, name, client_request_id, input_digest, strategy, reference, params, symbols, timeframe,
         start_date, end_date, profile, options, seed, deadline_seconds, first_offset)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, next_off
       FROM log_partition WHERE topic = 'backtests' AND part = $16
       ON CONFLICT (client_request_id) DO NOTHING RETURNING ${STATE_COLUMNS}`,
      [
        id,
        name,
        clientRequestId,
        inputDigest,
        spec.strategy,
        JSON.stringify(spec.reference),
        JSON.stringify(spec.params),
        JSON.stringify(spec.symbols),
        spec.timeframe,
        iso(spec.from),
        iso(spec.to),
        spec.profile,
        JSON.stringify(spec.options),
        spec.seed,
        spec.deadlineSeconds,
        partitionOf(id),
      ],
    );
  }

  async byClientRequestId(clientRequestId: string) {
    const { rows } = await this.pool.query<{ id: string; inputDigest: string }>(
      'SELECT id, input_digest AS "inputDigest" FROM backtests WHERE client_request_id = $1',
      [clientRequestId],
    );
    return rows[0] ?? null;
  }

  async takeUp(tx: Transaction, id: string): Promise<TakenBacktest | null> {
    const { rows } = await pgTransaction(tx).query<StateRow & SpecRow & { attempt: number }>(
      `UPDATE backtests SET status = 'RUNNING', attempt = attempt + 1, version = version + 1, progress = 0,
         bar_time = NULL, equity = NULL, started_at = clock_timestamp()
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${STATE_COLUMNS}, ${SPEC_COLUMNS}, attempt`,
      [id],
    );
    const [row] = rows;
    return row === undefined ? null : { state: toState(row), spec: toSpec(row), attempt: row.attempt };
  }

  progress(tx: Transaction, id: string, attempt: number, { progress, barTime, equity }: BacktestProgress) {
    return this.changed(
      tx,
      `UPDATE backtests SET progress = $3, bar_time = $4, equity = $5, version = version + 1
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt, progress, iso(barTime), equity],
    );
  }

  release(tx: Transaction, id: string, attempt: number) {
    return this.changed(
      tx,
      `UPDATE backtests SET status = 'QUEUED', attempt = attempt - 1, version = version + 1, progress = 0,
         bar_time = NULL, equity = NULL, started_at = NULL
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt],
    );
  }

  complete(tx: Transaction, id: string, attempt: number, summary: BacktestSummary, finalEquity: number | null) {
    return this.changed(
      tx,
      `UPDATE backtests SET status = 'DONE', progress = 1, version = version + 1, bar_time = $3, equity = $4,
         data_hash = $5, bar_count = $6, engine_version = $7, data_from = $8, data_to = $3, statistics = $9,
         foreign_statistics = $10, monthly_returns = $11, cautions = $12, actions_hash = $13, finished_at = clock_timestamp()
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [
        id,
        attempt,
        iso(summary.dataTo),
        finalEquity,
        summary.dataHash,
        summary.barCount,
        summary.engineVersion,
        iso(summary.dataFrom),
        JSON.stringify(summary.statistics),
        summary.foreignStatistics === null ? null : JSON.stringify(summary.foreignStatistics),
        JSON.stringify(summary.monthlyReturns),
        JSON.stringify(summary.cautions),
        summary.actionsHash,
      ],
    );
  }

  fail(tx: Transaction, id: string, attempt: number, { code, message }: BacktestFailure) {
    return this.changed(
      tx,
      `UPDATE backtests SET status = 'FAILED', error_code = $3, error_message = $4, version = version + 1,
         finished_at = clock_timestamp()
       WHERE ${HELD} RETURNING ${STATE_COLUMNS}`,
      [id, attempt, code, message],
    );
  }

  cancel(tx: Transaction, id: string) {
    return this.changed(
      tx,
      `UPDATE backtests SET status = 'CANCELED', version = version + 1, finished_at = clock_timestamp()
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${STATE_COLUMNS}`,
      [id],
    );
  }

  async holder(id: string) {
    const { rows } = await this.pool.query<{ status: BacktestStatus; attempt: number }>({
      name: 'backtest-holder',
      text: 'SELECT status, attempt FROM backtests WHERE id = $1',
      values: [id],
    });
    return rows[0] ?? null;
  }

  async delete(tx: Transaction, id: string): Promise<BacktestStatus | null> {
    const transaction = pgTransaction(tx);
    const { rows } = await transaction.query<{ status: BacktestStatus }>(
      'SELECT status FROM backtests WHERE id = $1 FOR UPDATE',
      [id],
    );
    const status = rows[0]?.status ?? null;
    if (status !== null && status !== 'QUEUED' && status !== 'RUNNING') {
      await transaction.query('DELETE FROM backtests WHERE id = $1', [id]);
    }
    return status;
  }

  async open(): Promise<readonly OpenRun[]> {
    const { rows } = await this.pool.query<OpenRun>(
      `SELECT id, status = 'RUNNING' AS "isRunning", version FROM backtests
       WHERE status IN ('QUEUED', 'RUNNING') ORDER BY created_at, id`,
    );
    return rows;
  }

  async saveTrials(tx: Transaction, trials: readonly BacktestTrial[]): Promise<void> {
    if (trials.length === 0) return;
    // One row may not be changed twice by one statement: of equal trials the last counts.
    const distinct = [...new Map(trials.map((trial) => [`${trial.dataHash} ${trial.trialDigest}`, trial])).values()];
    await pgTransaction(tx).query(
      `INSERT INTO backtest_trials (data_hash, trial_digest, strategy, params, profile, sharpe)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::text[], $6::float8[])
       ON CONFLICT (data_hash, trial_digest) DO UPDATE SET sharpe = excluded.sharpe`,
      [
        distinct.map((trial) => trial.dataHash),
        distinct.map((trial) => trial.trialDigest),
        distinct.map((trial) => trial.strategy),
        distinct.map((trial) => JSON.stringify(trial.params)),
        distinct.map((trial) => trial.profile),
        distinct.map((trial) => trial.sharpe),
      ],
    );
  }

  async trials(dataHash: string): Promise<readonly BacktestTrial[]> {
    const { rows } = await this.pool.query<BacktestTrial>(
      `SELECT data_hash AS "dataHash", trial_digest AS "trialDigest", strategy, params, profile, sharpe
       FROM backtest_trials WHERE data_hash = $1 ORDER BY created_at, trial_digest`,
      [dataHash],
    );
    return rows;
  }

  async otherSharpes(dataHash: string, trialDigest: string): Promise<readonly number[]> {
    // One array: a search leaves a hundred thousand of them, and each row costs more than its number.
    const { rows } = await this.pool.query<{ sharpes: Buffer | null }>(
      `SELECT string_agg(float8send(coalesce(sharpe, 'NaN')), '') AS sharpes
       FROM backtest_trials WHERE data_hash = $1 AND trial_digest <> $2`,
      [dataHash, trialDigest],
    );
    const bytes = rows[0]?.sharpes ?? Buffer.alloc(0);
    return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleBE(8 * index));
  }

  private async changed(tx: Transaction, text: string, values: unknown[]): Promise<BacktestState | null> {
    const { rows } = await pgTransaction(tx).query<StateRow>(text, values);
    return rows[0] === undefined ? null : toState(rows[0]);
  }
}
