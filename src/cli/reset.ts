import { createInterface } from 'node:readline/promises';
import type { Config } from '../config/config.js';
import { embeddedPaths, openSharedStorage } from '../roles/storage.js';
import { findRunningServer } from '../adapters/postgres/embedded/index.js';
import { ExplainedError } from '../roles/explained-error.js';
import { openLog } from './logging.js';

/** Kept by a reset: what describes the schema itself. */
const KEPT_TABLES = ['schema_migrations', 'log_partition', 'log_identity'];

/**
 * `npx tradegraph reset`: empties the database of a replay. Refuses while a Tradegraph runs on it, and refuses a database
 * that holds anything but a replay: live books are never deleted by a command.
 */
export async function reset(config: Config, confirmed: boolean): Promise<void> {
  const { dataDir, secretsFile } = embeddedPaths(config.TRADEGRAPH_HOME);
  if (config.DATABASE_URL === undefined && (await findRunningServer(dataDir, secretsFile).catch(() => null)) !== null) {
    throw new ExplainedError(`a Tradegraph is running on ${config.TRADEGRAPH_HOME}: stop it first, then reset.`);
  }
  if (!confirmed && !(await confirm(config))) throw new ExplainedError('nothing was deleted.');
  const { steps } = openLog(config);
  const storage = await openSharedStorage(config, steps);
  try {
    const { pool } = storage.database;
    const live = await pool.query<{ data_source: string }>(
      `SELECT DISTINCT data_source FROM accounts WHERE data_source <> 'replay'
       UNION SELECT DISTINCT data_source FROM instruments WHERE data_source NOT IN ('replay', 'csv')`,
    );
    if (live.rows.length > 0) {
      throw new ExplainedError(
        `this database holds ${live.rows.map((row) => row.data_source).join(', ')} data; reset only clears a replay. Choose another TRADEGRAPH_HOME or DATABASE_URL instead.`,
      );
    }
    const tables = await pool.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = 'public' AND NOT tablename = ANY ($1)`,
      [KEPT_TABLES],
    );
    const step = steps.begin('Reset');
    await pool.query(`TRUNCATE ${tables.rows.map((row) => row.name).join(', ')} RESTART IDENTITY CASCADE`);
    await pool.query('UPDATE log_partition SET next_off = 0');
    await pool.query('UPDATE log_identity SET id = gen_random_uuid()');
    await pool.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
    step.done('the next start begins a new replay');
  } finally {
    await storage.close();
  }
}

async function confirm(config: Config): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new ExplainedError('reset deletes all stored data: say --yes when nobody is there to be asked.');
  const question = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await question.question(
    `Delete everything that the replay stored in ${config.DATABASE_URL === undefined ? config.TRADEGRAPH_HOME : 'DATABASE_URL'}? (yes/no) `,
  );
  question.close();
  return answer.trim().toLowerCase() === 'yes';
}
