import { Client } from 'pg';
import { poolOptions } from '../database.js';

/** Tells it from the program's own connections. */
export const BACKUP_APPLICATION = 'tradegraph-backup';

/** A connection for one long transaction: nothing but waiting for a lock is bounded. */
export async function openBackupSession(connectionString: string): Promise<Client> {
  const client = new Client({
    ...poolOptions({ connectionString }),
    application_name: BACKUP_APPLICATION,
    statement_timeout: 0,
    query_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  // Told by the query that it breaks; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  // How COPY writes and reads values: the same everywhere, to the last digit and microsecond.
  await client.query(
    "SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'; SET TimeZone = 'UTC'; SET extra_float_digits = 1",
  );
  return client;
}

/** Also of a connection that is in the middle of an answer. */
export async function closeBackupSession(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}
