import { readActionsFile } from '../adapters/csv/read-actions.js';
import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { PgUnitOfWork } from '../adapters/postgres/transaction.js';
import type { Config } from '../config/config.js';
import type { CorporateAction } from '../domain/corporate-action.js';
import { ActionFileError } from '../ports/corporate-actions.js';
import { ExplainedError } from '../roles/explained-error.js';
import { openSharedStorage } from '../roles/storage.js';
import { openLog } from './logging.js';

/** `npx tradegraph import --actions`: stores the splits and dividends of a file, all of them or none. */
export async function importActions(config: Config, file: string): Promise<void> {
  const actions = await read(file);
  const { steps } = openLog(config);
  const storage = await openSharedStorage(config, steps);
  try {
    const { pool } = storage.database;
    const step = steps.begin(`Import of ${file}`);
    const store = new PgCorporateActionStore(pool);
    const stored = await new PgUnitOfWork(pool).transaction((tx) => store.save(tx, actions, 'csv'));
    step.done(`${actions.length} splits and dividends read, ${stored} new or changed`);
  } finally {
    await storage.close();
  }
}

async function read(file: string): Promise<readonly CorporateAction[]> {
  try {
    return await readActionsFile(file);
  } catch (error) {
    if (error instanceof ActionFileError) throw new ExplainedError(`${file}: ${error.message}`);
    if (error instanceof Error && 'code' in error)
      throw new ExplainedError(`${file} cannot be read (${error.message})`);
    throw error;
  }
}
