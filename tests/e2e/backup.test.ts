import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectApi } from '../support/api-client.js';
import { checkInvariants } from '../support/invariants.js';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { eventually, runCommand, temporaryHome, type Home, type Program } from '../support/program.js';
import { replayIsOver, startReplay } from '../support/replay-run.js';
import { stateDigest } from '../support/state-digest.js';

vi.setConfig({ testTimeout: 400_000 });

const REPLAY_START = '2016-01-03T22:00:00.000Z';
const STRATEGY = `export default { name: 'kept', description: 'x', parameters: [], create: () => ({}) };\n`;
/** A model is trained before; also on a machine that is busy. */
const END_MS = 240_000;
const ACCOUNTS = ['replay-manual', 'replay-ema-cross', 'replay-lstm'];

const BOOKS = `query ($id: ID!) {
  portfolio(accountId: $id) {
    timestamp cash totalValue realizedPnl unrealizedPnl fees totalPnl
    positions { symbol quantity averagePrice realizedPnl unrealizedPnl marketValue }
  }
  orders(accountId: $id, first: 100) {
    edges { node { id clientOrderId status side quantity filledQuantity averageFillPrice version } }
  }
  fills(accountId: $id, first: 100) { edges { node { id price quantity fee } } }
}`;

interface Books {
  readonly fills: { readonly edges: readonly unknown[] };
}

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** Orders, positions, PnL and fills of every account, as a client sees them. */
const booksOf = (url: string): Promise<Books[]> => Promise.all(ACCOUNTS.map((id) => ask<Books>(url, BOOKS, { id })));

const fillCount = async (url: string): Promise<number> =>
  (await booksOf(url)).reduce((sum, { fills }) => sum + fills.edges.length, 0);

/** How a subscription that resumes at this cursor ends. */
async function resumeFault(url: string, after: string): Promise<string> {
  const api = connectApi(url);
  try {
    for await (const event of api.sdk.OnOrderUpdates({ accountId: 'replay-manual', after }))
      return JSON.stringify(event);
    return 'it ended';
  } catch (error) {
    return `${String(error)} ${JSON.stringify(error)}`;
  } finally {
    await api.close();
  }
}

describe.runIf(RUNS_LONG_TESTS)('backup and restore of the real program', () => {
  let folder: string;
  let first: Home;
  let program: Program;
  /** Made while the replay ran. */
  let during: string;
  /** Made at its end. */
  let atEnd: string;
  let oldCursor: string;
  let ended: { digest: Record<string, string>; books: unknown };
  /** Holds what the backup that was made in the middle has become. */
  let second: Home;
  const homes: Home[] = [];
  const newHome = async (): Promise<Home> => {
    const home = await temporaryHome();
    homes.push(home);
    return home;
  };
  const settingsOf = (home: Home, strategies = join(folder, 'strategies')) => ({
    TRADEGRAPH_HOME: home.path,
    TRADEGRAPH_STRATEGIES: strategies,
  });
  const backUp = (home: Home, place: string) => runCommand(['backup', place], settingsOf(home));
  const restore = (home: Home, args: readonly string[]) =>
    runCommand(['restore', ...args], settingsOf(home, join(home.path, 'strategies')));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tradegraph-backups-'));
    await mkdir(join(folder, 'strategies/lib'), { recursive: true });
    await writeFile(join(folder, 'strategies/kept.ts'), STRATEGY);
    await writeFile(join(folder, 'strategies/lib/part.ts'), 'export const part = 1;\n');
    await mkdir(join(folder, 'backups'));
    first = await newHome();
    program = await startReplay(first.path, { REPLAY_START, REPLAY_SPEED: '200', ...settingsOf(first) });
    const api = connectApi(program.url);
    const order = { clientOrderId: 'mine', accountId: 'replay-manual', symbol: 'BTC-USD', quantity: '2' };
    await eventually('an order by hand', async () => {
      const { createOrder } = await api.sdk.CreateOrder({ input: { ...order, side: 'BUY' } });
      return createOrder.order !== null;
    });
    await eventually(
      'fills of the replay',
      async () => {
        const { platform } = await api.sdk.Platform();
        return platform.replay?.state === 'RUNNING' && (await fillCount(program.url)) > 1;
      },
      90_000,
    );
    await api.close();
    const made = await backUp(first, join(folder, 'during.tar'));
    expect(made.stderr).toBe('');
    expect(made.code).toBe(0);
    during = join(folder, 'during.tar');
    await replayIsOver(program.url, END_MS);
    expect((await backUp(first, join(folder, 'backups'))).code).toBe(0);
    atEnd = join(folder, 'backups');
    ended = { digest: await stateDigest(await first.database()), books: await booksOf(program.url) };
    const now = await ask<{ streamCursor: string }>(program.url, '{ streamCursor(stream: ORDER_UPDATES) }');
    oldCursor = now.streamCursor;
  }, 500_000);

  afterAll(async () => {
    await program?.end('SIGTERM');
    await Promise.all(homes.map((home) => home.remove()));
    await rm(folder, { recursive: true, force: true });
  });

  it('answers the same orders, fills, positions and PnL from the newest backup of a folder, and its strategies', async () => {
    const home = await newHome();
    const { code, stdout, stderr } = await restore(home, [atEnd]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('2 files of strategies written');
    expect(await readFile(join(home.path, 'strategies/kept.ts'), 'utf8')).toBe(STRATEGY);
    const other = await startReplay(home.path, { REPLAY_START, ...settingsOf(home) });
    await replayIsOver(other.url, END_MS);
    expect(await booksOf(other.url)).toEqual(ended.books);
    expect(await stateDigest(await home.database())).toEqual(ended.digest);
    expect(await checkInvariants(await home.database())).toEqual([]);
    expect(await resumeFault(other.url, oldCursor)).toContain('BAD_CURSOR');
    await other.end('SIGTERM');
  });

  it('goes on from a backup that was made in the middle, to the end that the first run came to', async () => {
    second = await newHome();
    expect((await restore(second, [during])).code).toBe(0);
    const other = await startReplay(second.path, { REPLAY_START, ...settingsOf(second) });
    await replayIsOver(other.url, END_MS);
    expect(await checkInvariants(await second.database())).toEqual([]);
    expect(await stateDigest(await second.database())).toEqual(ended.digest);
    await other.end('SIGTERM');
  });

  it('refuses to restore beside a running program, over what is stored, and out of a broken file', async () => {
    const running = await restore(first, [during, '--force']);
    expect(running.code).toBe(1);
    expect(running.stderr).toMatch(/in use|running/i);
    const again = await restore(second, [during]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('--force');
    const broken = join(folder, 'broken.tar');
    await writeFile(broken, (await readFile(during)).subarray(0, -5_000));
    const cut = await restore(second, [broken, '--force']);
    expect(cut).toMatchObject({ code: 1 });
    expect(cut.stderr).toContain('cut short');
    expect((await restore(second, ['--check', during])).stdout).toContain('whole');
    expect((await restore(second, [during, '--force'])).code).toBe(0);
  });
});
