import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { EmbeddedPostgresError } from './errors.js';
import { acquireOwnership, ownerLabel } from './ownership.js';
import type { ServerSecrets } from './secrets.js';

/** A server on this machine answers in milliseconds; one that does not is swapping or stopped. */
const CONNECT_TIMEOUT_MS = 10_000;
/** PostgreSQL's SQLSTATEs for a wrong password and for a user it does not let in. */
const REFUSED = new Set(['28P01', '28000']);

/**
 * Connects to the server and takes its ownership. Null when the server went away meanwhile.
 * @throws DataDirectoryInUseError; EmbeddedPostgresError PASSWORD_REFUSED
 */
export async function connectAsOwner(secrets: ServerSecrets, port: number, dataDir: string): Promise<Client | null> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: secrets.user,
    password: secrets.password,
    database: 'postgres',
    application_name: ownerLabel(),
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // An error without a listener would end the process; the end of the session is watched by who owns it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await acquireOwnership(client, dataDir);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    if (error instanceof EmbeddedPostgresError) throw error;
    if (error instanceof DatabaseError && REFUSED.has(error.code ?? '')) {
      throw new EmbeddedPostgresError(
        'PASSWORD_REFUSED',
        `The database in ${dataDir} does not accept the user and password of its secrets file. ` +
          'The two do not belong together: restore both from the same backup.',
        { cause: error },
      );
    }
    return null;
  }
}

/** Creates `database` unless it exists. Only the owner calls it, so nobody else creates it meanwhile. */
export async function ensureDatabase(owner: Client, database: string): Promise<void> {
  const { rowCount } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
}
