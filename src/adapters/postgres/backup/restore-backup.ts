import type { Client } from 'pg';
import { migrate } from '../migrate.js';
import { BackupError } from './backup-error.js';
import { BACKUP_APPLICATION, closeBackupSession, openBackupSession } from './backup-session.js';
import { copyIn } from './copy-blocks.js';
import { logFaults, settleRestoredState } from './restored-state.js';
import {
  appliedMigrations,
  isKnownVersion,
  MIGRATIONS_TABLE,
  ownSchema,
  quoted,
  quotedColumns,
  storedTables,
  type OwnSchema,
  type StoredTable,
} from './own-schema.js';
import { tableRows, type VerifiedBackup } from './read-backup.js';
import { createSchema, dropSchema, foreignKeys } from './rebuild-schema.js';

export interface RestoreOptions {
  readonly connectionString: string;
  readonly backup: VerifiedBackup;
  /** Where strategies are here: paths in the database that begin with the old folder are changed to it. */
  readonly strategiesFolder: string;
  /** Replaces what the database holds. Without it a database that is not empty is refused. */
  readonly force: boolean;
  readonly onTable?: (name: string, index: number, count: number) => void;
}

export interface RestoreSummary {
  readonly rows: number;
  /** Migrations that were applied behind the restore, because the backup was older. */
  readonly migrated: readonly string[];
}

/** Rows that migrations themselves write. */
const SEEDED_TABLES = new Set([MIGRATIONS_TABLE, 'log_identity', 'log_partition']);

/**
 * Puts a verified backup into a database, in one transaction: all of it or nothing. The schema is made anew at the
 * backup's version and migrated afterwards, as an upgrade would have done.
 * @throws BackupError for a backup of a newer schema, for a database that is in use or (without `force`) not empty
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreSummary> {
  const { backup, connectionString } = options;
  refuseOtherVersion(backup);
  const client = await openBackupSession(connectionString);
  try {
    await refuseWhenInUse(client);
    const own = await ownSchema(connectionString);
    await refuseContent(client, own, options.force);
    // Makes the migrator's own table.
    if ((await appliedMigrations(client)).length === 0) await migrate(connectionString);
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await rebuild(client, own, backup);
    const rows = await load(client, options);
    await settleRestoredState(client, { from: backup.header.strategiesFolder, to: options.strategiesFolder });
    const faults = await logFaults(client);
    if (faults.length > 0) throw new BackupError(`the event log of ${backup.path} has gaps: ${faults.join('; ')}.`);
    await client.query('COMMIT');
    // New tables have no statistics: without them the first plans would be guesses.
    await client.query('ANALYZE');
    return { rows, migrated: await migrate(connectionString) };
  } finally {
    await closeBackupSession(client);
  }
}

function refuseOtherVersion({ path, header }: VerifiedBackup): void {
  if (isKnownVersion(header.migrations)) return;
  throw new BackupError(
    `${path} was made by Tradegraph ${header.programVersion}, whose schema (${header.migrations.at(-1)}) this one does not know: restore it with that version or a newer one.`,
  );
}

async function refuseWhenInUse(client: Client): Promise<void> {
  const { rows } = await client.query<{ sessions: number }>(
    `SELECT count(*)::int AS sessions FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tradegraph%'
       AND application_name <> $1`,
    [BACKUP_APPLICATION],
  );
  const sessions = rows[0]?.sessions ?? 0;
  if (sessions > 0) {
    throw new BackupError(
      `a Tradegraph is connected to this database (${sessions} sessions): stop every process of it, then restore.`,
    );
  }
}

async function refuseContent(client: Client, own: OwnSchema, force: boolean): Promise<void> {
  const tables = await storedTables(client);
  const foreign = tables.filter(({ name }) => !own.tables.has(name));
  if (foreign.length > 0) {
    const names = foreign.map(({ name }) => name).join(', ');
    throw new BackupError(
      `this database holds tables that are not Tradegraph's (${names}): give it a database of its own.`,
    );
  }
  if (force) return;
  const full: string[] = [];
  for (const { name } of tables) {
    if (SEEDED_TABLES.has(name)) continue;
    const { rows } = await client.query<{ found: boolean }>(`SELECT EXISTS (SELECT FROM ${quoted(name)}) AS found`);
    if (rows[0]?.found === true) full.push(name);
  }
  if (full.length > 0) {
    throw new BackupError(
      `this database is not empty (${full.slice(0, 5).join(', ')}${full.length > 5 ? ', ...' : ''}): restore into a new one, or say --force to replace all that it holds.`,
    );
  }
}

/** The backup's own tables, empty. */
async function rebuild(client: Client, own: OwnSchema, backup: VerifiedBackup): Promise<void> {
  await dropSchema(client, own);
  await createSchema(client, own, backup.header.migrations.length);
  refuseOtherColumns(backup, await storedTables(client));
}

const shownColumns = ({ name, columns }: StoredTable): string => `${name}(${columns.join(', ')})`;

/** A migration that was changed after it had been applied: names alone do not tell. */
function refuseOtherColumns({ path, header, manifest }: VerifiedBackup, made: readonly StoredTable[]): void {
  const [here, there] = [made.map(shownColumns), manifest.tables.map(shownColumns)];
  const other = [...here.filter((each) => !there.includes(each)), ...there.filter((each) => !here.includes(each))];
  if (other.length > 0) {
    throw new BackupError(
      `${path} was made by Tradegraph ${header.programVersion}, whose tables were others (${other.slice(0, 4).join('; ')}): restore it with that version.`,
    );
  }
}

async function load(client: Client, { backup, onTable }: RestoreOptions): Promise<number> {
  const { tables, sequences } = backup.manifest;
  const keys = await foreignKeys(client);
  // References go round in a circle, and triggers would compute anew what was stored: both come back behind the rows.
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  let rows = 0;
  let index = 0;
  for await (const { table, blocks } of tableRows(backup)) {
    onTable?.(table.name, index, tables.length);
    index += 1;
    // What the migrations themselves have written.
    await client.query(`DELETE FROM ${quoted(table.name)}`);
    const text = `COPY ${quoted(table.name)} (${quotedColumns(table.columns)}) FROM STDIN`;
    const copied = await copyIn(client, text, blocks);
    if (copied !== table.rows) throw new BackupError(`${table.name} took ${copied} of ${table.rows} rows.`);
    rows += copied;
  }
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of keys) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`);
  }
  for (const { name, lastValue, isCalled } of sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoted(name), lastValue, isCalled]);
  }
  return rows;
}
