import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Deployment } from '../../domain/deployment.js';
import { ParityThread } from './parity-thread.js';

const DEPLOYED_AT = Date.UTC(2026, 0, 2);
const thread = new ParityThread(1_000);
const deployed = (reference: Deployment['reference']) => ({ reference, createdAt: DEPLOYED_AT }) as Deployment;

describe('the code of a deployment', () => {
  it('was changed where its file is newer than the deployment', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tradegraph-parity-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'mine.ts');
    await writeFile(path, '');
    const changedAt = async (time: number) => {
      await utimes(path, new Date(time), new Date(time));
      return thread.codeChangedAt(deployed({ kind: 'FILE', path }));
    };
    expect(await changedAt(DEPLOYED_AT - 1_000)).toBeNull();
    expect(await changedAt(DEPLOYED_AT + 1_000)).toBe(DEPLOYED_AT + 1_000);
  });

  it('was not where it is built in, and cannot be told where its file is gone', async () => {
    expect(await thread.codeChangedAt(deployed({ kind: 'BUILT_IN', name: 'sma-cross' }))).toBeNull();
    expect(await thread.codeChangedAt(deployed({ kind: 'FILE', path: '/absent/mine.ts' }))).toBeNull();
  });
});
