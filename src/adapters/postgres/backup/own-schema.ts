import type { Migration } from '@mikro-orm/migrations';
import type { Client } from 'pg';
import { migrations } from '../../../../migrations/index.js';
import { openDatabase } from '../database.js';
import type { BackupSequence } from './backup-format.js';

/** Of the migrator: which migrations have been applied. */
export const MIGRATIONS_TABLE = 'schema_migrations';

const MIGRATION_NAMES = migrations.map(({ name }) => name);

/** What the migrations make, whichever of them have been applied. */
export interface OwnSchema {
  readonly tables: ReadonlySet<string>;
  readonly routines: readonly string[];
  /** The statements of each migration, in order. */
  readonly statements: readonly (readonly string[])[];
}

/** A table with the columns that are stored, in order: generated ones compute themselves. */
export interface StoredTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Migrations that this program does not know. */
export const unknownMigrations = (applied: readonly string[]): string[] =>
  applied.filter((name) => !MIGRATION_NAMES.includes(name));

/** True when these are the first of this program's migrations, in their order. */
export const isKnownVersion = (applied: readonly string[]): boolean =>
  applied.every((name, index) => name === MIGRATION_NAMES[index]);

/** Told by the migrations' statements themselves: no list that could be forgotten. */
export async function ownSchema(connectionString: string): Promise<OwnSchema> {
  const database = await openDatabase({ connectionString, poolSize: 1 });
  const statements: string[][] = [];
  try {
    const { em, config } = database.orm;
    for (const { class: OneMigration } of migrations) {
      const migration: Migration = new OneMigration(em.getDriver(), config);
      await migration.up();
      statements.push(migration.getQueries().map(String));
    }
  } finally {
    await database.close();
  }
  const tables = new Set([MIGRATIONS_TABLE]);
  const routines = new Set<string>();
  for (const statement of statements.flat()) {
    for (const [, kind, name = ''] of statement.matchAll(/CREATE (?:OR REPLACE )?(TABLE|FUNCTION|PROCEDURE) (\w+)/g)) {
      if (kind === 'TABLE') tables.add(name);
      else routines.add(name);
    }
  }
  return { tables, routines: [...routines], statements };
}

/** All tables of the schema `public` but those of extensions, by name. */
export async function storedTables(client: Client): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(
    `SELECT c.relname AS name,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
     FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     ORDER BY c.relname`,
  );
  return rows;
}

/** Sequences of these tables' columns, as they stand now: they know no snapshot, and are at or past its rows. */
export async function storedSequences(client: Client, tables: readonly StoredTable[]): Promise<BackupSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT s.relname AS name FROM pg_class s
     JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid
     WHERE s.relkind = 'S' AND t.relnamespace = 'public'::regnamespace AND t.relname = ANY ($1) ORDER BY 1`,
    [tables.map(({ name }) => name)],
  );
  const sequences: BackupSequence[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<BackupSequence>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${quoted(name)}`,
    );
    const [now] = state;
    if (now !== undefined) sequences.push({ ...now, name });
  }
  return sequences;
}

/** Migrations that have been applied, in order; [] where the schema has not been made. */
export async function appliedMigrations(client: Client): Promise<string[]> {
  const { rows: found } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public.${MIGRATIONS_TABLE}') IS NOT NULL AS found`,
  );
  if (found[0]?.found !== true) return [];
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
  return rows.map(({ name }) => name);
}

/** An identifier of the schema `public`. */
export const quoted = (name: string): string => `public."${name.replaceAll('"', '""')}"`;

export const quotedColumns = (columns: readonly string[]): string =>
  columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
