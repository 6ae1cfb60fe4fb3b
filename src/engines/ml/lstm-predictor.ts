import { scaleFeatures, type FeatureScaler } from './feature-scaler.js';
import { decodeLstmArtifact } from './lstm-artifact.js';
import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { LstmForward } from './lstm-forward.js';

const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

/** Scaled windows in, scaled returns out, one a window. */
export interface ScaledPredictor {
  predict(windows: Float32Array): Float32Array;
}

/** A trained network with its scaler: unscaled windows in, log returns out. */
export class LstmPredictor {
  private readonly network: ScaledPredictor;
  private readonly scaler: FeatureScaler;

  constructor(network: ScaledPredictor, scaler: FeatureScaler) {
    this.network = network;
    this.scaler = scaler;
  }

  /** @throws ModelFormatError for bytes that `encodeLstmArtifact` did not write. */
  static fromArtifact(bytes: Uint8Array): LstmPredictor {
    const { manifest, weights } = decodeLstmArtifact(bytes);
    return new LstmPredictor(new LstmForward(manifest.units, weights), manifest.scaler);
  }

  /**
   * Predicts the log return from each window's last close to the next bar's close.
   * @param windows unscaled, row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT], finite
   * @returns Float64Array [n]
   * @throws RangeError for another shape or a value that is not finite
   */
  predict(windows: Float32Array): Float64Array {
    if (windows.length % WINDOW_LENGTH !== 0) {
      throw new RangeError(`${windows.length} values are no whole number of windows of ${WINDOW_LENGTH}`);
    }
    const bad = windows.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(`Window ${Math.floor(bad / WINDOW_LENGTH)} holds ${windows[bad]}`);
    const scaled = this.network.predict(scaleFeatures(windows, this.scaler));
    return Float64Array.from(scaled, (value) => value * this.scaler.targetScale);
  }
}
