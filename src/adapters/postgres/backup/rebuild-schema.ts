import type { Client } from 'pg';
import { MIGRATIONS_TABLE, quoted, type OwnSchema } from './own-schema.js';

export interface ForeignKey {
  /** As an identifier. */
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Removes what the migrations have made, but for the migrator's own table; and BullMQ's schema, whose jobs are of another past. */
export async function dropSchema(client: Client, { tables, routines }: OwnSchema): Promise<void> {
  const doomed = [...tables].filter((name) => name !== MIGRATIONS_TABLE).map(quoted);
  await client.query(`DROP TABLE IF EXISTS ${doomed.join(', ')} CASCADE`);
  const { rows } = await client.query<{ routine: string }>(
    `SELECT oid::regprocedure::text AS routine FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND proname = ANY ($1)`,
    [routines],
  );
  for (const { routine } of rows) await client.query(`DROP ROUTINE ${routine} CASCADE`);
  await client.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
}

/** Makes the schema as it is behind the first `count` migrations. */
export async function createSchema(client: Client, { statements }: OwnSchema, count: number): Promise<void> {
  for (const statement of statements.slice(0, count).flat()) await client.query(statement);
}

export async function foreignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conrelid, conname`,
  );
  return rows;
}
