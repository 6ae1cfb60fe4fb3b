import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig, type Config } from '../../src/config/config.js';
import { startProgram } from '../../src/main.js';
import type { Steps } from '../../src/roles/steps.js';
import { openCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';

const PREPARED_BY_OTHERS = 'waits for a process with the role ingestion';

let database: TestDatabase;
let proxy: CuttingProxy;
let home: string;

beforeEach(async () => {
  database = await startTestDatabase();
  proxy = await openCuttingProxy(database.connectionString);
  home = await mkdtemp(join(tmpdir(), 'tradegraph-start-'));
});
afterEach(async () => {
  await proxy.close();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

function configOf(environment: Record<string, string>): Config {
  const config = readConfig({ TRADEGRAPH_HOME: home, ...environment });
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}

/**
 * Starts the role trading on a database that nobody has prepared yet: as far as it comes before that, over a line that is cut
 * after `text` until the program says so. Answers what it said.
 */
async function startOverBrokenLine(text: string): Promise<readonly string[]> {
  const said: string[] = [];
  const stop = new AbortController();
  const nothing = { progress: () => undefined, done: () => undefined, failed: () => undefined };
  const steps: Steps = {
    begin: () => nothing,
    say: (line) => {
      said.push(line);
      if (line.includes('begins again')) proxy.heal();
      if (line.includes(PREPARED_BY_OTHERS)) stop.abort(new Error('far enough'));
    },
  };
  proxy.cutAfter(text);
  const start = startProgram({
    config: configOf({ DATABASE_URL: proxy.connectionString, DATABASE_WAIT_SECONDS: '20' }),
    roles: ['trading'],
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    steps,
    signal: stop.signal,
    onLost: () => undefined,
  });
  await expect(start).rejects.toThrow(/far enough|aborted/);
  return said;
}

it.each([
  ['asks which migrations there are', 'schema_migrations'],
  ['asks whether the database is there', 'pg_database'],
  ['opens its job queue', 'bullmq'],
  ['asks whether the database is prepared', 'SELECT FROM accounts'],
])('a connection that breaks while the program %s is said, and the start begins again', async (_when, text) => {
  const said = await startOverBrokenLine(text);
  expect(said.filter((line) => line.includes('begins again'))).toEqual([
    expect.stringMatching(/DATABASE_URL: .*Connection terminated.*in the middle of the start/),
  ]);
  expect(said.at(-1)).toContain(PREPARED_BY_OTHERS);
});
