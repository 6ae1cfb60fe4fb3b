import { describeJobQueue } from '../contract/job-queue.js';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openRedisJobQueue } from '../../src/adapters/queue/open-job-queue.js';
import type { RedisBackendOptions } from '../../src/adapters/queue/redis-backend.js';
import { JobQueueUnavailableError, type JobDefinition, type JobQueue } from '../../src/ports/job-queue.js';
import { recordingLogger } from '../support/recording-logger.js';
import { startRedisServer, type RedisServer } from '../support/redis-server.js';

const DEADLINE = { timeout: 30_000, interval: 20 };

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server?.remove());

const newPrefix = (): string => `test-${randomBytes(4).toString('hex')}`;
const opened: JobQueue[] = [];
const servers: RedisServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close(5_000)));
  await Promise.all(servers.splice(0).map((each) => each.remove()));
});

/** A server of one test, ended after it. */
async function ownServer(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  const own = await startRedisServer(settings);
  servers.push(own);
  return own;
}

/** A queue on the server of this file, closed after the test, with what it logged. */
async function openQueue(options: Partial<RedisBackendOptions> = {}) {
  const logger = recordingLogger();
  const queue = await openRedisJobQueue({ url: server.url, prefix: newPrefix(), logger, ...options });
  opened.push(queue);
  return { queue, lines: logger.lines };
}

function textJob(run: (text: string) => void, name = `redis-${randomBytes(4).toString('hex')}`): JobDefinition<string> {
  return {
    name,
    attempts: 1,
    concurrency: 1,
    parse: (payload) => String(payload),
    run: async (text) => run(text),
  };
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => expect.unreachable('it must fail'),
    (error: Error) => error,
  );
}

const sharedPrefix = newPrefix();
describeJobQueue('BullMQ on Redis', async () =>
  openRedisJobQueue({ url: server.url, prefix: sharedPrefix, logger: recordingLogger() }),
);

describe('a job queue on Redis', () => {
  it('begins every key with its prefix, in its own database', async () => {
    const prefix = newPrefix();
    const { queue } = await openQueue({ url: `${server.url}/3`, prefix });
    const job = textJob(() => undefined);
    await queue.schedule(job, { id: 'hourly', everyMs: 3_600_000, payload: '' });
    await queue.enqueue(job, 'one');
    const client = new Redis({ port: server.port, db: 3 });
    const keys = await client.keys('*');
    client.disconnect();
    expect(keys.length).toBeGreaterThan(3);
    expect(keys.filter((key) => !key.startsWith(`${prefix}:`))).toEqual([]);
  });

  it('warns of a Redis that deletes keys when memory is short, once', async () => {
    const client = new Redis({ port: server.port });
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { lines } = await openQueue();
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    client.disconnect();
    expect(lines.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
      'warn maxmemory-policy is allkeys-lru',
    ]);
  });

  it('says at the start which server does not answer, after asking more than once', async () => {
    const gone = await ownServer();
    await gone.remove();
    const logger = recordingLogger();
    const url = gone.url.replace('//', '//trader:hunter2@');
    const error = await failureOf(openRedisJobQueue({ url, prefix: 'p', logger, attempts: 3 }));
    expect(error).toBeInstanceOf(JobQueueUnavailableError);
    expect(error.message).toBe(
      `${gone.url}/0 does not answer: connect ECONNREFUSED 127.0.0.1:${gone.port} (asked 3 times)`,
    );
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
    expect(JSON.stringify(logger.lines)).not.toContain('hunter2');
  });
});

describe('user and password', () => {
  it('are taken out of the URL, also percent-encoded; a wrong one is refused at once and not shown', async () => {
    const closed = await ownServer({ requirepass: 'p@ss/word' });
    try {
      const { queue } = await openQueue({ url: closed.url.replace('//', '//default:p%40ss%2Fword@') });
      expect(await queue.status()).toEqual([]);
      for (const credentials of [':hunter2@', 'nobody:hunter2@', '']) {
        const url = closed.url.replace('//', `//${credentials}`);
        const logger = recordingLogger();
        const error = await failureOf(openRedisJobQueue({ url, prefix: 'p', logger }));
        expect(error.message).toMatch(new RegExp(`^${closed.url}/0 refuses us: (WRONGPASS|NOAUTH)`));
        expect(error.message + JSON.stringify(logger.lines)).not.toContain('hunter2');
      }
      await queue.close(5_000);
    } finally {
      await closed.remove();
    }
  });
});

it('works with a user that may touch nothing but the keys of its prefix, and is refused under another', async () => {
  const own = await ownServer();
  const admin = new Redis({ port: own.port });
  await admin.call('ACL', 'SETUSER', 'trader', 'on', '>hunter2', '~mine:*', '+@all', '-@dangerous', '+info');
  const url = own.url.replace('//', '//trader:hunter2@');
  const { queue, lines } = await openQueue({ url, prefix: 'mine' });
  const seen: string[] = [];
  const job = textJob((text) => void seen.push(text));
  await queue.work(job);
  await queue.schedule(job, { id: 'tick', everyMs: 100, payload: 'tick' });
  await queue.enqueue(job, 'once', { id: 'once' });
  await vi.waitFor(() => expect(seen.length).toBeGreaterThan(3), DEADLINE);
  await queue.unschedule(job, 'tick');
  expect(await admin.call('ACL', 'LOG')).toEqual([]);
  expect(lines).toEqual([]);
  const error = await failureOf(openRedisJobQueue({ url, prefix: 'theirs', logger: recordingLogger() }));
  expect(error.message).toMatch(new RegExp(`^${own.url}/0 refuses us: NOPERM`));
  await queue.close(5_000);
  admin.disconnect();
});

describe('rediss://', () => {
  it('speaks TLS with a server whose authority is given, and with no other', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tradegraph-redis-tls-'));
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=redis'];
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
    await promisify(execFile)('openssl', ['req', ...certificate, ...names]);
    const ca = await readFile(cert, 'utf8');
    const plain = await ownServer();
    const port = plain.port;
    await plain.remove();
    const tls = {
      'tls-port': `${port}`,
      port: '0',
      'tls-cert-file': cert,
      'tls-key-file': key,
      'tls-ca-cert-file': cert,
    };
    const secured = await ownServer({ ...tls, 'tls-auth-clients': 'no' });
    const url = `rediss://127.0.0.1:${port}`;
    try {
      const { queue } = await openQueue({ url, ca });
      const seen: string[] = [];
      const job = textJob((text) => void seen.push(text));
      await queue.work(job);
      await queue.enqueue(job, 'over TLS');
      await vi.waitFor(() => expect(seen).toEqual(['over TLS']), DEADLINE);
      await queue.close(5_000);
      const error = await failureOf(openRedisJobQueue({ url, prefix: 'p', logger: recordingLogger(), attempts: 1 }));
      expect(error.message).toMatch(/^rediss:\/\/127\.0\.0\.1:\d+\/0 does not answer: self-signed certificate/);
    } finally {
      await secured.remove();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

describe('a Redis that goes away', () => {
  it('fails what is asked quickly and clearly, is told of once, and is worked on again when it is back', async () => {
    const own = await ownServer();
    const { queue, lines } = await openQueue({ url: own.url });
    const seen: string[] = [];
    const job = textJob((text) => void seen.push(text));
    await queue.work(job);
    await queue.enqueue(job, 'before');
    await vi.waitFor(() => expect(seen).toEqual(['before']), DEADLINE);
    await vi.waitFor(async () => expect(await queue.status()).toMatchObject([{ active: 0 }]), DEADLINE);

    await own.kill();
    await vi.waitFor(
      () => expect(lines.some(({ message }) => message.startsWith('Redis is away'))).toBe(true),
      DEADLINE,
    );
    const others = textJob(() => undefined);
    for (const asked of [
      queue.enqueue(job, 'lost'),
      queue.enqueue(others, 'of a kind that was never queued'),
      queue.schedule(job, { id: 'tick', everyMs: 1_000, payload: '' }),
      queue.scheduleIds(job),
      queue.status(),
    ]) {
      const error = await failureOf(asked);
      expect(error).toBeInstanceOf(JobQueueUnavailableError);
      expect(error.message).toContain(`the job queue does not answer: ${own.url}/0: `);
    }

    await own.start();
    await vi.waitFor(async () => expect(await queue.status()).toHaveLength(2), DEADLINE);
    await queue.enqueue(job, 'after');
    await vi.waitFor(() => expect(seen).toEqual(['before', 'after']), DEADLINE);
    expect(lines.filter(({ message }) => message.startsWith('Redis is')).map(({ message }) => message)).toEqual([
      'Redis is away; it is asked again',
      'Redis is back',
    ]);
    expect(lines.filter(({ level, message }) => level === 'warn' && message.includes('trouble'))).toEqual([]);
    await queue.close(5_000);
  });

  it('finishes the job that it broke into, once it is back with its data', async () => {
    const own = await ownServer();
    const { queue } = await openQueue({ url: own.url });
    const gate = new AbortController();
    const open = new Promise<void>((resolve) => gate.signal.addEventListener('abort', () => resolve()));
    const started = vi.fn<() => void>();
    const job = { ...textJob(() => undefined), run: async () => (started(), open) };
    await queue.work(job);
    await queue.enqueue(job, 'long');
    await vi.waitFor(() => expect(started).toHaveBeenCalled(), DEADLINE);
    // Frozen: the line is there and nobody answers.
    process.kill(own.pid(), 'SIGSTOP');
    const error = await failureOf(queue.enqueue(job, 'unanswered'));
    expect(error.message).toContain('Command timed out');
    gate.abort();
    process.kill(own.pid(), 'SIGCONT');
    await vi.waitFor(async () => expect(await queue.status()).toMatchObject([{ active: 0, failed: 0 }]), DEADLINE);
    await queue.close(5_000);
  }, 60_000);

  it('keeps nobody from closing the queue in time', async () => {
    const own = await ownServer();
    const { queue } = await openQueue({ url: own.url });
    const running = vi.fn<() => void>();
    const gate = new AbortController();
    const open = new Promise<void>((resolve) => gate.signal.addEventListener('abort', () => resolve()));
    const job = { ...textJob(() => undefined), run: async () => (running(), open) };
    await queue.work(job);
    await queue.work(textJob(() => undefined));
    await queue.enqueue(job, '');
    await vi.waitFor(() => expect(running).toHaveBeenCalled(), DEADLINE);
    await own.kill();
    await queue.close(1_000);
    opened.splice(opened.indexOf(queue), 1);
    gate.abort();
  });
});

describe('a Redis that is flushed', () => {
  it('is noticed by every process; what is put again runs on the workers that were there', async () => {
    const own = await ownServer();
    const prefix = newPrefix();
    const options = { url: own.url, prefix, lossCheckMs: 50 };
    const [{ queue: first, lines }, { queue: second }] = [await openQueue(options), await openQueue(options)];
    const seen: string[] = [];
    const job = textJob((text) => void seen.push(text));
    const hourly = textJob(() => undefined);
    const schedule = () => second.schedule(job, { id: 'tick', everyMs: 100, payload: 'tick' });
    const scheduleHourly = () => first.schedule(hourly, { id: 'hourly', everyMs: 3_600_000, payload: '' });
    await Promise.all([first.work(job), schedule(), scheduleHourly()]);
    first.whenLost(() => void scheduleHourly());
    const lost = vi.fn<() => void>(() => void schedule());
    second.whenLost(lost);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(1), DEADLINE);

    const client = new Redis({ port: own.port });
    for (let flushes = 1; flushes <= 3; flushes += 1) {
      await client.flushall();
      await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(flushes), DEADLINE);
      const before = seen.length;
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(before + 2), DEADLINE);
      await vi.waitFor(async () => expect(await second.scheduleIds(hourly)).toEqual(['hourly']), DEADLINE);
    }
    client.disconnect();
    expect(lines.filter(({ message }) => message.startsWith('Redis has lost'))).toHaveLength(3);
    await Promise.all([first.close(5_000), second.close(5_000)]);
  });
});
