import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, Follower } from '../support/follower.js';
import { checkInvariants } from '../support/invariants.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { eventually, startProgram, type Program } from '../support/program.js';
import { replayIsOver } from '../support/replay-run.js';
import { stateDigest } from '../support/state-digest.js';

type Role = 'ingestion' | 'ml' | 'trading' | 'backtesting' | 'api';
/** The last two hours of the recording: an entry in many parts, an exit, and an exit that the end cuts off. */
const REPLAY = {
  REPLAY_START: '2016-01-03T22:00:00.000Z',
  REPLAY_HOLD_SECONDS: '600',
  ML_EPOCHS: '1',
  ML_SEED: '11',
  HEALTH_PORT: '0',
  // Ten processes share the test cluster's hundred connections.
  DATABASE_POOL_SIZE: '4',
};
/** Ten processes on a machine that may have two cores, and others to serve. */
const DEADLINE_MS = 400_000;

let homes: string;
let alone: TestDatabase;
let shared: TestDatabase;
const first = new Map<Role, Program>();
const second = new Map<Role, Program>();
const started: Program[] = [];

/** Each process has a directory of its own, as containers have. */
async function start(role: Role, round: number): Promise<Program> {
  const home = join(homes, `${role}-${round}`);
  const own = { ...REPLAY, REPLAY_SPEED: '1.5', DATABASE_URL: shared.connectionString, TRADEGRAPH_HOME: home };
  const program = await startProgram(own, [role]);
  started.push(program);
  return program;
}
/** One after the other: all at once would start no sooner. */
async function startTwice(roles: readonly Role[]): Promise<void> {
  for (const role of roles) {
    first.set(role, await start(role, 1));
    second.set(role, await start(role, 2));
  }
}

async function select<T>(sql: string): Promise<T[]> {
  const client = new Client({ connectionString: shared.connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}
const column = async (sql: string): Promise<string[]> => (await select<{ what: string }>(sql)).map(({ what }) => what);
const playedBars = () =>
  column(`SELECT payload ->> 'timestamp' AS what FROM event_log WHERE type = 'bar' ORDER BY off`);
const owners = () => column('SELECT DISTINCT owner AS what FROM accounts WHERE owner IS NOT NULL ORDER BY owner');
const checks = async (program: Program) => {
  const response = await fetch(`${program.healthUrl}/readyz`);
  const body = (await response.json()) as { readonly checks: Record<string, { readonly detail: unknown }> };
  return { code: response.status, checks: body.checks };
};
/** True of the process that plays the replay. */
const plays = (program: Program): boolean => /"step":"Replay","detail":"replay of/.test(program.output());

const bars = new Follower<string>((sdk, after) =>
  events(sdk.OnBars({ symbols: ['BTC-USD'], after }), ({ bars: { cursor, bar } }) => ({
    cursor,
    event: bar.timestamp,
  })),
);
const orders = new Follower<string>((sdk, after) =>
  events(sdk.OnOrderUpdates({ accountId: 'replay-ema-cross', after }), ({ orderUpdates: { cursor, order, fill } }) => ({
    cursor,
    event: `${order.id} ${order.version} ${fill?.id ?? ''}`,
  })),
);

/** What was logged from the first event on that a subscriber has seen: it began with news, not with history. */
const sinceFirst = ({ seen }: Follower<string>, logged: readonly string[]): readonly string[] =>
  logged.slice(logged.indexOf(seen[0]!.event));

beforeAll(async () => {
  homes = await mkdtemp(join(tmpdir(), 'tradegraph-twice-'));
  [alone, shared] = await Promise.all([startTestDatabase(), startTestDatabase()]);
  await startTwice(['ingestion', 'trading', 'backtesting', 'api']);
  [bars, orders].forEach((follower) => follower.attach(first.get('api')!.url));
  // Last, because the replay begins with the first model.
  await startTwice(['ml']);
}, 1_800_000);

afterAll(async () => {
  await Promise.all([bars.detach(), orders.detach()]);
  await Promise.all(started.map((program) => program.end('SIGKILL')));
  await Promise.all([alone?.drop(), shared?.drop()]);
  await rm(homes, { recursive: true, force: true });
});

describe('a replay by ten processes, each role twice', () => {
  it('every process becomes ready, one of those that ingest plays, and the accounts are shared out', async () => {
    for (const program of started) {
      await eventually('the process is ready', async () => (await checks(program)).code === 200, DEADLINE_MS);
    }
    const playing = () => [first, second].filter((round) => plays(round.get('ingestion')!)).length;
    await eventually('the replay is played', async () => playing() > 0, DEADLINE_MS);
    expect(playing()).toBe(1);
    await eventually('two traders', async () => (await owners()).length === 2, DEADLINE_MS);
    const shares = await Promise.all(
      [first, second].map(async (round) => (await checks(round.get('trading')!)).checks['accounts']?.detail),
    );
    expect(shares).toEqual(expect.arrayContaining([{ accounts: 1 }, { accounts: 2 }]));
  }, 1_200_000);

  it('goes on when one of each is told to stop, which ends with 0; a subscriber resumes at the other API', async () => {
    await bars.seenAtLeast(10, DEADLINE_MS);
    expect(await first.get('api')!.end('SIGTERM')).toBe(0);
    await Promise.all([bars.detach(), orders.detach()]);
    [bars, orders].forEach((follower) => follower.attach(second.get('api')!.url));
    await bars.seenAtLeast(20, DEADLINE_MS);
    const player = [first, second].find((round) => plays(round.get('ingestion')!))!;
    expect(await player.get('ingestion')!.end('SIGTERM')).toBe(0);
    await bars.seenAtLeast(40, DEADLINE_MS);
    expect(
      await Promise.all((['trading', 'ml', 'backtesting'] as const).map((role) => first.get(role)!.end('SIGTERM'))),
    ).toEqual([0, 0, 0]);
    const [owner] = await eventually(
      'one trader',
      async () => {
        const found = await owners();
        return found.length === 1 && found;
      },
      DEADLINE_MS,
    );
    expect(owner).toContain(`:${second.get('trading')!.pid}:`);
  }, 1_200_000);

  it('shows each bar and each order event once and in order to the subscriber that moved', async () => {
    await replayIsOver(second.get('api')!.url, DEADLINE_MS);
    const logged = {
      bars: await playedBars(),
      orders: await column(
        `SELECT (payload ->> 'order_id') || ' ' || (payload ->> 'version') || ' ' || COALESCE(payload #>> '{fill,fill_id}', '') AS what
         FROM event_log WHERE topic = 'orders' AND key = 'replay-ema-cross' ORDER BY off`,
      ),
    };
    expect(new Set(logged.bars).size).toBe(logged.bars.length);
    await bars.seenAtLeast(sinceFirst(bars, logged.bars).length, DEADLINE_MS);
    await orders.seenAtLeast(sinceFirst(orders, logged.orders).length, DEADLINE_MS);
    expect(bars.seen.map(({ event }) => event)).toEqual(sinceFirst(bars, logged.bars));
    expect(orders.seen.map(({ event }) => event)).toEqual(sinceFirst(orders, logged.orders));
  }, 1_200_000);

  it('leaves what one process with every role leaves, to the last digit', async () => {
    const digest = await stateDigest(shared.connectionString);
    expect(await checkInvariants(shared.connectionString)).toEqual([]);
    const program = await startProgram({
      ...REPLAY,
      REPLAY_SPEED: 'max',
      DATABASE_URL: alone.connectionString,
      TRADEGRAPH_HOME: join(homes, 'alone'),
    });
    started.push(program);
    await replayIsOver(program.url, DEADLINE_MS);
    expect(digest).toEqual(await stateDigest(alone.connectionString));
  }, 1_200_000);
});
