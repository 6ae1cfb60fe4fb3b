import type { SearchSpec } from '../../domain/search.js';
import type { RunResults } from '../../ports/search-runner.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { pgTransaction } from './transaction.js';

/** Below every score: it must be a number that JSON holds, as a page's cursor does. */
const LAST_RANK = -Number.MAX_VALUE;

const INSERT = `
  INSERT INTO search_results (search_id, run_index, window_index, params, score, rank, sharpe, total_return_pct,
    max_drawdown_pct, round_trip_count, error_message)
  SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::jsonb[], $5::float8[], $6::float8[], $7::float8[],
    $8::float8[], $9::float8[], $10::integer[], $11::text[])
  ON CONFLICT (search_id, run_index) DO NOTHING`;

/** Adds results, each once. Answers how many were new. */
export async function insertRunResults(
  tx: Transaction,
  searchId: string,
  results: RunResults,
  direction: SearchSpec['direction'],
): Promise<number> {
  const sign = direction === 'MAXIMIZE' ? 1 : -1;
  const { rowCount } = await pgTransaction(tx).query(INSERT, [
    searchId,
    results.runIndexes,
    results.windowIndexes,
    results.params,
    results.scores.map(definedOrNull),
    results.scores.map((score) => (Number.isNaN(score) ? LAST_RANK : sign * score)),
    results.sharpes.map(definedOrNull),
    results.totalReturnsPct.map(definedOrNull),
    results.maxDrawdownsPct.map(definedOrNull),
    results.roundTripCounts.map(definedOrNull),
    results.errors,
  ]);
  return rowCount ?? 0;
}

const definedOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The order keeps two searches over the same bars from waiting for each other. */
const TRIALS = `
  INSERT INTO backtest_trials (data_hash, trial_digest, strategy, params, profile, sharpe)
  SELECT searches.data_hash, digest, searches.strategy, params, searches.spec ->> 'profile', sharpe
  FROM searches, unnest($2::text[], $3::jsonb[], $4::float8[]) AS tried (digest, params, sharpe)
  WHERE searches.id = $1 ORDER BY digest`;

/**
 * Enters the sets into the ledger of trials. A walk-forward ran them over samples: where a set is known already, its
 * Sharpe ratio over all bars says more.
 */
export async function insertTrials(tx: Transaction, searchId: string, results: RunResults): Promise<void> {
  const isOverSamples = results.windowIndexes.some((window) => window !== null);
  const otherwise = isOverSamples ? 'DO NOTHING' : 'DO UPDATE SET sharpe = excluded.sharpe';
  await pgTransaction(tx).query(`${TRIALS} ON CONFLICT (data_hash, trial_digest) ${otherwise}`, [
    searchId,
    results.trialDigests,
    results.params,
    results.sharpes.map(definedOrNull),
  ]);
}
