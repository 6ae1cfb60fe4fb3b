import { setTimeout as wait } from 'node:timers/promises';
import { withAdvisoryLock } from '../adapters/postgres/advisory-lock.js';
import { checkDataSource, type Foundation } from './foundation.js';

const LOOK_EVERY_MS = 500;

/**
 * What a new database begins with (instruments, their past, accounts) is made by the processes that ingest, one at a time;
 * doing it again changes nothing.
 */
export async function prepareDatabase(foundation: Foundation, prepare: () => Promise<void>): Promise<void> {
  const { database, steps, signal } = foundation;
  const onWait = () => steps.say('    another process prepares the database');
  await withAdvisoryLock(database.connectionString, 'first start', prepare, { onWait, signal });
}

/** Resolves once the database has been prepared, as every database is that was started on before. */
export async function awaitPreparedDatabase(foundation: Foundation): Promise<void> {
  const { config, instruments, steps, signal } = foundation;
  if (await isPrepared(foundation)) return;
  const step = steps.begin('First start');
  steps.say('    waits for a process with the role ingestion to prepare the database');
  do {
    await wait(LOOK_EVERY_MS, undefined, { signal });
    // It may be prepared for another source than ours.
    await checkDataSource(config, instruments);
  } while (!(await isPrepared(foundation)));
  step.done('the database is prepared');
}

/** The accounts are what is made last. */
async function isPrepared({ database, source }: Foundation): Promise<boolean> {
  const { rowCount } = await database.pool.query('SELECT FROM accounts WHERE data_source = $1 LIMIT 1', [source.name]);
  return rowCount === 1;
}
