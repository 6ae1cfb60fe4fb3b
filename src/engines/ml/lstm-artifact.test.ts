import { beforeAll, describe, expect, it } from 'vitest';
import { makeBars, randomNumbers } from '../../../tests/support/synthetic-bars.js';
import { startBackend } from '../../adapters/tfjs/backend.js';
import { decodeLstmArtifact, encodeLstmArtifact, lstmManifest } from './lstm-artifact.js';
import { LSTM_FEATURE_COUNT, lstmFeatureRows, lstmWindows, WINDOW_BARS } from './lstm-features.js';
import { LstmPredictor } from './lstm-predictor.js';
import { lstmWeightCount } from './lstm-weights.js';
import { ModelFormatError } from './model-format-error.js';

const windowLength = WINDOW_BARS * LSTM_FEATURE_COUNT;

beforeAll(async () => {
  expect(await startBackend('wasm')).toBe('tfjs-wasm');
});

describe('a stored LSTM', () => {
  const scaler = { featureMeans: [0, 0.1, 0, 0, 0], featureScales: [1, 2, 1, 1, 1], targetScale: 1e-3 };
  const artifact = () => ({ manifest: lstmManifest(4, scaler), weights: randomNumbers(lstmWeightCount(4), 6) });

  it('comes back with the same manifest and weights, and predicts the same', () => {
    const original = artifact();
    const bytes = encodeLstmArtifact(original);
    expect(decodeLstmArtifact(bytes)).toEqual(original);
    const rows = lstmFeatureRows(makeBars(80));
    const windows = lstmWindows(rows, [70, 79]);
    const first = LstmPredictor.fromArtifact(bytes);
    const second = LstmPredictor.fromArtifact(encodeLstmArtifact(decodeLstmArtifact(bytes)));
    expect(second.predict(windows)).toEqual(first.predict(windows));
  });

  it('is refused when it was cut, is foreign, was made for other features, or holds NaN', () => {
    const { manifest, weights } = artifact();
    const bytes = encodeLstmArtifact({ manifest, weights });
    const bad = [
      new Uint8Array(0),
      bytes.slice(0, -1),
      bytes.slice(0, 20),
      bytes.slice().fill(0, 0, 4),
      encodeLstmArtifact({ manifest: { ...manifest, features: ['other'] }, weights }),
      encodeLstmArtifact({ manifest: { ...manifest, windowBars: 31 }, weights }),
      encodeLstmArtifact({ manifest: { ...manifest, units: 1e9 }, weights }),
      encodeLstmArtifact({ manifest: { ...manifest, scaler: { ...scaler, targetScale: 0 } }, weights }),
      encodeLstmArtifact({ manifest, weights: weights.map(() => NaN) }),
    ];
    for (const damaged of bad) expect(() => decodeLstmArtifact(damaged)).toThrow(ModelFormatError);
  });

  it('refuses windows of another shape or with a value that is not finite', () => {
    const predictor = LstmPredictor.fromArtifact(encodeLstmArtifact(artifact()));
    expect(() => predictor.predict(new Float32Array(7))).toThrow(RangeError);
    expect(() => predictor.predict(new Float32Array(windowLength).fill(NaN))).toThrow(/Window 0/);
  });
});
