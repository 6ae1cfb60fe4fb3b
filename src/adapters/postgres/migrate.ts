import { openDatabase } from './database.js';

/** Brings the database to the newest schema. Answers the names of the migrations that were run, in order. */
export async function migrate(connectionString: string): Promise<string[]> {
  const database = await openDatabase({ connectionString, poolSize: 1 });
  try {
    const done = await database.orm.migrator.up();
    return done.map((migration) => migration.name);
  } finally {
    await database.close();
  }
}
