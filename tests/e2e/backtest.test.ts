import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase } from '../support/postgres.js';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { runCommand } from '../support/program.js';

const REFERENCE = resolve(process.env['REFERENCE_DATA'] ?? '../shared/reference');
const CASES = join(REFERENCE, 'backtests');
const GOOG = join(REFERENCE, 'bars/GOOG.csv');

let folder: string;
let bars: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-backtest-'));
  bars = join(folder, 'wave.csv');
  await writeFile(bars, waveCsv(300));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A wave on a slope: an average crosses another some times. */
function waveCsv(days: number): string {
  const rows = Array.from({ length: days }, (_, day) => {
    const close = 100 + day / 10 + 10 * Math.sin(day / 9);
    const open = 100 + day / 10 + 10 * Math.sin((day - 1) / 9);
    const time = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
    return [time, open, Math.max(open, close) + 1, Math.min(open, close) - 1, close, 1_000_000].join(',');
  });
  return `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`;
}

const run = (args: readonly string[]) =>
  runCommand(['backtest', ...args], { TRADEGRAPH_HOME: join(folder, 'home'), TRADEGRAPH_STRATEGIES: folder });
const onWave = (...args: readonly string[]) => run(['--bars', bars, '--strategy', 'sma-cross', ...args]);

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  SmaCrossExclusive: ['sma-cross', '{"direction":"both"}'],
  SmaCrossClose: ['sma-cross', '{"direction":"both"}'],
  SmaCrossLongOnly: ['sma-cross', '{}'],
  SmaCrossSLTP: ['sma-cross', '{"sizePct":50,"stopLossPct":5,"takeProfitPct":10,"exitOnCross":false}'],
  BuyHold: ['buy-and-hold', '{}'],
};

interface ReferenceCase {
  readonly strategy: string;
  readonly params: { readonly n1?: number; readonly n2?: number };
  readonly backtest: Readonly<Record<string, number | boolean>>;
  readonly stats: Readonly<Record<string, number | string | null>>;
}

function argumentsOf({ strategy, params, backtest }: ReferenceCase): readonly string[] {
  const [name = '', fixed = '{}'] = FLAGS[strategy] ?? [];
  const averages = name !== 'sma-cross' ? {} : { fast: params.n1, slow: params.n2 };
  const exclusive = backtest['exclusive_orders'] === true || strategy === 'SmaCrossClose';
  const { cash, commission, spread, margin } = backtest;
  return [
    '--bars',
    GOOG,
    '--profile=backtesting.py',
    '--json',
    `--strategy=${name}`,
    `--params=${JSON.stringify({ ...averages, ...(JSON.parse(fixed) as object) })}`,
    `--cash=${cash}`,
    `--commission=${commission}`,
    `--spread=${spread}`,
    `--margin=${margin}`,
    ...(backtest['trade_on_close'] === true ? ['--trade-on-close'] : []),
    ...(exclusive ? ['--exclusive-orders'] : []),
    ...(backtest['finalize_trades'] === true ? ['--finalize-trades'] : []),
  ];
}

const near = (actual: unknown, expected: number): boolean =>
  typeof actual === 'number' && Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

describe.skipIf(!existsSync(CASES))('tradegraph backtest --profile backtesting.py (REFERENCE_DATA)', () => {
  const names = existsSync(CASES)
    ? readdirSync(CASES).flatMap((file) => (file.endsWith('.stats.json') ? [file.replace('.stats.json', '')] : []))
    : [];

  // Each starts a process; the engine's own tests hold all of them in the default suite.
  it.concurrent.each(RUNS_LONG_TESTS ? names : names.slice(0, 1))(
    'equals the statistics and trades of %s to 1e-9',
    async (name) => {
      const reference = JSON.parse(readFileSync(join(CASES, `${name}.stats.json`), 'utf8')) as ReferenceCase;
      const { code, stdout, stderr } = await run(argumentsOf(reference));
      expect([code, stderr]).toEqual([0, '']);
      const printed = JSON.parse(stdout) as { stats: Record<string, unknown>; trades: Record<string, unknown>[] };
      expect(Object.keys(printed.stats)).toEqual(Object.keys(reference.stats));
      const different = Object.entries(reference.stats).filter(([key, expected]) =>
        typeof expected === 'number' ? !near(printed.stats[key], expected) : printed.stats[key] !== expected,
      );
      expect(different.map(([key, expected]) => ({ key, expected, actual: printed.stats[key] }))).toEqual([]);
      const [header = '', ...rows] = readFileSync(join(CASES, `${name}.trades.csv`), 'utf8')
        .trim()
        .split('\n');
      const columns = header.split(',');
      expect(printed.trades).toHaveLength(rows.length);
      for (const [index, row] of rows.entries()) {
        const trade = printed.trades[index] ?? {};
        expect(Object.keys(trade)).toEqual(columns);
        for (const [place, text] of row.split(',').entries()) {
          const actual = trade[columns[place] ?? ''];
          const equal =
            text === ''
              ? actual === null
              : columns[place]!.endsWith('Time')
                ? actual === text
                : near(actual, Number(text));
          expect(equal, `${columns[place]} of trade ${index}: ${String(actual)} for ${text}`).toBe(true);
        }
      }
    },
  );
});

interface Result {
  readonly statistics: Readonly<Record<string, number | null>>;
  readonly cautions: readonly { readonly code: string }[];
}

const codesOf = (result: Record<string, unknown>) => (result as unknown as Result).cautions.map(({ code }) => code);
const hashOf = ({ provenance }: Record<string, unknown>) => (provenance as Record<string, unknown>)['dataHash'];

const user = (body: string) => `export default {
  name: 'user', description: 'd', parameters: {}, warmUpBars: () => 1,
  create: (setup) => {
    const market = setup.market();
    return { onBar() { ${body} } };
  },
};
`;

describe('tradegraph backtest', () => {
  it('prints a table, writes a report, the equity and the trades, and the same numbers again', async () => {
    const [report, equity, trades] = ['r.html', 'e.csv', 't.csv'].map((name) => join(folder, name));
    const files = ['--report', report!, '--equity', equity!, '--trades', trades!];
    const { code, stdout } = await onWave(...files);
    expect(code).toBe(0);
    expect(stdout).toContain('sma-cross on WAVE');
    expect(stdout).toMatch(/Total return ·+ \d+\.\d\d %/);
    expect((await readFile(report!, 'utf8')).startsWith('<!doctype html>')).toBe(true);
    expect((await readFile(equity!, 'utf8')).trim().split('\n')).toHaveLength(301);
    expect(await readFile(trades!, 'utf8')).toMatch(/^symbol,units,entryTime/);
    expect((await onWave()).stdout).toBe(stdout);
  });

  it('prints JSON alone on standard output, and says what to run again', async () => {
    const { stdout } = await onWave('--json', '--from', '2020-02-01', '--to', '2020-09-30');
    const result = JSON.parse(stdout) as { provenance: Record<string, unknown>; statistics: Record<string, unknown> };
    expect(result.provenance).toMatchObject({
      dataFrom: expect.stringMatching(/^2020-02-01/) as string,
      dataTo: expect.stringMatching(/^2020-09-30/) as string,
      barCount: 243,
      dataHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(result.statistics['roundTripCount']).toBeGreaterThan(0);
  });

  it('trains the LSTM on the way, and says how good it was', async () => {
    const params = '{"trainBars":200,"retrainEveryBars":50,"units":2,"epochs":2,"requireSkill":false}';
    const { code, stdout } = await run(['--bars', bars, '--strategy', 'lstm', '--params', params, '--json']);
    expect(code).toBe(0);
    const { cautions } = JSON.parse(stdout) as { cautions: { code: string; message: string }[] };
    const remark = cautions.find((caution) => caution.code === 'STRATEGY_REMARK');
    expect(remark?.message).toMatch(/^WAVE: 2 models, .* Skill on the 99 predictions out of sample: -?\d/);
  });

  it.runIf(RUNS_LONG_TESTS)(
    'runs over stored bars as over the file they came from, from the cache too',
    async () => {
      const database = await startTestDatabase();
      try {
        const home = join(folder, 'stored');
        const environment = { TRADEGRAPH_HOME: home, DATABASE_URL: database.connectionString, LOG_LEVEL: 'error' };
        const series = ['--symbol', 'WAVE', '--timeframe', 'ONE_DAY'];
        const imported = await runCommand(['import', bars, ...series, '--asset-class', 'CRYPTO'], environment);
        expect(imported.code).toBe(0);
        const stored = ['backtest', ...series, '--strategy', 'sma-cross', '--json'];
        const first = await runCommand(stored, environment);
        expect(await readdir(join(home, 'cache'))).toHaveLength(1);
        const second = await runCommand(stored, environment);
        expect(second.stdout).toBe(first.stdout);
        const fromFile = JSON.parse((await onWave('--json', '--asset-class', 'CRYPTO')).stdout) as Record<
          string,
          unknown
        >;
        const fromStore = JSON.parse(first.stdout) as Record<string, unknown>;
        for (const part of ['statistics', 'trades', 'monthlyReturns']) expect(fromStore[part]).toEqual(fromFile[part]);
        expect(hashOf(fromStore)).toBe(hashOf(fromFile));
        // The first two runs were one trial, and this is another one: the ledger counts both. A file has none.
        const other = await runCommand([...stored, '--params', '{"fast":15,"slow":40}'], environment);
        const { deflatedSharpe, probabilisticSharpe } = (JSON.parse(other.stdout) as Result).statistics;
        expect(deflatedSharpe).toBeLessThan(probabilisticSharpe as number);
        expect(codesOf(fromFile)).toContain('ONE_TRIAL_COUNTED');
        expect(codesOf(fromStore)).not.toContain('ONE_TRIAL_COUNTED');
        const unknown = await runCommand(['backtest', '--symbol', 'NONE', '--strategy', 'sma-cross'], environment);
        expect([unknown.code, unknown.stdout]).toEqual([1, '']);
        expect(unknown.stderr).toContain('--symbol: no bars of NONE are stored');
      } finally {
        await database.drop();
      }
    },
    60_000,
  );

  it("runs a strategy out of a file, by its path and by its name in the user's folder", async () => {
    const source = `import { defineStrategy, indicators, crossedAbove, crossedBelow } from 'tradegraph/strategy';
export default defineStrategy({
  name: 'my-cross', description: 'Crosses.', warmUpBars: ({ n }) => n + 1,
  parameters: { n: { kind: 'INTEGER', description: 'Bars', default: 5, min: 2, max: 50 } },
  create: (setup, { n }) => {
    const market = setup.market();
    const mean = market.indicator(indicators.sma(n));
    return { onBar(): void {
      if (crossedAbove(market.close, mean)) market.buy({ sizePct: 50 });
      if (crossedBelow(market.close, mean)) market.exit();
    } };
  },
});
`;
    const path = join(folder, 'my-cross.ts');
    await writeFile(path, source);
    const [byPath, byName] = await Promise.all(
      [path, 'my-cross'].map((strategy) => run(['--bars', bars, '--strategy', strategy, '--params', '{"n":7}'])),
    );
    expect(byPath!.stderr).toBe('');
    expect(byPath!.stdout).toContain('my-cross on WAVE  n 7');
    expect(byName!.stdout).toBe(byPath!.stdout);
  });

  const wrong: readonly (readonly [what: string, args: readonly string[], code: number, message: string | RegExp])[] = [
    ['negative cash', ['--cash', '-5'], 2, 'tradegraph backtest: --cash: -5 is not a number above 0'],
    ['an unknown option', ['--leverage', '2'], 2, "unknown option '--leverage'"],
    ['fewer bars than the warm-up', ['--params', '{"slow":900}'], 1, /900 bars.*300/],
    ['a report where no file can be', ['--report', '/proc/no/report.html'], 1, '--report: '],
  ];
  it.concurrent.each(wrong)('says what is wrong with %s in a line', async (_what, args, code, message) => {
    const outcome = await onWave(...args);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/\n {4}at /);
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
  });

  const strategies: readonly (readonly [what: string, source: string, deadline: string, message: string | RegExp])[] = [
    [
      'throws',
      user("throw new Error('out of luck');"),
      '60',
      /strategy user failed at the bar of 2020-01-\d\d.*: out of luck/,
    ],
    ['loops for ever', user('for (;;) {}'), '2', /--deadline: it took longer than its 2 s/],
    ['has a syntax error', 'export default {\n  name: ,\n};\n', '60', /user-2\.ts:2: /],
  ];
  it.concurrent.each(strategies)('ends with the reason when a strategy %s', async (what, source, deadline, message) => {
    const path = join(folder, `user-${strategies.findIndex(([name]) => name === what)}.ts`);
    await writeFile(path, source);
    const outcome = await run(['--bars', bars, '--strategy', path, '--deadline', deadline]);
    expect(outcome.stderr).toMatch(message);
    expect([outcome.code, outcome.stdout]).toEqual([1, '']);
    await rm(path);
  });
});
