import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from './backend.js';
import { BackendUnavailableError } from './errors.js';

// The optional package may be missing, or there without its native library (its download was closed).
const nodeOutcome: unknown = await startBackend('node').catch((error: unknown) => error);
const hasNode = nodeOutcome === 'tfjs-node';

describe('the model backend', () => {
  it.skipIf(hasNode)('says clearly that tfjs-node is asked for but not there', () => {
    expect(nodeOutcome).toBeInstanceOf(BackendUnavailableError);
    expect(nodeOutcome).toMatchObject({ code: 'ML_BACKEND_UNAVAILABLE', retriable: false });
    expect(String(nodeOutcome)).toMatch(/npm install @tensorflow\/tfjs-node.*ML_BACKEND=auto/);
  });

  it.skipIf(hasNode)('falls back to wasm on auto', async () => {
    expect(await startBackend('auto')).toBe('tfjs-wasm');
    expect(tf.getBackend()).toBe('wasm');
  });

  it.runIf(hasNode)('takes tfjs-node on auto', async () => {
    expect(await startBackend('auto')).toBe('tfjs-node');
  });
});

describe('products of transposed matrices on wasm', () => {
  beforeAll(async () => {
    await startBackend('wasm');
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('are right with transposeA %s and transposeB %s, also in batches, and leave no tensor behind', (flipA, flipB) => {
    const before = tf.memory().numTensors;
    for (const batch of [[], [3]]) {
      const a = Array.from({ length: batch.length === 0 ? 1 : 3 }, (_, n) => numbers(2, 3, n));
      const b = Array.from({ length: a.length }, (_, n) => numbers(3, 4, n + 10));
      tf.tidy(() => {
        const left = tf.tensor((flipA ? a.map(transposed) : a).flat(2), [...batch, ...(flipA ? [3, 2] : [2, 3])]);
        const right = tf.tensor((flipB ? b.map(transposed) : b).flat(2), [...batch, ...(flipB ? [4, 3] : [3, 4])]);
        const product = tf.matMul(left, right, flipA, flipB);
        expect(product.shape).toEqual([...batch, 2, 4]);
        const expected = a.flatMap((matrix, n) => productByHand(matrix, b[n]!).flat());
        product.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
      });
    }
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.engine().backend.numDataIds()).toBe(tf.memory().numDataBuffers);
  });
});

function numbers(rows: number, columns: number, seed: number): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(seed + 3 * i + j)));
}

function transposed(matrix: number[][]): number[][] {
  return matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));
}

function productByHand(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}
