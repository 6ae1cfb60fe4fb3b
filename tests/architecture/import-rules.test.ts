import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Reading a thousand files takes 5 s, and 30 on a machine that is busy. */
vi.setConfig({ testTimeout: 120_000 });

const PROJECT = resolve(import.meta.dirname, '../..');

interface Report {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

function cruise(folder: string, paths: string[]): Promise<Report> {
  const binary = join(PROJECT, 'node_modules/.bin/depcruise');
  const options = [...paths, '--config', join(PROJECT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  return new Promise((fulfil, reject) => {
    execFile(process.execPath, [binary, ...options], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('dependency-cruiser printed nothing'));
      else fulfil(JSON.parse(stdout) as Report);
    });
  });
}

describe('import rules', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tradegraph-imports-'));
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    const plant = async (path: string, text: string) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    await plant('src/adapters/postgres/store.ts', 'export const store = 1;\n');
    await plant('src/domain/bar.ts', 'export const bar = 1;\n');
    await plant('src/engines/good.ts', "import { bar } from '../domain/bar.js';\nexport const good = bar;\n");
    await plant(
      'src/engines/bad.ts',
      "import { store } from '../adapters/postgres/store.js';\nexport const bad = store;\n",
    );
    await plant(
      'src/engines/impure.ts',
      "import { readFileSync } from 'node:fs';\nexport const impure = readFileSync;\n",
    );
    await plant('src/services/a.ts', "import { b } from './b.js';\nexport const a = (): unknown => b;\n");
    await plant('src/services/b.ts', "import { a } from './a.js';\nexport const b = (): unknown => a;\n");
    await plant('src/services/learn.ts', "import tf from '@tensorflow/tfjs';\nexport const learn = tf;\n");
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('catch what is planted against them, and nothing else', async () => {
    const { summary } = await cruise(folder, ['src']);
    const found = summary.violations.map((violation) => `${violation.rule.name}: ${violation.from}`).sort();
    expect([...new Set(found)]).toEqual([
      'engines-are-pure: src/engines/impure.ts',
      'engines-imports: src/engines/bad.ts',
      'no-cycles: src/services/a.ts',
      'tensorflow-only-in-ml: src/services/learn.ts',
    ]);
  });

  it('hold for the whole tree, which is really read', async () => {
    const { summary } = await cruise(PROJECT, ['src', 'migrations']);
    expect(summary.totalCruised).toBeGreaterThan(50);
    expect(
      summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`),
    ).toEqual([]);
  });
});
