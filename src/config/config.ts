import os from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../domain/result.js';
import { databaseSettings, databaseUrl } from './database-settings.js';
import { kafkaFaults, kafkaSettings } from './kafka-settings.js';
import { readSecretFiles } from './secret-files.js';
import { blankIsUnset, setting, wholeNumber } from './setting.js';
import { tracingSettings } from './tracing-settings.js';

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];
const DEFAULT_REPLAY_START = '2016-01-03T15:30:00Z';

const REDIS_URL_FORM =
  'must look like redis://user:password@host:6379/0, or rediss:// with TLS; special characters of user and password percent-encoded';

/** Nothing but user, password, host, port and the number of a database: what else ioredis would take out of a URL is not ours. */
function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, search, hash } = new URL(text);
  return hostname !== '' && /^(\/\d{0,5})?$/.test(pathname) && search === '' && hash === '';
}

const apiSettings = {
  HOST: setting(z.string().default('127.0.0.1')),
  PORT: setting(wholeNumber(0, 65_535).default(4000)),
  /** One `name scope sha256` a line. */
  ACCESS_KEYS_FILE: setting(z.string().optional()),
  /** Health and metrics on a port of their own; beside the API when left out, unless it asks for keys. */
  HEALTH_PORT: setting(wholeNumber(0, 65_535).optional()),
  /** Where HEALTH_PORT is bound; where the API is when left out. It answers whoever reaches it. */
  HEALTH_HOST: setting(z.string().optional()),
  /** A stop that takes longer is broken off: the next start recovers. */
  DRAIN_SECONDS: setting(z.coerce.number().min(1).max(600).default(15)),
};

const folder = (byDefault: string) =>
  setting(
    z
      .string()
      .default(byDefault)
      .transform((path, context) => {
        if (!/^~(?=\/|$)/.test(path)) return resolve(path);
        const home = homeDirectory();
        if (home !== null) return resolve(home + path.slice(1));
        context.addIssue({ code: 'custom', message: WITHOUT_HOME });
        return z.NEVER;
      }),
  );

const WITHOUT_HOME = 'begins with ~, and this user has no home: set HOME, or give the whole path';

/** Null for a user without one: a container may run as any number, without an entry in passwd and without HOME. */
function homeDirectory(): string | null {
  try {
    return os.homedir();
  } catch {
    return null;
  }
}

const storageSettings = {
  TRADEGRAPH_HOME: folder('.tradegraph'),
  /** Of the user's own strategies; need not be there. */
  TRADEGRAPH_STRATEGIES: folder('strategies'),
  ...databaseSettings,
  EVENT_RETENTION_HOURS: setting(wholeNumber(1, 24 * 366).default(24 * 7)),
};

const marketDataSettings = {
  MARKET_DATA_PROVIDER: setting(z.enum(['replay', 'yahoo']).default('replay')),
  REPLAY_SPEED: setting(z.union([z.literal('max'), z.coerce.number().positive().max(10_000)]).default(1)),
  REPLAY_START: setting(
    z.iso
      .datetime({ offset: true })
      .default(DEFAULT_REPLAY_START)
      .transform((text) => Date.parse(text)),
  ),
  REPLAY_HOLD_SECONDS: setting(z.coerce.number().min(0).max(600).default(30)),
};

const tradingSettings = {
  SLICE_WAIT_SECONDS: setting(z.coerce.number().min(0.1).max(55).default(5)),
};

const mlSettings = {
  ML_BACKEND: setting(z.enum(['auto', 'node', 'wasm']).default('auto')),
  ML_SEED: setting(wholeNumber(0, 2 ** 31 - 1).default(7)),
  ML_EPOCHS: setting(wholeNumber(1, 1_000).optional()),
};

const backtestSettings = {
  /** Backtests at once, each in a thread; one core is left to everything else. */
  BACKTEST_CONCURRENCY: setting(wholeNumber(1, 64).default(Math.max(1, os.availableParallelism() - 1))),
  BACKTEST_STALL_SECONDS: setting(z.coerce.number().min(1).max(3_600).default(60)),
};

const queueSettings = {
  /** Jobs on this Redis; in the database when left out. */
  REDIS_URL: setting(z.string().refine(isRedisUrl, { error: REDIS_URL_FORM }).optional()),
  /** Several deployments can share one Redis. */
  REDIS_PREFIX: setting(
    z
      .string()
      .regex(/^[\w.{}-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, braces, _ or -')
      .default('tradegraph'),
  ),
  /** PEM of the authorities that a rediss:// server's certificate is checked against. */
  REDIS_CA_FILE: setting(z.string().optional()),
};

const logSettings = {
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')),
  LOG_FORMAT: setting(z.enum(['auto', 'human', 'json']).default('auto')),
};

/** Named in the design, built later: setting one must not be silently ignored. */
const laterSettings = {
  BROKER: setting(z.literal('paper', { error: 'only "paper" is built so far' }).default('paper')),
};

const environmentSchema = z.object({
  ...apiSettings,
  ...storageSettings,
  ...marketDataSettings,
  ...tradingSettings,
  ...mlSettings,
  ...backtestSettings,
  ...queueSettings,
  ...kafkaSettings,
  ...logSettings,
  ...tracingSettings,
  ...laterSettings,
});

export type Config = Readonly<z.infer<typeof environmentSchema>>;

/** Reads the configuration out of an environment. All faults are reported at once, one line each: `NAME: what is wrong`. */
export function readConfig(given: Readonly<Record<string, string | undefined>>): Result<Config, readonly string[]> {
  const { environment, faults: secretFaults } = readSecretFiles(given);
  const parsed = environmentSchema.safeParse(environment);
  const faults = [
    ...secretFaults,
    ...kafkaFaults(environment),
    ...(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message] as const) ?? []),
  ];
  if (!isReachable(environment)) faults.push(['HOST', WITHOUT_KEYS]);
  if (parsed.success && faults.length === 0) return ok({ ...parsed.data, DATABASE_URL: databaseUrl(parsed.data) });
  return err(faults.map(([name, message]) => `${name}: ${message} (it is ${redact(name, environment[name])})`));
}

const WITHOUT_KEYS =
  'beyond loopback (127.0.0.1, ::1, localhost) ACCESS_KEYS_FILE is needed, or anybody who reaches the address could trade';

/** Two settings together: asked beside the schema, which would not ask them where another setting is wrong. */
const isReachable = ({ HOST, ACCESS_KEYS_FILE }: Readonly<Record<string, string | undefined>>): boolean =>
  blankIsUnset(HOST) === undefined ||
  LOOPBACK_HOSTS.includes(HOST ?? '') ||
  blankIsUnset(ACCESS_KEYS_FILE) !== undefined;

/** The configuration as it may be shown: passwords are replaced. */
export function describeConfig(config: Config): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(config)) {
    if (value !== undefined)
      shown[name] = name === 'REPLAY_START' ? new Date(Number(value)).toISOString() : redact(name, String(value));
  }
  return shown;
}

/** Hides the password of a URL, and the whole of anything else that sounds secret. */
export function redact(name: string, value: string | undefined): string {
  if (value === undefined) return 'unset';
  if (/SECRET|PASSWORD|TOKEN|KEY|HEADERS/.test(name)) return '[redacted]';
  // Up to the last @: a password that was not percent-encoded may hold one.
  return value.replace(/(\/\/[^:/@\s]*:)\S*@/, '$1[redacted]@');
}
