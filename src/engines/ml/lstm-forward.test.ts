import { beforeAll, describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../adapters/tfjs/backend.js';
import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { LstmForward } from './lstm-forward.js';
import { LstmNetwork } from './lstm-network.js';
import { lstmWeightCount } from './lstm-weights.js';

const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

beforeAll(async () => {
  await startBackend('wasm');
});

describe('the forward pass of an LSTM', () => {
  it.each([1, 3, 32])('answers as TensorFlow.js does, with %i units', (units) => {
    const weights = randomNumbers(lstmWeightCount(units), 8);
    const windows = randomNumbers(20 * WINDOW_LENGTH, 9).map((value) => value * 5);
    const network = new LstmNetwork(units, weights);
    const wanted = network.predict(windows);
    network.dispose();
    const predicted = new LstmForward(units, weights).predict(windows);
    expect(predicted).toHaveLength(20);
    for (const [row, value] of predicted.entries()) expect(Math.abs(value - wanted[row]!)).toBeLessThan(1e-5);
  });

  it('answers a window alike alone and in a batch, to the last bit, and nothing for nothing', () => {
    const forward = new LstmForward(32, randomNumbers(lstmWeightCount(32), 1));
    const windows = randomNumbers(3 * WINDOW_LENGTH, 2);
    const together = forward.predict(windows);
    for (const row of [0, 1, 2]) {
      const alone = windows.slice(row * WINDOW_LENGTH, (row + 1) * WINDOW_LENGTH);
      expect(forward.predict(alone)[0]).toBe(together[row]);
    }
    expect(forward.predict(new Float32Array())).toEqual(new Float32Array());
  });

  it('stays finite for gates that are wide open or shut', () => {
    const weights = randomNumbers(lstmWeightCount(4), 3).map((value) => value * 1000);
    const [predicted] = new LstmForward(4, weights).predict(randomNumbers(WINDOW_LENGTH, 4));
    expect(Number.isFinite(predicted)).toBe(true);
  });

  it('refuses weights of another network', () => {
    expect(() => new LstmForward(4, new Float32Array(7))).toThrow(RangeError);
  });
});
