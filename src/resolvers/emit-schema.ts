import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGraphQLSchema } from './build-schema.js';

/** The schema as it is committed: sorted, so that a change shows as itself. */
export const schemaText = (): string => `${printSchema(lexicographicSortSchema(buildGraphQLSchema()))}\n`;

/** Writes schema.graphql of the working directory; with --check it only tells whether that file is up to date. */
async function main(): Promise<void> {
  const file = resolve('schema.graphql');
  if (!process.argv.includes('--check')) return writeFile(file, schemaText());
  if ((await readFile(file, 'utf8').catch(() => null)) === schemaText()) return;
  process.stderr.write('schema.graphql is not what the code says: run npm run schema\n');
  process.exitCode = 1;
}

if (import.meta.main) await main();
