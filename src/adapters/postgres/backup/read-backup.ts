import { createHash, type Hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { z } from 'zod';
import { readArchive, type ArchiveMember } from './archive-reader.js';
import { BackupError } from './backup-error.js';
import {
  BACKUP_FORMAT,
  BLOCK_BYTES,
  blockName,
  formatSchema,
  HEADER_NAME,
  headerSchema,
  MANIFEST_DIGEST_NAME,
  MANIFEST_NAME,
  manifestSchema,
  STRATEGIES_FOLDER,
  TABLES_FOLDER,
  type BackupHeader,
  type BackupManifest,
  type BackupTable,
} from './backup-format.js';
import { staysBelow, type StrategyFile } from './strategy-files.js';

const decompress = promisify(gunzip);
const NEWLINE = 0x0a;

/** A backup of which every digest and count has been found right. */
export interface VerifiedBackup {
  readonly path: string;
  readonly header: BackupHeader;
  readonly manifest: BackupManifest;
}

interface TableTally {
  readonly hash: Hash;
  rows: number;
  bytes: number;
  blocks: number;
}

/**
 * Reads a whole backup and holds it against its manifest. Changes nothing.
 * @throws BackupError for a file that is none, is cut short or damaged, or is of a format that is not known
 */
export async function verifyBackup(path: string): Promise<VerifiedBackup> {
  const tables = new Map<string, TableTally>();
  const digests = new Map<string, string>();
  let header: BackupHeader | null = null;
  let manifest: BackupManifest | null = null;
  let isSealed = false;
  for await (const { name, data } of readArchive(path)) {
    digests.set(name.startsWith(TABLES_FOLDER) ? '' : name, sha256(data));
    if (header === null) header = readHeader(path, name, data);
    else if (name.startsWith(TABLES_FOLDER)) await tally(path, tables, name, data);
    else if (name === MANIFEST_NAME) manifest = parse(path, name, manifestSchema, data);
    else if (name === MANIFEST_DIGEST_NAME) {
      isSealed = data.toString() === `${digests.get(MANIFEST_NAME)}  ${MANIFEST_NAME}\n`;
    }
  }
  if (header === null || manifest === null) {
    throw new BackupError(`${path} is cut short: its manifest is missing. It cannot be restored; use another backup.`);
  }
  if (!isSealed || manifest.headerSha256 !== digests.get(HEADER_NAME)) throw damaged(path, MANIFEST_NAME);
  for (const table of manifest.tables) {
    if (!matches(table, tables.get(table.name))) throw damaged(path, `the table ${table.name}`);
    tables.delete(table.name);
  }
  for (const name of tables.keys()) throw damaged(path, `the table ${name}`);
  for (const file of manifest.strategies) {
    const name = `${STRATEGIES_FOLDER}${file.path}`;
    if (!staysBelow(file.path) || digests.get(name) !== file.sha256) throw damaged(path, name);
  }
  return { path, header, manifest };
}

/**
 * The tables' rows, table by table in the manifest's order, to be read in one go each. Digests are held against
 * the manifest once more: the file may have changed since it was verified.
 */
export async function* tableRows(
  backup: VerifiedBackup,
): AsyncGenerator<{ readonly table: BackupTable; readonly blocks: AsyncGenerator<Buffer, void> }, void> {
  const members = readArchive(backup.path);
  let next: ArchiveMember | null = null;
  const peek = async (): Promise<ArchiveMember | null> => {
    while (next === null) {
      const { value, done } = await members.next();
      if (done === true || value === undefined) return null;
      if (value.name.startsWith(TABLES_FOLDER)) next = value;
    }
    return next;
  };
  async function* blocksOf(table: BackupTable): AsyncGenerator<Buffer, void> {
    const seen: TableTally = { hash: createHash('sha256'), rows: 0, bytes: 0, blocks: 0 };
    while ((await peek())?.name === blockName(table.name, seen.blocks + 1) && next !== null) {
      const block = await unpack(backup.path, next);
      next = null;
      count(seen, block);
      yield block;
    }
    if (!matches(table, seen)) throw damaged(backup.path, `the table ${table.name}`);
  }
  try {
    for (const table of backup.manifest.tables) yield { table, blocks: blocksOf(table) };
  } finally {
    await members.return();
  }
}

/** The strategies of a verified backup. */
export async function* backedUpStrategies(backup: VerifiedBackup): AsyncGenerator<StrategyFile, void> {
  const known = new Map(backup.manifest.strategies.map(({ path, sha256: digest }) => [path, digest]));
  for await (const { name, data } of readArchive(backup.path)) {
    const path = name.slice(STRATEGIES_FOLDER.length);
    if (name.startsWith(STRATEGIES_FOLDER) && known.get(path) === sha256(data)) yield { path, data };
  }
}

function readHeader(path: string, name: string, data: Buffer): BackupHeader {
  if (name !== HEADER_NAME) throw new BackupError(`${path} is not a backup of Tradegraph.`);
  const { format, programVersion } = parse(path, name, formatSchema, data);
  if (format > BACKUP_FORMAT) {
    throw new BackupError(
      `${path} is of format ${format}, made by Tradegraph ${programVersion}; this one reads up to ${BACKUP_FORMAT}: restore it with that version or a newer one.`,
    );
  }
  return parse(path, name, headerSchema, data);
}

function parse<T extends z.ZodType>(path: string, name: string, schema: T, data: Buffer): z.infer<T> {
  try {
    return schema.parse(JSON.parse(data.toString()));
  } catch {
    throw damaged(path, name);
  }
}

async function tally(path: string, tables: Map<string, TableTally>, name: string, data: Buffer): Promise<void> {
  const table = name.slice(TABLES_FOLDER.length, name.lastIndexOf('/'));
  const seen = tables.get(table) ?? { hash: createHash('sha256'), rows: 0, bytes: 0, blocks: 0 };
  tables.set(table, seen);
  if (name !== blockName(table, seen.blocks + 1)) throw damaged(path, name);
  count(seen, await unpack(path, { name, data }));
}

async function unpack(path: string, { name, data }: ArchiveMember): Promise<Buffer> {
  try {
    return await decompress(data, { maxOutputLength: BLOCK_BYTES });
  } catch {
    throw damaged(path, name);
  }
}

function count(seen: TableTally, block: Buffer): void {
  seen.hash.update(block);
  seen.bytes += block.length;
  seen.blocks += 1;
  // COPY writes a line break within a value as \n: each real one ends a row.
  for (let at = block.indexOf(NEWLINE); at !== -1; at = block.indexOf(NEWLINE, at + 1)) seen.rows += 1;
}

const matches = (table: BackupTable, seen: TableTally | undefined): boolean => {
  const { rows, bytes, blocks } = seen ?? { rows: 0, bytes: 0, blocks: 0 };
  const digest = (seen?.hash ?? createHash('sha256')).digest('hex');
  return table.rows === rows && table.bytes === bytes && table.blocks === blocks && table.sha256 === digest;
};

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

const damaged = (path: string, where: string) =>
  new BackupError(`${path} is damaged: ${where} is not what was written. It cannot be restored; use another backup.`);
