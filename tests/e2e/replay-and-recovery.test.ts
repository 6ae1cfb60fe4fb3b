import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectApi } from '../support/api-client.js';
import { events, Follower } from '../support/follower.js';
import { checkInvariants } from '../support/invariants.js';
import { endProcess, temporaryHome, type Home, type Program } from '../support/program.js';
import { replayIsOver, startReplay } from '../support/replay-run.js';
import { seededRandom } from '../support/seeded-random.js';
import { stateDigest } from '../support/state-digest.js';

const ACCOUNT = 'replay-ema-cross';
/** The last two hours of the recording, with an entry in forty parts, an exit, and an exit that the end cuts off. */
const REPLAY_START = '2016-01-03T22:00:00.000Z';
const SEED = Number(process.env['KILL_SEED'] ?? 20_160_103);
const KILLS = ['program', 'program and database', 'database', 'program'] as const;

type Digest = Record<string, string>;
interface Outcome {
  readonly digest: Digest;
  readonly violations: string[];
  readonly afterwards: Awaited<ReturnType<typeof askAfterwards>>;
}

const homes: Home[] = [];
let undisturbed: [Outcome, Outcome];
let disturbed: Outcome & { readonly adoptions: number; readonly endings: (number | string)[] };
let followed: Awaited<ReturnType<typeof followAll>>;
/** What the log holds of the disturbed replay, in its order. */
let logged: { bars: string[]; signals: string[]; orders: string[]; portfolios: string[] };

const newHome = async (): Promise<Home> => {
  const home = await temporaryHome();
  homes.push(home);
  return home;
};
const start = (home: Home) => startReplay(home.path, { REPLAY_START });

/** What the program says and answers when the replay is over. */
async function askAfterwards({ url, output }: Program) {
  const { sdk, close } = connectApi(url);
  const { platform } = await sdk.Platform();
  const bars = (await sdk.Bars({ symbol: 'BTC-USD', last: 1 })).bars.edges;
  const order = {
    clientOrderId: 'too-late',
    accountId: 'replay-manual',
    symbol: 'BTC-USD',
    side: 'BUY',
    quantity: '1',
  } as const;
  const { createOrder } = await sdk.CreateOrder({ input: order });
  await close();
  return { output: output(), replay: platform.replay!, lastBar: bars[0]!.node, createOrder };
}

async function outcomeOf(home: Home, program: Program): Promise<Outcome> {
  await replayIsOver(program.url);
  const database = await home.database();
  const [digest, violations] = [await stateDigest(database), await checkInvariants(database)];
  const afterwards = await askAfterwards(program);
  await program.end('SIGTERM');
  return { digest, violations, afterwards };
}

async function playUndisturbed(): Promise<Outcome> {
  const home = await newHome();
  return outcomeOf(home, await start(home));
}

const playTwiceUndisturbed = async (): Promise<[Outcome, Outcome]> => [
  await playUndisturbed(),
  await playUndisturbed(),
];

function followAll() {
  return {
    bars: new Follower((sdk, after) =>
      events(sdk.OnBars({ symbols: ['BTC-USD'], after }), ({ bars }) => ({
        cursor: bars.cursor,
        event: bars.bar.timestamp,
      })),
    ),
    signals: new Follower((sdk, after) =>
      events(sdk.OnSignals({ after }), ({ signals }) => ({ cursor: signals.cursor, event: signals.signal.id })),
    ),
    orders: new Follower((sdk, after) =>
      events(sdk.OnOrderUpdates({ accountId: ACCOUNT, after }), ({ orderUpdates: { cursor, order, fill } }) => ({
        cursor,
        event: `${order.id} ${order.version} ${fill === null ? '' : fill.id}`,
      })),
    ),
    portfolios: new Follower((sdk, after) =>
      events(sdk.OnPortfolio({ accountId: ACCOUNT, after }), ({ portfolio: { cursor, portfolio } }) => ({
        cursor,
        event: portfolio.timestamp,
      })),
    ),
  };
}

/** Plays one replay through all kills; each comes when a random number of bars has been seen by a subscriber. */
async function playDisturbed() {
  const home = await newHome();
  const random = seededRandom(SEED);
  const moments = KILLS.map(() => 5 + Math.floor(random() * 100)).toSorted((a, b) => a - b);
  const followers = followAll();
  const endings: (number | string)[] = [];
  let adoptions = 0;
  let program = await start(home);
  Object.values(followers).forEach((follower) => follower.attach(program.url));
  // Who has not seen an event yet has no cursor to resume at.
  await Promise.all(Object.values(followers).map((follower) => follower.seenAtLeast(1, 120_000)));
  for (const [index, what] of KILLS.entries()) {
    await followers.bars.seenAtLeast(moments[index]!, 120_000);
    const postmaster = (await home.postmaster())!;
    if (what !== 'database') endings.push(await program.end('SIGKILL'));
    if (what !== 'program') await endProcess(postmaster, 'SIGKILL');
    if (what === 'database') endings.push(await program.ended);
    await Promise.all(Object.values(followers).map((follower) => follower.detach()));
    program = await start(home);
    Object.values(followers).forEach((follower) => follower.attach(program.url));
    if (program.output().includes('adopted the server that a killed Tradegraph left running')) adoptions += 1;
  }
  await replayIsOver(program.url);
  const log = await readLog(await home.database());
  await Promise.all([
    followers.bars.seenAtLeast(log.bars.length, 20_000),
    followers.signals.seenAtLeast(log.signals.length, 20_000),
    followers.orders.seenAtLeast(log.orders.length, 20_000),
    followers.portfolios.seenAtLeast(log.portfolios.length, 20_000),
  ]);
  const outcome = await outcomeOf(home, program);
  await Promise.all(Object.values(followers).map((follower) => follower.detach()));
  return { outcome: { ...outcome, adoptions, endings }, followers, log };
}

async function readLog(connectionString: string) {
  const client = new Client({ connectionString });
  await client.connect();
  const column = async (sql: string) =>
    (await client.query<{ what: string }>(`SELECT ${sql} ORDER BY off`)).rows.map((row) => row.what);
  try {
    return {
      bars: await column(`payload ->> 'timestamp' AS what FROM event_log WHERE topic = 'market_data' AND type = 'bar'`),
      signals: await column(
        `payload ->> 'signal_id' AS what FROM event_log WHERE topic = 'trading_signals' AND type = 'signal'`,
      ),
      orders: await column(
        `(payload ->> 'order_id') || ' ' || (payload ->> 'version') || ' ' || COALESCE(payload #>> '{fill,fill_id}', '') AS what
         FROM event_log WHERE topic = 'orders' AND key = '${ACCOUNT}'`,
      ),
      portfolios: await column(
        `payload ->> 'timestamp' AS what FROM event_log
         WHERE topic = 'portfolio' AND key = '${ACCOUNT}' AND payload ->> 'timestamp' > '${REPLAY_START}'`,
      ),
    };
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const [calm, rough] = await Promise.all([playTwiceUndisturbed(), playDisturbed()]);
  undisturbed = calm;
  ({ outcome: disturbed, followers: followed, log: logged } = rough);
}, 240_000);

afterAll(() => Promise.all(homes.map((home) => home.remove())));

describe('a replay at full speed on two new data directories', () => {
  it('gives the same bars, models, signals, orders, fills, books and events, to the last digit', () => {
    expect(undisturbed[1].digest).toEqual(undisturbed[0].digest);
  });

  it('plays every bar, answers it from both sources, trades, and finds anomalies', () => {
    const digest = Object.entries(undisturbed[0].digest);
    const rows = Object.fromEntries(digest.map(([part, text]) => [part, Number.parseInt(text, 10)]));
    // 3,927 minutes of BTC-USD in three days, 666 days of AAPL before the start; two events a played bar.
    expect(rows).toMatchObject({ bars: 3927 + 666, signals: 2 * logged.bars.length, models: 2, accounts: 3 });
    expect(rows['fills']).toBeGreaterThan(20);
    expect(rows['anomalies']).toBeGreaterThan(5);
  });

  it('says when it is over, expires what waits for a bar, and answers as before', () => {
    const { output, replay, lastBar, createOrder } = undisturbed[0].afterwards;
    expect(output).toContain('the series has ended: no further bar comes');
    expect(replay).toMatchObject({ state: 'ENDED', now: replay.endsAt });
    expect(lastBar.closeTime).toBe(replay.endsAt);
    expect(createOrder).toMatchObject({ order: null, errors: [{ code: 'NO_MARKET_DATA' }] });
  });

  it('keeps the invariants of the books and of the log', () => {
    expect(undisturbed.flatMap(({ violations }) => violations)).toEqual([]);
  });
});

describe(`a replay whose program and database are killed four times (KILL_SEED=${SEED})`, () => {
  it('was killed indeed: the program and twice its database, which else is adopted', () => {
    // The program ends by itself, with 1, when its database is gone for good.
    expect(disturbed.endings).toEqual(['SIGKILL', 'SIGKILL', 1, 'SIGKILL']);
    expect(disturbed.adoptions).toBe(2);
  });

  it('keeps the invariants of the books and of the log', () => {
    expect(disturbed.violations).toEqual([]);
  });

  it('has every bar once, in the table and in the log', () => {
    expect(new Set(logged.bars).size).toBe(logged.bars.length);
    expect(disturbed.digest['bars']).toBe(undisturbed[0].digest['bars']);
  });

  it('ends in the state of an undisturbed replay, to the last digit', () => {
    expect(disturbed.digest).toEqual(undisturbed[0].digest);
  });

  it('shows a subscriber that resumes every bar, signal, order and portfolio event once, in order', () => {
    expect(logged.orders.length).toBeGreaterThan(50);
    for (const stream of ['bars', 'signals', 'orders', 'portfolios'] as const) {
      const { seen } = followed[stream];
      expect(
        seen.map(({ event }) => event),
        stream,
      ).toEqual(logged[stream]);
      expect(new Set(seen.map(({ cursor }) => cursor)).size, stream).toBe(seen.length);
    }
  });
});
