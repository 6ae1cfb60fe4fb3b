import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../support/program.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let actions: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-actions-'));
  const rows = Array.from({ length: 40 }, (_, day) => {
    const price = day < 20 ? 100 : 50;
    return `${new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)},${price},${price},${price},${price},1000000`;
  });
  await writeFile(join(folder, 'raw.csv'), `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`);
  actions = join(folder, 'actions.csv');
  await writeFile(actions, 'symbol,date,kind,value\nRAW,2020-01-21,SPLIT,2:1\nRAW,2020-02-01,DIVIDEND,0.5\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  runCommand(
    [
      'backtest',
      '--bars',
      join(folder, 'raw.csv'),
      '--profile',
      'backtesting.py',
      '--strategy',
      'buy-and-hold',
      ...args,
    ],
    { TRADEGRAPH_HOME: join(folder, 'home'), TRADEGRAPH_STRATEGIES: folder },
  );

describe('tradegraph backtest --actions', () => {
  it('books splits and dividends, and says which they were', async () => {
    const plain = JSON.parse((await run('--json')).stdout) as Record<string, Record<string, unknown>>;
    expect(plain['statistics']).toMatchObject({ finalEquity: 10_000 - 99 * 50, dividends: 0 });
    expect(plain['provenance']).toMatchObject({ actionsHash: null });
    const booked = JSON.parse((await run('--json', '--actions', actions)).stdout) as typeof plain;
    expect(booked['statistics']).toMatchObject({ finalEquity: 10_000 + 99, dividends: 99 });
    expect(booked['provenance']).toMatchObject({ actionsHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['symbol,date,kind,value\nRAW,2020-01-21,SPLIT,two\n', 'line 2: value: "two" is no number'],
    ['symbol,date,kind,value\nOTHER,2020-01-21,SPLIT,2\n', 'has no action of RAW'],
  ])('names what is wrong with its file: %j', async (text, message) => {
    const file = join(folder, 'wrong.csv');
    await writeFile(file, text);
    const { code, stdout, stderr } = await run('--actions', file);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('--actions: ');
    expect(stderr).toContain(message);
  });
});
