import { z } from 'zod';

/**
 * A backup is a tar archive, so that it can be looked into and, if need be, restored by hand with tar, gzip and psql:
 *
 *     backup.json                     what it is (BackupHeader), first, so that a wrong file is told at once
 *     tables/<name>/000001.copy.gz    rows as COPY's text format, UTF-8, in blocks; all blocks of a table, uncompressed
 *                                     and one behind the other, are what COPY <name> (<columns>) FROM STDIN takes
 *     strategies/<path>               the user's own strategies
 *     manifest.json                   what must have been there (BackupManifest), last: without it the file is cut short
 *     manifest.sha256                 the digest of manifest.json, as sha256sum writes it
 *
 * A reader refuses a format that is newer than the one it knows.
 */
export const BACKUP_FORMAT = 1;
export const HEADER_NAME = 'backup.json';
export const MANIFEST_NAME = 'manifest.json';
export const MANIFEST_DIGEST_NAME = 'manifest.sha256';
export const TABLES_FOLDER = 'tables/';
export const STRATEGIES_FOLDER = 'strategies/';

/** Of a table's rows before compression: what is in memory at a time, a few times over. */
export const BLOCK_BYTES = 4 * 1024 * 1024;

export const blockName = (table: string, number: number): string =>
  `${TABLES_FOLDER}${table}/${String(number).padStart(6, '0')}.copy.gz`;

/** Read before anything else, whatever the format. */
export const formatSchema = z.object({ format: z.int().positive(), programVersion: z.string() });

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

export const headerSchema = formatSchema.extend({
  createdAt: z.iso.datetime(),
  /** `server_version` of the database that it was made of. */
  postgresVersion: z.string(),
  /** Of the event log; a restored log gets another. */
  logIdentity: z.uuid(),
  /** Names of the migrations that had been applied, in order. */
  migrations: z.array(z.string()).nonempty(),
  /** Where the user's strategies were: paths in the database begin so. */
  strategiesFolder: z.string(),
});

export const manifestSchema = z.object({
  headerSha256: digest,
  tables: z.array(
    z.object({
      name,
      columns: z.array(name).nonempty(),
      rows: count,
      /** Of all blocks, uncompressed. */
      bytes: count,
      sha256: digest,
      blocks: count,
    }),
  ),
  sequences: z.array(z.object({ name, lastValue: z.string().regex(/^\d+$/), isCalled: z.boolean() })),
  strategies: z.array(z.object({ path: z.string(), bytes: count, sha256: digest })),
});

export type BackupHeader = Readonly<z.infer<typeof headerSchema>>;
export type BackupManifest = Readonly<z.infer<typeof manifestSchema>>;
export type BackupTable = Readonly<BackupManifest['tables'][number]>;
export type BackupSequence = Readonly<BackupManifest['sequences'][number]>;
