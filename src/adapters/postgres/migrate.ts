import { migrations } from '../../../migrations/index.js';
import { withAdvisoryLock, type LockOptions } from './advisory-lock.js';
import { openDatabase } from './database.js';

/** The database was migrated by a newer program: what this one would write may be wrong there. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
  constructor(unknown: readonly string[]) {
    super(
      `the database has migrations that this version does not know (${unknown.join(', ')}): it was used by a newer one. Start that one, or restore a backup.`,
    );
  }
}

/**
 * Brings the database to the newest schema; of several processes that start together one does it and the others wait.
 * Answers the names of the migrations that were run, in order. @throws SchemaTooNewError
 */
export async function migrate(connectionString: string, waiting: LockOptions = {}): Promise<string[]> {
  return withAdvisoryLock(connectionString, 'schema', () => runMigrations(connectionString), waiting);
}

async function runMigrations(connectionString: string): Promise<string[]> {
  const database = await openDatabase({ connectionString, poolSize: 1 });
  try {
    const known = new Set<string>(migrations.map(({ name }) => name));
    const unknown = (await database.orm.migrator.getExecuted())
      .map(({ name }) => name)
      .filter((name) => !known.has(name));
    if (unknown.length > 0) throw new SchemaTooNewError(unknown);
    const done = await database.orm.migrator.up();
    return done.map((migration) => migration.name);
  } finally {
    await database.close();
  }
}
