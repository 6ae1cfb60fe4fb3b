import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadStrategyFile } from './load-strategy.js';
import { isStrayError } from './stray-error.js';

const SOURCE = `export default {
  name: 'x', description: 'd', parameters: {}, warmUpBars: () => 1,
  create: ({ onRejected }) => ({ onBar() { Promise.reject(new Error('not waited for')).catch(onRejected); } }),
};`;

describe('an error that nobody caught', () => {
  it("is a strategy's own where its file made it, and nobody else's", async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tradegraph strategies-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'x.js');
    await writeFile(path, SOURCE);
    const { create } = await loadStrategyFile(path);
    const error = await new Promise<unknown>((resolve) => create({ onRejected: resolve } as never, {}).onBar());
    expect(isStrayError(error, directory)).toBe(true);
    expect(isStrayError(error, `${directory}-other`)).toBe(false);
    expect(isStrayError(error, directory.slice(0, -1))).toBe(false);
    expect(isStrayError(new Error('ours'), directory)).toBe(false);
    expect(isStrayError('a text', directory)).toBe(false);
  });
});
