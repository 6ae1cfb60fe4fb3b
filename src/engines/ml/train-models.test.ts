import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBars } from '../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../adapters/tfjs/backend.js';
import { trainModels } from './train-models.js';
import { MIN_TRAINING_BARS, TooFewBarsError } from './training-settings.js';

const small = { units: 4, epochs: 2, batchSize: 64, learningRate: 0.01, patienceEpochs: 2 };

beforeAll(async () => {
  expect(await startBackend('wasm')).toBe('tfjs-wasm');
});

describe('training the models of a symbol', () => {
  it('finds skill where returns swing, on bars it never saw', async () => {
    const progress: number[] = [];
    const settings = { seed: 1, lstm: { units: 4, epochs: 6, batchSize: 64, learningRate: 0.03, patienceEpochs: 4 } };
    const trained = await trainModels(makeBars(600, 0.8), settings, (fraction) => progress.push(fraction));
    expect(trained.lstm.skill).toBeGreaterThan(0.2);
    expect(trained.lstm.directionalAccuracy).toBeGreaterThan(0.6);
    expect(trained.lstm.count).toBe(Math.floor((600 - 59 - 2 * 58) * 0.2));
    expect(trained.lstm.testedTo).toBe(trained.trainedTo);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  it('learns nothing from the bars of the test part', async () => {
    const bars = makeBars(560);
    const changed = { ...bars, volumes: bars.volumes.slice() };
    const split = 560 - Math.floor((560 - 59 - 2 * 58) * 0.2);
    changed.volumes.fill(1e6, split);
    const [first, second] = [
      await trainModels(bars, { seed: 1, lstm: small }),
      await trainModels(changed, { seed: 1, lstm: small }),
    ];
    expect(second.lstm.artifact).toEqual(first.lstm.artifact);
    expect(second.lstm.modelMse).not.toBe(first.lstm.modelMse);
  });

  it('refuses fewer bars than a skill can be told from', async () => {
    await expect(trainModels(makeBars(MIN_TRAINING_BARS - 1), { seed: 1 })).rejects.toThrow(TooFewBarsError);
  });
});

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0);
});
