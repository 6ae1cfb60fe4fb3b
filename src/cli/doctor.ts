import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import { Client } from 'pg';
import { LEAST_POSTGRES } from '../adapters/postgres/await-database.js';
import { findRunningServer } from '../adapters/postgres/embedded/index.js';
import { locateBinaries } from '../adapters/postgres/embedded/binaries.js';
import { startBackend } from '../adapters/tfjs/backend.js';
import { describeConfig, type Config } from '../config/config.js';
import type { Result } from '../domain/result.js';
import { askKafka } from '../roles/event-transport.js';
import { describeRedis } from '../roles/job-queue.js';
import { embeddedPaths } from '../roles/storage.js';

const LEAST_DISK_BYTES = 500e6;
const LEAST_MEMORY_BYTES = 500e6;

/** What one check found; `remedy` says what to do where it is not well. */
interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy?: string;
}

type Check = () => Promise<Finding>;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** `npx tradegraph doctor`: runs every check, prints what it found and what to do, exits 1 when something would keep the program from running. */
export async function doctor(config: Result<Config, readonly string[]>): Promise<void> {
  const findings: Finding[] = [];
  const show = (finding: Finding) => {
    findings.push(finding);
    print(`${finding.ok ? '✓' : '✗'} ${finding.name}: ${finding.detail}`);
    if (!finding.ok && finding.remedy !== undefined) print(`    → ${finding.remedy}`);
  };
  if (!config.ok) {
    for (const line of config.error)
      show({ name: 'configuration', ok: false, detail: line, remedy: 'change or unset the variable' });
  } else {
    show({
      name: 'configuration',
      ok: true,
      detail: Object.entries(describeConfig(config.value))
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    });
    for (const check of checksOf(config.value)) show(await check());
  }
  const bad = findings.filter((finding) => !finding.ok).length;
  print(bad === 0 ? '\nEverything is well: npm start' : `\n${bad} thing(s) to mend.`);
  process.exitCode = bad === 0 ? 0 : 1;
}

function checksOf(config: Config): Check[] {
  const { KAFKA_BROKERS, REDIS_URL } = config;
  return [
    async () => ({ name: 'node', ok: true, detail: `${process.versions.node} on ${process.platform}-${process.arch}` }),
    checkMemory,
    () => checkHome(config.TRADEGRAPH_HOME),
    () => checkPort(config.HOST, config.PORT),
    () =>
      config.DATABASE_URL === undefined ? checkEmbedded(config.TRADEGRAPH_HOME) : checkDatabase(config.DATABASE_URL),
    ...(KAFKA_BROKERS === undefined ? [] : [() => checkKafka(KAFKA_BROKERS, config)]),
    ...(REDIS_URL === undefined ? [] : [() => checkRedis(REDIS_URL, config)]),
    () => checkBackend(config.ML_BACKEND),
  ];
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function checkMemory(): Promise<Finding> {
  const free = freemem();
  return {
    name: 'memory',
    ok: free >= LEAST_MEMORY_BYTES,
    detail: `${megabytes(free)} free`,
    remedy: `free ${megabytes(LEAST_MEMORY_BYTES)}: training needs it`,
  };
}

async function checkHome(home: string): Promise<Finding> {
  const name = 'data directory';
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await access(home, constants.W_OK);
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    return {
      name,
      ok: free >= LEAST_DISK_BYTES,
      detail: `${home}, ${megabytes(free)} free`,
      remedy: `free ${megabytes(LEAST_DISK_BYTES)} there, or choose another place with TRADEGRAPH_HOME`,
    };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: reason(error),
      remedy: `make ${dirname(home)} writable, or choose another place with TRADEGRAPH_HOME`,
    };
  }
}

function checkPort(host: string, port: number): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve({
        name: 'port',
        ok: false,
        detail: `${host}:${port}: ${error.message}`,
        remedy: `stop what listens there, or choose another with PORT=${port + 1}`,
      }),
    );
    server.listen({ host, port, exclusive: true }, () =>
      server.close(() => resolve({ name: 'port', ok: true, detail: `${host}:${port} is free` })),
    );
  });
}

async function checkEmbedded(home: string): Promise<Finding> {
  const name = 'database';
  try {
    const { major } = await locateBinaries();
    const { dataDir, secretsFile } = embeddedPaths(home);
    const running = await findRunningServer(dataDir, secretsFile).catch(() => null);
    return {
      name,
      ok: true,
      detail: `embedded PostgreSQL ${major}, ${running === null ? 'not running' : `running as process ${running.pid}`}`,
    };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: reason(error),
      remedy: 'run npm ci again, or set DATABASE_URL to a PostgreSQL of your own',
    };
  }
}

async function checkDatabase(connectionString: string): Promise<Finding> {
  const name = 'database';
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version",
    );
    const version = rows[0]?.version ?? 0;
    return {
      name,
      ok: version >= LEAST_POSTGRES,
      detail: `PostgreSQL ${version} answers`,
      remedy: `${LEAST_POSTGRES} or newer is needed`,
    };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: `DATABASE_URL: ${reason(error)}`,
      remedy: 'check host, port, user and password, or unset DATABASE_URL for the embedded one',
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkKafka(addresses: readonly string[], config: Config): Promise<Finding> {
  const name = 'event transport';
  try {
    const found = await askKafka(config);
    const { brokers = 0, topics = { found: 0, missing: 0 } } = found ?? {};
    const made = topics.missing === 0 ? '' : `, ${topics.missing} are made at the start`;
    const detail = `Kafka answers with ${brokers} broker(s); ${topics.found} topics have their partitions${made}`;
    return { name, ok: true, detail };
  } catch (error) {
    const remedy = 'check host and port, TLS and SASL, or unset KAFKA_BROKERS for events by the database alone';
    return { name, ok: false, detail: `KAFKA_BROKERS (${addresses.join(', ')}): ${reason(error)}`, remedy };
  }
}

async function checkRedis(url: string, config: Config): Promise<Finding> {
  const name = 'job queue';
  try {
    const { name: server, version, caution } = await describeRedis(url, config);
    return { name, ok: true, detail: `Redis ${version} answers (${server})${caution === null ? '' : `; ${caution}`}` };
  } catch (error) {
    const remedy = 'check host, port, user and password, or unset REDIS_URL for jobs in the database';
    return { name, ok: false, detail: `REDIS_URL: ${reason(error)}`, remedy };
  }
}

async function checkBackend(wanted: Config['ML_BACKEND']): Promise<Finding> {
  const name = 'model backend';
  try {
    return { name, ok: true, detail: await startBackend(wanted) };
  } catch (error) {
    return { name, ok: false, detail: reason(error), remedy: 'ML_BACKEND=wasm works everywhere' };
  }
}
