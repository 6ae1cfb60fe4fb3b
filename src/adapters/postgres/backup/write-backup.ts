import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Client } from 'pg';
import { ArchiveWriter } from './archive-writer.js';
import { BackupError } from './backup-error.js';
import {
  BACKUP_FORMAT,
  blockName,
  HEADER_NAME,
  MANIFEST_DIGEST_NAME,
  MANIFEST_NAME,
  STRATEGIES_FOLDER,
  type BackupHeader,
  type BackupManifest,
  type BackupTable,
} from './backup-format.js';
import { closeBackupSession, openBackupSession } from './backup-session.js';
import { copyOut } from './copy-blocks.js';
import {
  appliedMigrations,
  ownSchema,
  quoted,
  quotedColumns,
  storedSequences,
  storedTables,
  unknownMigrations,
  type StoredTable,
} from './own-schema.js';
import { strategyFiles } from './strategy-files.js';

const compress = promisify(gzip);
/** A third of the CPU of the default level for a tenth more bytes: the program trades beside it. */
const GZIP_LEVEL = 3;

export interface BackupOptions {
  readonly connectionString: string;
  /** Of the new file; nothing may be there. */
  readonly path: string;
  readonly programVersion: string;
  readonly strategiesFolder: string;
  /** Told before each table. */
  readonly onTable?: (name: string, index: number, count: number) => void;
}

export interface BackupSummary {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly tables: number;
  readonly strategies: number;
}

/**
 * Writes all that the database holds at one moment to a file, while the program goes on: one snapshot, which
 * blocks no reader and no writer. Memory does not grow with the database.
 * @throws BackupError when the file cannot be written, or the schema is not one that this program knows
 */
export async function writeBackup(options: BackupOptions): Promise<BackupSummary> {
  const archive = await ArchiveWriter.create(options.path);
  try {
    const client = await openBackupSession(options.connectionString);
    try {
      const manifest = await writeSnapshot(client, archive, options);
      const content = json(manifest);
      await archive.add(MANIFEST_NAME, content);
      await archive.add(MANIFEST_DIGEST_NAME, Buffer.from(`${sha256(content)}  ${MANIFEST_NAME}\n`));
      return {
        path: options.path,
        bytes: await archive.finish(),
        rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
        tables: manifest.tables.length,
        strategies: manifest.strategies.length,
      };
    } finally {
      await closeBackupSession(client);
    }
  } catch (error) {
    await archive.discard();
    throw error;
  }
}

async function writeSnapshot(client: Client, archive: ArchiveWriter, options: BackupOptions): Promise<BackupManifest> {
  const own = await ownSchema(options.connectionString);
  const ofOurs = ({ name }: StoredTable): boolean => own.tables.has(name);
  const lockable = (await storedTables(client)).filter(ofOurs);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // Before the snapshot is taken: TRUNCATE and DROP would not respect it.
  if (lockable.length > 0) {
    await client.query(`LOCK TABLE ${lockable.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`);
  }
  const header = json(await headerOf(client, options));
  await archive.add(HEADER_NAME, header);
  const stored = (await storedTables(client)).filter(ofOurs);
  const tables: BackupTable[] = [];
  for (const [index, table] of stored.entries()) {
    options.onTable?.(table.name, index, stored.length);
    tables.push(await writeTable(client, archive, table));
  }
  const sequences = await storedSequences(client, stored);
  await client.query('COMMIT');
  const strategies: BackupManifest['strategies'] = [];
  for await (const { path, data } of strategyFiles(options.strategiesFolder)) {
    await archive.add(`${STRATEGIES_FOLDER}${path}`, data);
    strategies.push({ path, bytes: data.length, sha256: sha256(data) });
  }
  return { headerSha256: sha256(header), tables, sequences, strategies };
}

async function headerOf(client: Client, options: BackupOptions): Promise<BackupHeader> {
  const [first, ...others] = await appliedMigrations(client);
  if (first === undefined) throw new BackupError('this database is empty: there is nothing to back up.');
  const unknown = unknownMigrations([first, ...others]);
  if (unknown.length > 0) {
    throw new BackupError(
      `this database was migrated by a newer Tradegraph (${unknown.join(', ')}): back it up with that one.`,
    );
  }
  const { rows } = await client.query<{ id: string; version: string }>(
    "SELECT id, current_setting('server_version') AS version FROM log_identity",
  );
  const [found] = rows;
  if (found === undefined)
    throw new BackupError('log_identity is empty: this database was not made by our migrations.');
  return {
    format: BACKUP_FORMAT,
    programVersion: options.programVersion,
    createdAt: new Date().toISOString(),
    postgresVersion: found.version,
    logIdentity: found.id,
    migrations: [first, ...others],
    strategiesFolder: options.strategiesFolder,
  };
}

async function writeTable(client: Client, archive: ArchiveWriter, table: StoredTable): Promise<BackupTable> {
  const hash = createHash('sha256');
  const copy = copyOut(client, `COPY ${quoted(table.name)} (${quotedColumns(table.columns)}) TO STDOUT`);
  let bytes = 0;
  let blocks = 0;
  for await (const block of copy.blocks) {
    hash.update(block);
    bytes += block.length;
    blocks += 1;
    await archive.add(blockName(table.name, blocks), await compress(block, { level: GZIP_LEVEL }));
  }
  const columns: BackupTable['columns'] = [...table.columns] as [string, ...string[]];
  return { name: table.name, columns, rows: copy.rows(), bytes, sha256: hash.digest('hex'), blocks };
}

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
