import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext, vi } from 'vitest';
import {
  DataDirectoryInUseError,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  findRunningServer,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded/index.js';
import {
  isFailed,
  isReady,
  isSettled,
  OWNER_PROGRAM,
  type OwnerProcess,
  spawnOwner,
} from '../support/embedded-postgres-owner.js';
import { withDatabase } from '../support/test-cluster.js';

const NOBODY = { uid: 65_534, gid: 65_534 };

interface Home {
  readonly directory: string;
  readonly options: { dataDir: string; secretsFile: string; durability: 'none' };
}

let root: string;
/** A stopped cluster, as its first start and stop left it. */
let initialised: Home;
let firstStart: { steps: string[]; server: EmbeddedPostgres };
const started: EmbeddedPostgres[] = [];
const owners: OwnerProcess[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tradegraph-embedded-'));
  await chmod(root, 0o755);
  initialised = await emptyHome();
  const steps: string[] = [];
  const server = await startEmbeddedPostgres({ ...initialised.options, onStep: (step) => steps.push(step) });
  firstStart = { steps, server };
  await writeRow(server.connectionString, 'written at the first start');
  await server.stop();
});

afterEach(async () => {
  for (const owner of owners.splice(0)) await owner.stop();
  for (const server of started.splice(0)) await server.stop();
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function emptyHome(): Promise<Home> {
  const directory = await mkdtemp(join(root, 'home-'));
  return {
    directory,
    options: { dataDir: join(directory, 'postgres'), secretsFile: join(directory, 'secrets.json'), durability: 'none' },
  };
}

/** A copy of a stopped cluster: quicker than making one. (cp, because fs.cp takes a second for these 1,300 files.) */
async function homeWithCluster(): Promise<Home> {
  const home = await emptyHome();
  await promisify(execFile)('cp', ['-a', `${initialised.directory}/.`, home.directory]);
  return home;
}

async function start(home: Home, more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ ...home.options, ...more });
  started.push(server);
  return server;
}

function own(...args: Parameters<typeof spawnOwner>): OwnerProcess {
  const owner = spawnOwner(...args);
  owners.push(owner);
  return owner;
}

async function writeRow(connectionString: string, text: string): Promise<void> {
  await withDatabase(connectionString, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS kept (text text)');
    await client.query('INSERT INTO kept VALUES ($1)', [text]);
  });
}

async function readRows(connectionString: string): Promise<string[]> {
  return withDatabase(connectionString, async (client) => {
    const { rows } = await client.query<{ text: string }>('SELECT text FROM kept ORDER BY text');
    return rows.map((row) => row.text);
  });
}

async function entriesBeside(home: Home): Promise<string[]> {
  return (await readdir(home.directory)).sort();
}

function skipUnlessRoot(context: TestContext): void {
  if (process.getuid?.() !== 0) context.skip('only root can make files of other users');
}

/** The tree may lie below a directory that is closed to others, like /root. */
function skipUnlessOthersCanRun(context: TestContext): void {
  skipUnlessRoot(context);
  const script = `require('node:fs').accessSync(${JSON.stringify(OWNER_PROGRAM)})`;
  const { status } = spawnSync(process.execPath, ['-e', script], { ...NOBODY });
  if (status !== 0) context.skip('this checkout cannot be read by other users');
}

describe('the embedded PostgreSQL', () => {
  test('makes a cluster on its first start, and keeps rows, port and password over a restart', async () => {
    const { steps, server: first } = firstStart;
    expect(first.adopted).toBe(false);
    expect(steps).toEqual([`Making a new PostgreSQL database in ${initialised.options.dataDir}`]);
    expect(first.connectionString).toMatch(/^postgres:\/\/tradegraph:[\w-]{32}@127\.0\.0\.1:\d+\/tradegraph$/);

    const home = await homeWithCluster();
    const second = await start(home);
    expect(second.adopted).toBe(false);
    expect(second.connectionString).toBe(first.connectionString);
    expect(await readRows(second.connectionString)).toEqual(['written at the first start']);
    expect(await entriesBeside(home)).toEqual(['postgres', 'postgres.log', 'secrets.json']);
    expect((await stat(home.options.secretsFile)).mode & 0o777).toBe(0o600);

    await second.stop();
    await second.stop();
    expect(await findRunningServer(home.options.dataDir, home.options.secretsFile)).toBeNull();
  });

  test('listens on the loopback address alone, asks for the password, and is durable unless told otherwise', async () => {
    const home = await homeWithCluster();
    const server = await start(home, { durability: 'full' });
    const settings = await withDatabase(server.connectionString, async (client) => {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name IN
           ('listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'full_page_writes', 'max_connections',
            'server_encoding', 'TimeZone')`,
      );
      return Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    });
    expect(settings).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      max_connections: '100',
      server_encoding: 'UTF8',
      TimeZone: 'UTC',
    });
    const wrong = new URL(server.connectionString);
    wrong.password = 'wrong';
    await expect(withDatabase(wrong.href, async () => undefined)).rejects.toThrow('password authentication failed');
  });

  test('says that the server went away, and recovers committed rows after the postmaster was killed', async () => {
    const home = await homeWithCluster();
    const onLost = vi.fn();
    const server = await start(home, { onLost, durability: 'full' });
    await writeRow(server.connectionString, 'committed');
    process.kill(server.pid, 'SIGKILL');
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), { timeout: 5_000 });
    expect(onLost.mock.calls[0]?.[0]).toMatchObject({ code: 'SERVER_LOST' });

    const next = await start(home, { durability: 'full' });
    expect(next.adopted).toBe(false);
    expect(await readRows(next.connectionString)).toContain('committed');
  });

  test('outlives its owner when that is killed with its whole process group, and is adopted by the next', async () => {
    const home = await homeWithCluster();
    const owner = own(home.options);
    const { ready } = await owner.report(isReady);
    await writeRow(ready.connectionString, 'committed');
    await owner.killGroup('SIGKILL');

    const steps: string[] = [];
    const next = await start(home, { onStep: (step) => steps.push(step) });
    expect(next).toMatchObject({ adopted: true, pid: ready.pid, connectionString: ready.connectionString });
    expect(steps).toEqual([expect.stringContaining(`Adopting PostgreSQL (process ${ready.pid})`)]);
    expect(await readRows(next.connectionString)).toContain('committed');
    await next.stop();
    expect(await findRunningServer(home.options.dataDir, home.options.secretsFile)).toBeNull();
  });

  test('is restarted instead of adopted when it runs with other settings', async () => {
    const home = await homeWithCluster();
    const owner = own(home.options);
    const { ready } = await owner.report(isReady);
    await owner.killGroup('SIGKILL');

    const next = await start(home, { durability: 'full' });
    expect(next.adopted).toBe(false);
    expect(next.pid).not.toBe(ready.pid);
    const fsync = await withDatabase(next.connectionString, async (client) => (await client.query('SHOW fsync')).rows);
    expect(fsync).toEqual([{ fsync: 'on' }]);
  });

  test('starts when owner and server were both killed and the process id in postmaster.pid belongs to another program now', async () => {
    const home = await homeWithCluster();
    const owner = own({ ...home.options, durability: 'full' });
    const { ready } = await owner.report(isReady);
    await writeRow(ready.connectionString, 'committed');
    await owner.killGroup('SIGKILL');
    process.kill(ready.pid, 'SIGKILL');
    // Not this process's own id: PostgreSQL does not mind its parent's.
    const pidFile = join(home.options.dataDir, 'postmaster.pid');
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(process.ppid)));

    const next = await start(home, { durability: 'full' });
    expect(next.adopted).toBe(false);
    expect(await readRows(next.connectionString)).toContain('committed');
  });

  test('starts when the killed postmaster has become a zombie that nobody waits for', async () => {
    const home = await homeWithCluster();
    const owner = own(home.options);
    const { ready } = await owner.report(isReady);
    // Its parent is stopped and cannot wait for it; the first process of a container often never does.
    process.kill(owner.pid, 'SIGSTOP');
    process.kill(ready.pid, 'SIGKILL');
    try {
      expect((await start(home)).adopted).toBe(false);
    } finally {
      await owner.killGroup('SIGKILL');
    }
  });

  test('takes another port when the remembered one has been taken meanwhile', async () => {
    const home = await homeWithCluster();
    const { port } = JSON.parse(await readFile(home.options.secretsFile, 'utf8')) as { port: number };
    const intruder = createServer();
    await new Promise<void>((resolve) => intruder.listen(port, '127.0.0.1', resolve));
    try {
      const server = await start(home);
      const chosen = Number(new URL(server.connectionString).port);
      expect(chosen).not.toBe(port);
      expect(JSON.parse(await readFile(home.options.secretsFile, 'utf8'))).toMatchObject({ port: chosen });
    } finally {
      intruder.close();
    }
  });
});

describe('the ownership of a data directory', () => {
  test('is refused to a second program, which is told who holds it and since when', async () => {
    const home = await homeWithCluster();
    const owner = own(home.options);
    const { ready } = await owner.report(isReady);

    const refusal = await start(home).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUseError);
    expect(refusal).toMatchObject({ code: 'DATA_DIRECTORY_IN_USE', ownerPid: owner.pid });
    expect(Math.abs(Date.now() - (refusal as DataDirectoryInUseError).since.getTime())).toBeLessThan(30_000);
    await writeRow(ready.connectionString, 'the owner goes on');
    await owner.stop();

    const next = await start(home);
    expect(next.adopted).toBe(false);
    expect(await readRows(next.connectionString)).toContain('the owner goes on');
  });

  test('goes to exactly one of two programs that start at once on a directory that is not there yet', async () => {
    const home = await emptyHome();
    const contenders = [own(home.options), own(home.options)];
    const outcomes = await Promise.all(contenders.map((contender) => contender.report(isSettled)));
    const winners = contenders.filter((_, index) => isReady(outcomes[index]!));
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes.filter(isFailed)) {
      expect(outcome.failed).toMatchObject({ code: 'DATA_DIRECTORY_IN_USE', ownerPid: winners[0]!.pid });
    }
    const { connectionString } = outcomes.find(isReady)!.ready;
    await writeRow(connectionString, 'works');
    expect(await readRows(connectionString)).toEqual(['works']);
  });
});

describe('a start that was interrupted or cannot succeed', () => {
  test('leaves nothing half-made when it is killed while the cluster is made', async () => {
    const home = await emptyHome();
    const owner = own(home.options);
    const draft = await vi.waitFor(
      async () => {
        const name = (await entriesBeside(home)).find((entry) => entry.startsWith('postgres.init-'));
        const entries = await readdir(join(home.directory, name!));
        expect(entries).toContain('PG_VERSION');
        return name!;
      },
      { timeout: 10_000, interval: 2 },
    );
    await owner.killGroup('SIGKILL');
    expect(await entriesBeside(home)).toEqual([draft, 'secrets.json']);

    const server = await start(home);
    await writeRow(server.connectionString, 'works');
    expect(await entriesBeside(home)).toEqual(['postgres', 'postgres.log', 'secrets.json']);
  });

  test('shows the last lines of the log when PostgreSQL refuses to start', async () => {
    const home = await homeWithCluster();
    const failure = start(home, { settings: { shared_buffers: 'plenty' } });
    await expect(failure).rejects.toMatchObject({ code: 'START_FAILED' });
    await expect(failure).rejects.toThrow('invalid value for parameter "shared_buffers": "plenty"');
  });

  test.for([
    ['a file', 'DATA_DIRECTORY_NOT_A_DIRECTORY', (dataDir: string) => writeFile(dataDir, '')],
    [
      'full of something else',
      'DATA_DIRECTORY_NOT_A_CLUSTER',
      (dataDir: string) => writePath(dataDir, 'notes.txt', 'x'),
    ],
    [
      'of another PostgreSQL',
      'DATA_DIRECTORY_OTHER_VERSION',
      (dataDir: string) => writePath(dataDir, 'PG_VERSION', '15\n'),
    ],
    ['without its secrets', 'SECRETS_MISSING', (dataDir: string) => writePath(dataDir, 'PG_VERSION', '18\n')],
  ] as const)('refuses a data directory that is %s', async ([, code, prepare]) => {
    const home = await emptyHome();
    await prepare(home.options.dataDir);
    const before = await entriesBeside(home);
    await expect(start(home)).rejects.toMatchObject({ code });
    expect(await entriesBeside(home)).toEqual(before);
  });

  test('refuses secrets that cannot be read, and secrets of another cluster', async () => {
    const home = await homeWithCluster();
    const { secretsFile } = home.options;
    const secrets = JSON.parse(await readFile(secretsFile, 'utf8')) as object;
    await writeFile(secretsFile, 'not JSON');
    await expect(start(home)).rejects.toMatchObject({ code: 'SECRETS_INVALID' });
    await writeFile(secretsFile, JSON.stringify({ ...secrets, password: 'of-another-cluster' }));
    await expect(start(home)).rejects.toMatchObject({ code: 'PASSWORD_REFUSED' });
    expect(await findRunningServer(home.options.dataDir, secretsFile)).toBeNull();
  });

  test("refuses another user's data directory and leaves it as it is", async (context) => {
    skipUnlessRoot(context);
    const home = await homeWithCluster();
    await chown(home.options.dataDir, 12_345, 12_345);
    const refusal = start(home);
    await expect(refusal).rejects.toMatchObject({ code: 'DATA_DIRECTORY_OTHER_OWNER' });
    await expect(refusal).rejects.toThrow('belongs to user id 12345');
    expect((await stat(home.options.dataDir)).uid).toBe(12_345);
  });

  test('says so when it may not write where the database is to be', async (context) => {
    skipUnlessOthersCanRun(context);
    const home = await emptyHome();
    await chmod(home.directory, 0o755);
    const { failed } = await own(home.options, NOBODY).report(isFailed);
    expect(failed).toMatchObject({ code: 'NOT_WRITABLE' });
  });
});

describe('the user it runs as', () => {
  test('may be a plain user', async (context) => {
    skipUnlessOthersCanRun(context);
    const home = await emptyHome();
    await chown(home.directory, NOBODY.uid, NOBODY.gid);
    const owner = own(home.options, NOBODY);
    const { ready } = await owner.report(isReady);
    await writeRow(ready.connectionString, 'works');
    expect((await stat(home.options.dataDir)).uid).toBe(NOBODY.uid);
    const second = await own(home.options, NOBODY).report(isSettled);
    expect(second).toMatchObject({ failed: { code: 'DATA_DIRECTORY_IN_USE', ownerPid: owner.pid } });
  });

  test('may be root, also where namespaces are forbidden, and below a directory that is closed to others', async (context) => {
    skipUnlessOthersCanRun(context);
    const home = await emptyHome();
    expect((await stat(home.directory)).mode & 0o077).toBe(0);
    await mkdir(join(home.directory, 'data'));
    const options = { ...home.options, dataDir: join(home.directory, 'data', 'postgres') };

    const unprivileged = await startEmbeddedPostgres({ ...options, asRoot: 'unprivileged-account' });
    started.push(unprivileged);
    await writeRow(unprivileged.connectionString, 'made without a namespace');
    expect((await stat(options.dataDir)).uid).not.toBe(0);
    await unprivileged.stop();

    const namespaced = await startEmbeddedPostgres({ ...options, asRoot: 'user-namespace' });
    started.push(namespaced);
    expect(await readRows(namespaced.connectionString)).toEqual(['made without a namespace']);
    expect((await stat(options.dataDir)).uid).toBe(0);
    await namespaced.stop();
  });
});

async function writePath(directory: string, name: string, content: string): Promise<void> {
  await mkdir(directory);
  await writeFile(join(directory, name), content);
}
