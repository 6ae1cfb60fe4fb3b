import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadStrategyFile, StrategyNotLoadedError } from './load-strategy.js';
import { probeStrategy } from './probe-strategy.js';
import { StrategyFolder } from './strategy-folder.js';

let directory: string;
let folder: StrategyFolder;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tradegraph-strategies-'));
  folder = new StrategyFolder(directory);
  return () => rm(directory, { recursive: true, force: true });
});

const write = async (name: string, source: string) => {
  const path = join(directory, name);
  await writeFile(path, source);
  return path;
};
const GOOD = `import { defineStrategy, indicators } from 'tradegraph/strategy';
export default defineStrategy({
  name: 'mine',
  description: 'Always long.',
  parameters: { n: { kind: 'INTEGER', description: 'Bars', default: 3, min: 1, max: 9 } },
  warmUpBars: ({ n }: { n: number }) => n,
  create: (setup) => {
    const market = setup.market();
    const mean = market.indicator(indicators.sma(3));
    return { onBar: () => { if (market.close.now > mean.now) market.buy(); } };
  },
});
`;
const definition = (fields: string) =>
  `export default { name: 'x', description: 'd', parameters: {}, warmUpBars: () => 1, create: () => ({ onBar() {} }), ${fields} };`;

describe("a user's strategy file", () => {
  it('is there once it is dropped into the folder, beside the built-in ones, and again when it has changed', async () => {
    expect((await folder.find('mine')).ok).toBe(false);
    const path = await write('mine.ts', GOOD);
    const found = await folder.find('mine');
    expect(found).toMatchObject({ ok: true, value: { reference: { kind: 'FILE', path } } });
    expect((await folder.list()).map(({ definition: { name } }) => name)).toEqual(
      expect.arrayContaining(['mine', 'sma-cross', 'buy-and-hold']),
    );
    await write('mine.ts', GOOD.replace('Always long.', 'Long at times.'));
    await utimes(path, new Date(), new Date(Date.now() + 5_000));
    const again = await folder.find('mine');
    expect(again.ok && again.value.definition.description).toBe('Long at times.');
  });

  it.each([
    ['not TypeScript', 'bad.ts', 'export default {\n  name: 1,\n  oops(: number) {}\n};', /bad\.ts:3: /],
    ['not JavaScript', 'bad.js', "export default {\n  name: 'x'\n  b: 2\n};", /bad\.js:3: Unexpected identifier/],
    [
      'declaring a name twice',
      'bad.ts',
      'const a: number = 1;\nconst a = 2;\nexport default a;',
      /bad\.ts:2: .*already/,
    ],
    ['using an enum', 'bad.ts', 'enum A { B }\nexport default A;', /bad\.ts:1: .*enum/],
    ['importing what is not there', 'bad.ts', "import x from 'nowhere';\nexport default x;", /nowhere/],
    ['throwing at its import', 'bad.ts', "\n\nthrow new Error('no data today');", /bad\.ts:3: no data today/],
    ['without a default export', 'bad.ts', 'export const a = 1;', /default export is missing/],
    ['exporting a number', 'bad.ts', 'export default 7;', /default export is a number/],
    ['without a name', 'bad.ts', definition('name: undefined'), /: name: undefined is no name/],
    ['with a bad name', 'bad.ts', definition("name: 'My Strategy'"), /: name: "My Strategy" is no name/],
    ['without create', 'bad.ts', definition('create: undefined'), /: create: it is no function/],
    ['with a number as warm-up', 'bad.ts', definition('warmUpBars: 20'), /: warmUpBars: it is no function/],
    [
      'with one name that its preparation reads',
      'bad.ts',
      definition("prepareReads: 'n'"),
      /prepareReads: "n" is no list/,
    ],
    [
      'whose preparation reads what is no parameter',
      'bad.ts',
      definition("prepareReads: ['nowhere']"),
      /prepareReads: "nowhere" is none of its parameters/,
    ],
    [
      'with an unknown kind of parameter',
      'bad.ts',
      definition("parameters: { n: { kind: 'INT' } }"),
      /parameters\.n: kind: "INT" is none of/,
    ],
    [
      'with a default outside of its range',
      'bad.ts',
      definition("parameters: { n: { kind: 'INTEGER', description: 'd', default: 0, min: 1, max: 9 } }"),
      /parameters\.n: 0 is not a whole number from 1 to 9/,
    ],
  ])('%s is told with its file and place', async (_what, name, source, message) => {
    const fault = await loadStrategyFile(await write(name, source)).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StrategyNotLoadedError);
    expect((fault as Error).message).toMatch(message);
  });

  it('that is none, or has the name of another, harms no other', async () => {
    await write('mine.ts', GOOD);
    await write('exits.js', 'process.exit(3);');
    await write('taken.ts', definition("name: 'sma-cross'"));
    expect((await folder.unusable()).map(({ fault }) => fault)).toEqual([
      expect.stringMatching(/exits\.js: its import ended the thread with code 3/),
      expect.stringMatching(/taken\.ts: name: sma-cross is the name of a built-in strategy/),
    ]);
    expect((await folder.find('mine')).ok).toBe(true);
    expect(await folder.find('exits')).toMatchObject({ ok: false, error: { code: 'STRATEGY_NOT_LOADED' } });
  });

  it('has the name that it is called by, and is found without a look at the others', async () => {
    await write('a.ts', GOOD.replace('Always long.', 'Another.'));
    await write('endless.ts', 'for (;;) {}');
    const path = await write('mine.ts', GOOD);
    const startedMs = performance.now();
    expect(await folder.find('mine')).toMatchObject({ ok: true, value: { reference: { path } } });
    // The endless one takes 10 s.
    expect(performance.now() - startedMs).toBeLessThan(9_500);
  });

  it('that loops for ever is given up', async () => {
    const path = await write('endless.ts', 'for (;;) {}');
    const verdict = await probeStrategy(path, 500);
    expect(verdict).toEqual({ fault: `${path}: its import takes longer than 500 ms`, declared: null, isLate: true });
  });

  it('that leaves a promise rejected at its import is told, and no other is run to be listed', async () => {
    await write('mine.ts', GOOD);
    await write('later.ts', `globalThis.wasRun = true;\n${definition("name: 'later'")}`);
    await write(
      'posts.js',
      `import { parentPort } from 'node:worker_threads';\nparentPort?.postMessage({ fault: null });`,
    );
    await write('rejects.ts', `Promise.reject(new Error('no data today'));\n${definition("name: 'rejects'")}`);
    expect((await folder.unusable()).map(({ fault }) => fault)).toEqual([
      expect.stringMatching(/posts\.js: the default export is missing/),
      expect.stringMatching(/rejects\.ts: no data today/),
    ]);
    expect((await folder.list()).map(({ definition: { name } }) => name)).toContain('later');
    expect((await folder.find('mine')).ok).toBe(true);
    expect('wasRun' in globalThis).toBe(false);
  });

  it.each([
    ['a warm-up of NaN', 'warmUpBars: () => NaN', /warmUpBars: NaN is not a whole number from 0/],
    ['a warm-up that is a text', "warmUpBars: () => '7'", /warmUpBars: 7 is not a whole number/],
    ['a warm-up that loops for ever', 'warmUpBars: () => { for (;;); }', /did not answer within 1000 ms/],
    ['values it throws at', "checkTogether() { throw new Error('no') }", /cannot judge them: no$/],
    ['values it loops at', 'checkTogether() { for (;;); }', /did not answer within 1000 ms/],
    ['values it answers true for', 'checkTogether: () => true', /checkTogether: true is neither text nor null/],
  ])('with %s is refused, and this thread goes on', async (_what, fields, message) => {
    await write('x.ts', definition(fields));
    const found = await folder.find('x');
    expect(found.ok && found.value.definition.checkTogether?.({})).toMatch(message);
  });

  it.each([
    ['an async create', 'create: async () => ({ onBar() {} })', /create: it is async/],
    ['a create without a run', 'create: () => undefined', /create: undefined is no run/],
    ['a run without onBar', 'create: () => ({})', /create: an object is no run/],
    ['an async onBar', 'create: () => ({ async onBar() {} })', /onBar: it is async/],
  ])('with %s says so instead of trading nothing', async (_what, fields, message) => {
    const { create } = await loadStrategyFile(await write('x.ts', definition(fields)));
    expect(() => create({} as never, {})).toThrow(message);
  });

  it('that is not there is told with those that are', async () => {
    const found = await new StrategyFolder(join(directory, 'absent')).find('nope');
    expect(found).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_STRATEGY', message: /buy-and-hold.*sma-cross/s },
    });
  });
});
