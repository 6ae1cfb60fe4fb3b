import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { LstmNetwork } from './lstm-network.js';
import { initialLstmWeights } from './lstm-weights.js';
import { SeededRandom } from './seeded-random.js';
import { assertLstmSettings, type LstmTrainingSettings } from './training-settings.js';

const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

/** Scaled samples of one part of the data. */
export interface LstmSamples {
  /** Row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT]. */
  readonly windows: Float32Array;
  /** Scaled returns [n]. */
  readonly targets: Float32Array;
}

export interface LstmEpoch {
  /** 1 for the first. */
  readonly epoch: number;
  /** Mean squared error on the validation samples, in scaled units: 1 is about that of the last price. */
  readonly validationMse: number;
}

export interface TrainedLstm {
  /** Those of the epoch with the lowest validation error. */
  readonly weights: Float32Array;
  readonly bestEpoch: number;
  readonly epochs: readonly LstmEpoch[];
}

/**
 * Trains an LSTM on `training` and stops early by `validation`. The samples' order is drawn anew for each epoch, by the seed.
 * @param onEpoch called after each epoch
 * @throws RangeError when there are no samples or a setting is out of range
 */
export async function trainLstm(
  training: LstmSamples,
  validation: LstmSamples,
  settings: LstmTrainingSettings,
  onEpoch: (epoch: LstmEpoch) => void = () => {},
): Promise<TrainedLstm> {
  assertLstmSettings(settings);
  if (training.targets.length === 0 || validation.targets.length === 0) {
    throw new RangeError('Training needs samples to learn from and samples to stop by');
  }
  const random = new SeededRandom(settings.seed);
  const network = new LstmNetwork(
    settings.units,
    initialLstmWeights(settings.units, random.nextUint32()),
    settings.learningRate,
  );
  try {
    const order = Uint32Array.from(training.targets, (_, i) => i);
    const epochs: LstmEpoch[] = [];
    let best = { epoch: 0, validationMse: Infinity };
    let weights = network.weights();
    for (let epoch = 1; epoch <= settings.epochs; epoch += 1) {
      random.shuffle(order);
      await trainOneEpoch(network, training, order, settings.batchSize);
      const validationMse = meanSquaredError(network.predict(validation.windows), validation.targets);
      epochs.push({ epoch, validationMse });
      onEpoch({ epoch, validationMse });
      if (validationMse < best.validationMse) {
        best = { epoch, validationMse };
        weights = network.weights();
      }
      if (epoch - best.epoch >= settings.patienceEpochs) break;
    }
    return { weights, bestEpoch: best.epoch, epochs };
  } finally {
    network.dispose();
  }
}

async function trainOneEpoch(
  network: LstmNetwork,
  samples: LstmSamples,
  order: Uint32Array,
  batchSize: number,
): Promise<void> {
  for (let start = 0; start < order.length; start += batchSize) {
    const batch = order.subarray(start, start + batchSize);
    const windows = new Float32Array(batch.length * WINDOW_LENGTH);
    const targets = new Float32Array(batch.length);
    batch.forEach((sample, i) => {
      windows.set(samples.windows.subarray(sample * WINDOW_LENGTH, (sample + 1) * WINDOW_LENGTH), i * WINDOW_LENGTH);
      targets[i] = samples.targets[sample] as number;
    });
    await network.trainOnBatch(windows, targets);
  }
}

function meanSquaredError(predicted: Float32Array, actual: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < actual.length; i += 1) squares += ((predicted[i] as number) - (actual[i] as number)) ** 2;
  return squares / actual.length;
}
