import { randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { withAdvisoryLock } from '../../src/adapters/postgres/advisory-lock.js';
import { awaitDatabase, DatabaseUnavailableError } from '../../src/adapters/postgres/await-database.js';
import { migrate, SchemaTooNewError } from '../../src/adapters/postgres/migrate.js';
import { deferred } from '../support/deferred.js';
import { freePort } from '../support/free-port.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { withDatabase } from '../support/test-cluster.js';

const PATIENCE_MS = 30_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.drop());

const query = (connectionString: string, sql: string) => withDatabase(connectionString, (client) => client.query(sql));

/** A database of a user that owns it and may nothing else. */
async function ownedDatabase(): Promise<{ readonly connectionString: string; drop(): Promise<void> }> {
  const name = `owned_${randomBytes(6).toString('hex')}`;
  await query(database.connectionString, `CREATE ROLE ${name} LOGIN NOSUPERUSER PASSWORD '${name}'`);
  await query(database.connectionString, `CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(database.connectionString);
  [url.username, url.password, url.pathname] = [name, name, `/${name}`];
  return {
    connectionString: url.href,
    async drop() {
      await query(database.connectionString, `DROP DATABASE ${name} WITH (FORCE)`);
      await query(database.connectionString, `DROP ROLE ${name}`);
    },
  };
}

describe('migrations', () => {
  it('are run once by processes that start together, also for a user without further rights', async () => {
    const owned = await ownedDatabase();
    try {
      const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(owned.connectionString)));
      expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
    } finally {
      await owned.drop();
    }
  });

  it('of a newer program are refused by name', async () => {
    const owned = await ownedDatabase();
    try {
      await migrate(owned.connectionString);
      await query(owned.connectionString, "INSERT INTO schema_migrations (name) VALUES ('9999-from-the-future')");
      await expect(migrate(owned.connectionString)).rejects.toThrow(SchemaTooNewError);
      await expect(migrate(owned.connectionString)).rejects.toThrow('9999-from-the-future');
    } finally {
      await owned.drop();
    }
  });
});

describe('an advisory lock', () => {
  it('lets one work at a time, tells the other that it waits, and lets it give up', async () => {
    const [begun, ended, waits] = [deferred(), deferred(), deferred()];
    const first = withAdvisoryLock(database.connectionString, 'first start', async () => {
      begun.resolve();
      await ended.promise;
      return 'first';
    });
    await begun.promise;
    const impatient = new AbortController();
    const waiting = withAdvisoryLock(database.connectionString, 'first start', async () => 'second', {
      onWait: () => waits.resolve(),
      signal: impatient.signal,
    });
    await waits.promise;
    impatient.abort();
    await expect(waiting).rejects.toThrow();
    const patient = withAdvisoryLock(database.connectionString, 'first start', async () => 'third');
    ended.resolve();
    expect(await Promise.all([first, patient])).toEqual(['first', 'third']);
  });
});

describe('a database at the start', () => {
  it('is waited for while it is away', async () => {
    const { port, hostname } = new URL(database.connectionString);
    const ownPort = await freePort();
    const url = new URL(database.connectionString);
    url.port = String(ownPort);
    const proxy = createServer();
    const major = await awaitDatabase({
      connectionString: url.href,
      patienceMs: PATIENCE_MS,
      onWait: (reason) => {
        expect(reason).toMatch(/ECONNREFUSED/);
        proxy.on('connection', (socket) => relay(socket, Number(port), hostname)).listen(ownPort, '127.0.0.1');
      },
    });
    proxy.close();
    expect(major).toBeGreaterThanOrEqual(15);
  });

  it('that stays away is told of when patience is over, without its password', async () => {
    const connectionString = `postgres://trader:hunter2@127.0.0.1:${await freePort()}/none`;
    const told: string[] = [];
    const failure = await awaitDatabase({
      connectionString,
      patienceMs: 600,
      onWait: (reason) => told.push(reason),
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    expect(String(failure)).toMatch(/ECONNREFUSED.*DATABASE_WAIT_SECONDS/);
    expect(told).toHaveLength(1);
    expect(String(failure) + told.join()).not.toContain('hunter2');
  });

  it('that knows no such database, or speaks no TLS, is not asked again', async () => {
    for (const [change, text] of [
      [(url: URL) => (url.pathname = '/no_such_database'), /does not exist/],
      [(url: URL) => url.searchParams.set('sslmode', 'verify-full'), /does not support SSL/],
    ] as const) {
      const url = new URL(database.connectionString);
      change(url);
      const waiting = awaitDatabase({
        connectionString: url.href,
        patienceMs: PATIENCE_MS,
        onWait: () => expect.fail('it waits'),
      });
      await expect(waiting).rejects.toThrow(text);
    }
  });

  it('that is too old is refused', async () => {
    const old = await oldServer();
    const { port } = old.address() as AddressInfo;
    const waiting = awaitDatabase({ connectionString: `postgres://u@127.0.0.1:${port}/d`, patienceMs: PATIENCE_MS });
    await expect(waiting).rejects.toThrow('PostgreSQL 14 is too old, 15 or newer is needed');
    old.close();
  });
});

function relay(socket: Socket, port: number, host: string): void {
  const upstream = connect(port, host);
  socket.pipe(upstream).on('error', () => socket.destroy());
  upstream.pipe(socket).on('error', () => upstream.destroy());
}

const message = (type: string, ...body: Buffer[]): Buffer => {
  const content = Buffer.concat(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
};
const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255]);

/** Says what PostgreSQL says to whoever logs in and asks for its version, which is 14.11. */
async function oldServer(): Promise<Server> {
  const ready = message('Z', Buffer.from('I'));
  const column = Buffer.concat([Buffer.from('major\0'), int32(0), int16(0), int32(23), int16(4), int32(0), int16(0)]);
  const answer = Buffer.concat([
    message('T', int16(1), column),
    message('D', int16(1), int32(2), Buffer.from('14')),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ]);
  const server = createServer((socket) => {
    let isGreeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (!isGreeted) socket.write(Buffer.concat([message('R', int32(0)), ready]));
      else if (data[0] === 'Q'.charCodeAt(0)) socket.write(answer);
      isGreeted = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
