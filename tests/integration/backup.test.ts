import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BackupError,
  restoreBackup,
  verifyBackup,
  writeBackup,
  type RestoreSummary,
} from '../../src/adapters/postgres/backup/index.js';
import { MIGRATIONS_TABLE, ownSchema } from '../../src/adapters/postgres/backup/own-schema.js';
import { openDatabase } from '../../src/adapters/postgres/database.js';
import { migrations } from '../../migrations/index.js';
import { eventually } from '../support/eventually.js';
import { checkInvariants } from '../support/invariants.js';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { startTestDatabase } from '../support/postgres.js';
import { stateDigest } from '../support/state-digest.js';
import { withDatabase } from '../support/test-cluster.js';
import { makeBar, SYMBOL } from '../support/trading-engine.js';
import { TradingWorld } from '../support/trading-world.js';

const STRATEGIES = '/home/trader/strategies';
const BAR = { open: 400, high: 402, low: 399, close: 401, volume: 90 };
const run = promisify(execFile);

let world: TradingWorld;
let folder: string;
let backupPath: string;
/** A new database into which the backup was restored. */
let restored: string;
let summary: RestoreSummary;
const databases: string[] = [];

const backUp = (path: string, connectionString = world.connectionString) =>
  writeBackup({ connectionString, path, programVersion: '0.1.0', strategiesFolder: STRATEGIES });

async function restore(path: string, connectionString: string, force = false): Promise<RestoreSummary> {
  const backup = await verifyBackup(path);
  return restoreBackup({ connectionString, backup, strategiesFolder: STRATEGIES, force });
}

/** One without any table, as a new PostgreSQL has it. */
async function bareDatabase(): Promise<string> {
  const name = `bare_${databases.length}_${process.pid}_${Date.now()}`;
  await withDatabase(world.connectionString, (client) => client.query(`CREATE DATABASE ${name}`));
  databases.push(name);
  const url = new URL(world.connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

/** Every row of every table, without what a restore gives anew. */
const contents = (connectionString: string): Promise<Record<string, string>> =>
  withDatabase(connectionString, async (client: Client) => {
    await client.query("SET TimeZone = 'UTC'");
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND NOT tablename IN ('log_identity', 'consumer_members') ORDER BY 1",
    );
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ digest: string }>(
        `SELECT count(*) || ' ' || md5(COALESCE(string_agg(line, E'\\n' ORDER BY line), '')) AS digest
         FROM (SELECT (to_jsonb(t) - '{owner,lease_until}'::text[])::text AS line FROM "${name}" t) lines`,
      );
      found[name] = rows[0]!.digest;
    }
    return found;
  });

/** Constraints, triggers, indexes and sequences, as text. */
const shape = (connectionString: string) =>
  withDatabase(connectionString, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) || convalidated AS line FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
       UNION ALL SELECT tgrelid::regclass || ' ' || tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
       UNION ALL SELECT tablename || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
       UNION ALL SELECT sequencename || ' ' || last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
       ORDER BY 1`,
    );
    return rows.map(({ line }) => line);
  });

const identity = (connectionString: string) =>
  withDatabase(connectionString, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM log_identity');
    return rows.map(({ id }) => id);
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-backup-'));
  world = await TradingWorld.open();
  const service = world.service();
  service.start();
  for (let minute = 0; minute < 12; minute += 1) {
    await world.minute(makeBar(minute, BAR), minute % 6 === 2 ? 'BUY' : minute % 6 === 5 ? 'SELL' : 'HOLD');
  }
  await eventually('all accounts caught up', () => world.isCaughtUp(), 30_000);
  await service.stop();
  // Values that a format could spoil, and a row that is larger than a block.
  await world.query(
    `INSERT INTO data_quality_issues (symbol, timeframe, code, last_message) VALUES
       ($1, 'ONE_MINUTE', 'A', $2), ($1, 'ONE_MINUTE', 'B', ''), ($1, 'ONE_MINUTE', 'C', '\\N')`,
    [SYMBOL, 'tab\there, line\nbreak\r\n, back\\slash, "quotes", \\., Zürich €, 日本'],
  );
  await world.query(
    `INSERT INTO models (id, kind, symbol, timeframe, version, status, backend, trained_from, trained_to, skill,
       held_out_count, seed, training_seconds, artifact)
     SELECT gen_random_uuid(), 'LSTM', $1, 'ONE_MINUTE', v, 'ACTIVE', 'wasm', '2016-01-01 00:00:00.123456Z', 'infinity',
       0.1::float8 + v * 0.2::float8, 10, 7, 1e-300, decode(repeat('0123456789abcdef', 280000), 'hex')
     FROM generate_series(1, 1) v`,
    [SYMBOL],
  );
  await world.query("UPDATE consumer_offsets SET owner = 'somebody', lease_until = now() + interval '1 hour'");
  backupPath = join(folder, 'whole.tar');
  await backUp(backupPath);
  restored = await bareDatabase();
  summary = await restore(backupPath, restored);
}, 120_000);

afterAll(async () => {
  for (const name of databases) {
    await withDatabase(world.connectionString, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  }
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('restores every row of every table into a new database, and the books and the log keep their invariants', async () => {
    expect(summary.migrated).toEqual([]);
    const [there, here] = [await contents(world.connectionString), await contents(restored)];
    expect(here).toEqual(there);
    expect(Number.parseInt(here['fills']!, 10)).toBeGreaterThan(3);
    expect(await checkInvariants(restored)).toEqual([]);
    expect(await stateDigest(restored)).toEqual(await stateDigest(world.connectionString));
  });

  it('brings back the constraints, the triggers and the sequences', async () => {
    expect(await shape(restored)).toEqual(await shape(world.connectionString));
    await withDatabase(restored, async (client) => {
      await expect(client.query('DELETE FROM fills')).rejects.toThrow();
      await expect(client.query('UPDATE fills SET order_id = gen_random_uuid()')).rejects.toThrow();
    });
  });

  it('gives the log another identity, so that cursors of clients that have seen more are refused; nobody holds a lease', async () => {
    expect(await identity(restored)).toHaveLength(1);
    expect(await identity(restored)).not.toEqual(await identity(world.connectionString));
    await withDatabase(restored, async (client) => {
      const { rows } = await client.query(
        'SELECT FROM consumer_offsets WHERE owner IS NOT NULL OR lease_until > now()',
      );
      expect(rows).toEqual([]);
    });
  });

  it.runIf(RUNS_LONG_TESTS)(
    'is one moment, however much is written while it is made, and what writes does not wait for it',
    async () => {
      const path = join(folder, 'busy.tar');
      const state = { isMade: false };
      const made = backUp(path).finally(() => (state.isMade = true));
      for (let minute = 12; !state.isMade || minute < 14; minute += 1) await world.minute(makeBar(minute, BAR));
      await made;
      const target = await bareDatabase();
      await restore(path, target);
      await withDatabase(target, async (client) => {
        const { rows } = await client.query<{ bars: number; events: number; signals: number }>(
          `SELECT (SELECT count(*)::int FROM market_data) AS bars,
           (SELECT count(*)::int FROM event_log WHERE topic = 'market_data' AND type = 'bar') AS events,
           (SELECT count(*)::int FROM trading_signals) AS signals`,
        );
        const [{ bars, events, signals } = { bars: 0, events: 1, signals: 2 }] = rows;
        expect(bars).toBe(events);
        expect(signals).toBe(bars);
        expect(bars).toBeGreaterThanOrEqual(12);
      });
    },
  );

  it('is a tar archive that tar, gzip and psql can restore by hand', async () => {
    const there = join(folder, 'by-hand');
    await mkdir(there);
    await run('tar', ['-xf', backupPath, '-C', there]);
    await run('sha256sum', ['-c', 'manifest.sha256'], { cwd: there });
    const { stdout } = await run('sh', ['-c', `cat ${there}/tables/models/*.gz | gzip -d | wc -l`]);
    expect(Number(stdout)).toBe(1);
    expect((await readdir(join(there, 'tables/models'))).length).toBe(2);
  });

  it('is readable by its owner alone, and never replaces a file', async () => {
    expect((await stat(backupPath)).mode & 0o777).toBe(0o600);
    const before = await readFile(backupPath);
    await expect(backUp(backupPath)).rejects.toThrow(/is there already/);
    expect((await readFile(backupPath)).equals(before)).toBe(true);
  });

  it('leaves nothing behind when it cannot be made', async () => {
    await expect(backUp('/nowhere/at/all.tar')).rejects.toThrow(/folder is not there.*There is no backup/);
    const elsewhere = await mkdtemp(join(folder, 'unmade-'));
    await expect(backUp(join(elsewhere, 'a.tar'), await bareDatabase())).rejects.toThrow(/empty: there is nothing/);
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

describe('a restore', () => {
  it('refuses a database that holds something, says what, and changes nothing; with force it replaces it', async () => {
    const other = await startTestDatabase();
    try {
      await withDatabase(other.connectionString, (client) =>
        client.query("INSERT INTO corporate_actions VALUES ('AAPL', '2020-08-31', 'SPLIT', 4, 'RAW', 'csv')"),
      );
      const before = await contents(other.connectionString);
      await expect(restore(backupPath, other.connectionString)).rejects.toThrow(
        /not empty \(corporate_actions\).*--force/,
      );
      expect(await contents(other.connectionString)).toEqual(before);
      if (!RUNS_LONG_TESTS) return;
      await restore(backupPath, other.connectionString, true);
      expect((await contents(other.connectionString))['corporate_actions']).toMatch(/^0 /);
      expect(await checkInvariants(other.connectionString)).toEqual([]);
    } finally {
      await other.drop();
    }
  });

  it('refuses a database that a Tradegraph is connected to, and one with tables of others', async () => {
    const target = await bareDatabase();
    const database = await openDatabase({ connectionString: target });
    await database.pool.query('SELECT 1');
    await expect(restore(backupPath, target, true)).rejects.toThrow(/a Tradegraph is connected/);
    await database.close();
    await withDatabase(target, (client) => client.query('CREATE TABLE customers (id int)'));
    await expect(restore(backupPath, target, true)).rejects.toThrow(/not Tradegraph's \(customers\)/);
    expect(Object.keys(await contents(target))).toEqual(['customers']);
  });

  it('refuses a file that is none, is cut short anywhere, or has one bit turned, before it touches the database', async () => {
    const bytes = await readFile(backupPath);
    const broken = join(folder, 'broken.tar');
    const refusal = async (content: Buffer): Promise<string> => {
      await writeFile(broken, content);
      return verifyBackup(broken).then(
        () => 'accepted',
        (error: unknown) => (error instanceof BackupError ? error.message : `unexpected: ${String(error)}`),
      );
    };
    expect(await refusal(Buffer.from('not a backup'))).toMatch(/is not a backup/);
    expect(await refusal(Buffer.alloc(0))).toMatch(/is not a backup/);
    // Before that it is the header that says whose file this is.
    const firstTable = bytes.indexOf('tables/');
    for (const share of [0, 0.1, 0.5, 0.9]) {
      const end = firstTable + 100 + Math.floor((bytes.length - firstTable) * share);
      expect(await refusal(bytes.subarray(0, end)), String(share)).toMatch(/cut short/);
    }
    // Ended where tar allows an end, but before the manifest.
    const manifestAt = bytes.indexOf('manifest.json\0');
    expect(await refusal(Buffer.concat([bytes.subarray(0, manifestAt), Buffer.alloc(1024)]))).toMatch(
      /manifest is missing/,
    );
    for (const name of [
      'backup.json',
      'tables/models/000002.copy.gz',
      'tables/fills/',
      'manifest.json',
      'manifest.sha256',
    ]) {
      const turned = Buffer.from(bytes);
      // Well inside of the file: tar's header is 512 bytes.
      turned[turned.indexOf(name) + 512 + 60]! ^= 0x04;
      expect(await refusal(turned), name).toMatch(/damaged|cut short|not a backup/);
    }
    await rm(broken);
    await expect(verifyBackup(broken)).rejects.toThrow(/cannot be read/);
  });

  it('names the version to use for a format or a schema that it does not know', async () => {
    const there = join(folder, 'newer');
    await mkdir(there);
    await writeFile(join(there, 'backup.json'), JSON.stringify({ format: 9, programVersion: '7.2.0' }));
    await run('tar', ['--format=ustar', '-cf', join(folder, 'newer.tar'), '-C', there, 'backup.json']);
    await expect(verifyBackup(join(folder, 'newer.tar'))).rejects.toThrow(/format 9, made by Tradegraph 7\.2\.0/);
    const backup = await verifyBackup(backupPath);
    const header = { ...backup.header, migrations: [...backup.header.migrations, '9999-wonders'] as [string] };
    const newer = { backup: { ...backup, header }, strategiesFolder: STRATEGIES, force: false };
    await expect(restoreBackup({ connectionString: await bareDatabase(), ...newer })).rejects.toThrow(/9999-wonders/);
  });

  it.runIf(RUNS_LONG_TESTS)(
    'takes all or nothing: a file that changes after it was checked leaves the database as it was',
    async () => {
      const path = join(folder, 'changing.tar');
      await writeFile(path, await readFile(backupPath));
      const backup = await verifyBackup(path);
      const target = await startTestDatabase();
      try {
        const before = await contents(target.connectionString);
        await truncate(path, Math.floor((await stat(path)).size * 0.6));
        const options = {
          connectionString: target.connectionString,
          backup,
          strategiesFolder: STRATEGIES,
          force: true,
        };
        await expect(restoreBackup(options)).rejects.toThrow(BackupError);
        expect(await contents(target.connectionString)).toEqual(before);
      } finally {
        await target.drop();
      }
    },
  );

  it.runIf(RUNS_LONG_TESTS)('restores a backup of an older schema and migrates it', async () => {
    const [older, target] = [await bareDatabase(), await bareDatabase()];
    const names = migrations.map(({ name }) => name);
    const known = names.slice(0, names.indexOf('0008-searches'));
    const database = await openDatabase({ connectionString: older, poolSize: 1 });
    await database.orm.migrator.up({ to: known.at(-1)! });
    await database.close();
    await withDatabase(older, (client) =>
      client.query(
        `INSERT INTO instruments (symbol, name, asset_class, currency, tick_size, lot_size, calendar, data_source)
         VALUES ('AAPL', 'Apple', 'EQUITY', 'USD', 0.01, 1, 'us-equity', 'replay')`,
      ),
    );
    await backUp(join(folder, 'older.tar'), older);
    const { migrated } = await restore(join(folder, 'older.tar'), target);
    expect(migrated).toEqual(names.slice(known.length));
    const found = await contents(target);
    expect(found['instruments']).toMatch(/^1 /);
    expect(found).toHaveProperty('searches');
  });

  it.runIf(RUNS_LONG_TESTS)('finds the strategies of deployments in the folder where they are now', async () => {
    const target = await bareDatabase();
    await world.query(
      `INSERT INTO deployments (id, account_id, strategy, reference, params, symbols, timeframe, source, warm_from, trade_after)
       VALUES (gen_random_uuid(), 'replay-manual', 'mine', $1, '{}', '["BTC-USD"]', 'ONE_MINUTE', 'mine-1', now(), now())`,
      [JSON.stringify({ kind: 'FILE', path: `${STRATEGIES}/mine.ts` })],
    );
    await backUp(join(folder, 'deployed.tar'));
    const backup = await verifyBackup(join(folder, 'deployed.tar'));
    await restoreBackup({ connectionString: target, backup, strategiesFolder: '/srv/own', force: false });
    const { rows } = await withDatabase(target, (client) => client.query('SELECT reference FROM deployments'));
    expect(rows).toEqual([{ reference: { kind: 'FILE', path: '/srv/own/mine.ts' } }]);
  });
});

describe('what belongs to Tradegraph', () => {
  it('is what its migrations make: every table, and no other', async () => {
    const { tables } = await ownSchema(world.connectionString);
    const made = await world.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    expect([...tables].toSorted()).toEqual(made.map(({ name }) => name).toSorted());
    expect(tables).toContain(MIGRATIONS_TABLE);
  });
});
