import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../adapters/tfjs/backend.js';
import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { LstmNetwork } from './lstm-network.js';
import { trainLstm } from './lstm-training.js';
import { initialLstmWeights, lstmWeightCount } from './lstm-weights.js';
import type { LstmTrainingSettings } from './training-settings.js';

const windowLength = WINDOW_BARS * LSTM_FEATURE_COUNT;
const small = { units: 4, epochs: 2, batchSize: 64, learningRate: 0.01, patienceEpochs: 2 };

beforeAll(async () => {
  expect(await startBackend('wasm')).toBe('tfjs-wasm');
});

describe('the LSTM', () => {
  it('answers a window alike alone and in a batch, to the last bit', () => {
    const network = new LstmNetwork(32, randomNumbers(lstmWeightCount(32), 1));
    const windows = randomNumbers(130 * windowLength, 2);
    const together = network.predict(windows);
    for (const i of [0, 1, 63, 64, 129]) {
      expect(network.predict(windows.slice(i * windowLength, (i + 1) * windowLength))[0]).toBe(together[i]);
    }
    network.dispose();
  });

  it('predicts nothing for nothing, and the same across the border of a chunk', () => {
    const network = new LstmNetwork(2, randomNumbers(lstmWeightCount(2), 1));
    expect(network.predict(new Float32Array())).toEqual(new Float32Array());
    const windows = randomNumbers(514 * windowLength, 3);
    const together = network.predict(windows);
    expect(together).toHaveLength(514);
    expect(network.predict(windows.slice(512 * windowLength))).toEqual(together.slice(512));
    network.dispose();
  });

  it('starts as the last price and with open forget gates', () => {
    const network = new LstmNetwork(8, initialLstmWeights(8, 5));
    expect(network.predict(randomNumbers(3 * windowLength, 4))).toEqual(new Float32Array(3));
    network.dispose();
  });

  it('computes what the equations of an LSTM say', () => {
    const units = 3;
    const weights = randomNumbers(lstmWeightCount(units), 8);
    const window = randomNumbers(windowLength, 9);
    const network = new LstmNetwork(units, weights);
    expect(network.predict(window)[0]).toBeCloseTo(lstmByHand(units, weights, window), 5);
    network.dispose();
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const samples = { windows: randomNumbers(70 * windowLength, 1), targets: randomNumbers(70, 2) };
    await trainLstm(samples, samples, { ...small, seed: 1 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('training', () => {
  const samples = { windows: randomNumbers(150 * windowLength, 1), targets: randomNumbers(150, 2) };
  const train = (settings: Partial<LstmTrainingSettings>) =>
    trainLstm(samples, samples, { ...small, seed: 1, ...settings });

  it('gives byte-equal weights for the same seed, and others for another', async () => {
    const [first, again, other] = [await train({}), await train({}), await train({ seed: 2 })];
    expect(new Uint8Array(first.weights.buffer)).toEqual(new Uint8Array(again.weights.buffer));
    expect(first.weights).not.toEqual(other.weights);
  });

  it('moves the weights down the gradient that finite differences give', async () => {
    // Adam's first step is learningRate x sign(gradient) wherever the gradient is not nearly 0.
    const units = 2;
    const start = randomNumbers(lstmWeightCount(units), 3);
    const batch = { windows: samples.windows.slice(0, 40 * windowLength), targets: samples.targets.slice(0, 40) };
    const network = new LstmNetwork(units, start, 0.001);
    await network.trainOnBatch(batch.windows, batch.targets);
    const moved = network.weights().map((weight, i) => weight - start[i]!);
    network.dispose();
    let compared = 0;
    for (let i = 0; i < start.length; i += 1) {
      const gradient = (lossByHand(units, start, i, 1e-3, batch) - lossByHand(units, start, i, -1e-3, batch)) / 2e-3;
      if (Math.abs(gradient) < 1e-4) continue;
      compared += 1;
      expect(Math.sign(moved[i]!), `weight ${i}`).toBe(-Math.sign(gradient));
    }
    expect(compared).toBeGreaterThan(start.length / 2);
  });

  it('keeps the weights of the epoch with the lowest validation error, and stops when it only rises', async () => {
    const opposite = { windows: samples.windows, targets: samples.targets.map((target) => -target) };
    const settings = { ...small, units: 8, learningRate: 0.05, epochs: 30, patienceEpochs: 3, seed: 1 };
    const seen: number[] = [];
    const trained = await trainLstm(samples, opposite, settings, ({ validationMse }) => seen.push(validationMse));
    expect(trained.epochs.length).toBeLessThan(30);
    expect(trained.epochs.length).toBe(trained.bestEpoch + 3);
    expect(Math.min(...seen)).toBe(seen[trained.bestEpoch - 1]);
  });

  it.each([
    { batchSize: 0 },
    { epochs: 0 },
    { units: 1.5 },
    { learningRate: 0 },
    { patienceEpochs: NaN },
    { seed: -1 },
  ])('refuses %o', async (bad) => {
    await expect(train(bad)).rejects.toThrow(RangeError);
  });

  it('refuses to train on nothing', async () => {
    const nothing = { windows: new Float32Array(), targets: new Float32Array() };
    await expect(trainLstm(nothing, samples, { ...small, seed: 1 })).rejects.toThrow(RangeError);
    await expect(trainLstm(samples, nothing, { ...small, seed: 1 })).rejects.toThrow(RangeError);
  });
});

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0);
});

/** The LSTM of Hochreiter and Schmidhuber with forget gates, in Keras' gate order: input, forget, cell, output. */
function lstmByHand(units: number, weights: ArrayLike<number>, window: Float32Array): number {
  const gates = 4 * units;
  const kernelEnd = LSTM_FEATURE_COUNT * gates;
  const biasStart = kernelEnd + units * gates;
  const denseStart = biasStart + gates;
  let hidden = Array.from({ length: units }, () => 0);
  const cell = hidden.slice();
  for (let step = 0; step < WINDOW_BARS; step += 1) {
    const z = Array.from({ length: gates }, (_, gate) => {
      let sum = weights[biasStart + gate]!;
      for (let f = 0; f < LSTM_FEATURE_COUNT; f += 1) {
        sum += window[step * LSTM_FEATURE_COUNT + f]! * weights[f * gates + gate]!;
      }
      for (let u = 0; u < units; u += 1) sum += hidden[u]! * weights[kernelEnd + u * gates + gate]!;
      return sum;
    });
    hidden = hidden.map((_, u) => {
      cell[u] = sigmoid(z[units + u]!) * cell[u]! + sigmoid(z[u]!) * Math.tanh(z[2 * units + u]!);
      return sigmoid(z[3 * units + u]!) * Math.tanh(cell[u]!);
    });
  }
  return hidden.reduce((sum, h, u) => sum + h * weights[denseStart + u]!, weights[denseStart + units]!);
}

function lossByHand(
  units: number,
  weights: Float32Array,
  at: number,
  shift: number,
  batch: { windows: Float32Array; targets: Float32Array },
): number {
  const shifted = Float64Array.from(weights);
  shifted[at]! += shift;
  let squares = 0;
  batch.targets.forEach((target, i) => {
    const window = batch.windows.subarray(i * windowLength, (i + 1) * windowLength);
    squares += (lstmByHand(units, shifted, window) - target) ** 2;
  });
  return squares / batch.targets.length;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
