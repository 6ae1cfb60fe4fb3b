import type { FeatureScaler } from './feature-scaler.js';
import { LOOKBACK_BARS, LSTM_FEATURE_COUNT, LSTM_FEATURES, WINDOW_BARS } from './lstm-features.js';
import { lstmTensorShapes, lstmWeightCount } from './lstm-weights.js';
import { ModelFormatError } from './model-format-error.js';
import { MAX_LSTM_UNITS } from './training-settings.js';

/** What a stored LSTM says of itself; JSON. */
export interface LstmManifest {
  readonly format: 'tradegraph-lstm';
  readonly version: 1;
  readonly units: number;
  readonly windowBars: number;
  readonly lookbackBars: number;
  readonly features: readonly string[];
  readonly scaler: FeatureScaler;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** A trained LSTM: all it takes to predict with it. */
export interface LstmArtifact {
  readonly manifest: LstmManifest;
  /** In the order of the manifest's tensors, row-major. */
  readonly weights: Float32Array;
}

/** "TGLM" read as a little-endian number: tradegraph LSTM. */
const MAGIC = 0x4d4c4754;
/** magic u32, manifest bytes u32. */
const HEADER_BYTES = 8;

/** Describes a network of `units` with its scaler. */
export function lstmManifest(units: number, scaler: FeatureScaler): LstmManifest {
  return {
    format: 'tradegraph-lstm',
    version: 1,
    units,
    windowBars: WINDOW_BARS,
    lookbackBars: LOOKBACK_BARS,
    features: [...LSTM_FEATURES],
    scaler,
    tensors: lstmTensorShapes(units),
  };
}

/** One value for the database: a header, the manifest as JSON, then the weights as little-endian float32. */
export function encodeLstmArtifact({ manifest, weights }: LstmArtifact): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(manifest));
  const bytes = new Uint8Array(HEADER_BYTES + json.length + weights.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.length, true);
  bytes.set(json, HEADER_BYTES);
  weights.forEach((weight, i) => view.setFloat32(HEADER_BYTES + json.length + i * 4, weight, true));
  return bytes;
}

/**
 * Reads what {@link encodeLstmArtifact} wrote.
 * @throws ModelFormatError when the bytes are of another kind, cut short, made for other features or windows than this
 *   program builds, or hold a number that is not finite
 */
export function decodeLstmArtifact(bytes: Uint8Array): LstmArtifact {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new ModelFormatError('Not a stored LSTM');
  }
  const weightsStart = HEADER_BYTES + view.getUint32(4, true);
  if (weightsStart > bytes.byteLength) throw new ModelFormatError('Stored LSTM is cut short in its manifest');
  const manifest = parseManifest(bytes.subarray(HEADER_BYTES, weightsStart));
  const weightCount = lstmWeightCount(manifest.units);
  if (bytes.byteLength - weightsStart !== weightCount * 4) {
    throw new ModelFormatError(`Stored LSTM(${manifest.units}) does not hold its ${weightCount} weights`);
  }
  const weights = Float32Array.from({ length: weightCount }, (_, i) => view.getFloat32(weightsStart + i * 4, true));
  if (!weights.every(Number.isFinite)) throw new ModelFormatError('Stored LSTM has a weight that is not finite');
  return { manifest, weights };
}

function parseManifest(json: Uint8Array): LstmManifest {
  let stored: Partial<LstmManifest> | null;
  try {
    stored = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)) as Partial<LstmManifest> | null;
  } catch {
    throw new ModelFormatError('Stored LSTM has a manifest that is no JSON');
  }
  const units = stored?.units;
  const scaler = stored?.scaler;
  if (
    typeof units !== 'number' ||
    !Number.isInteger(units) ||
    units < 1 ||
    units > MAX_LSTM_UNITS ||
    !isScaler(scaler)
  ) {
    throw new ModelFormatError('Stored LSTM has a manifest without sound units and scaler');
  }
  const expected = lstmManifest(units, scaler);
  // Everything but units and scaler follows from this program's version, so a model made otherwise cannot be run by it.
  for (const key of ['format', 'version', 'windowBars', 'lookbackBars', 'features', 'tensors'] as const) {
    if (JSON.stringify(stored?.[key]) !== JSON.stringify(expected[key])) {
      throw new ModelFormatError(`Stored LSTM has other ${key} than this program: train it again`);
    }
  }
  return expected;
}

function isScaler(scaler: Partial<FeatureScaler> | undefined): scaler is FeatureScaler {
  return (
    isColumn(scaler?.featureMeans) &&
    isColumn(scaler.featureScales) &&
    scaler.featureScales.every((scale) => scale > 0) &&
    Number.isFinite(scaler.targetScale) &&
    (scaler.targetScale as number) > 0
  );
}

function isColumn(values: unknown): values is number[] {
  return Array.isArray(values) && values.length === LSTM_FEATURE_COUNT && values.every(Number.isFinite);
}
