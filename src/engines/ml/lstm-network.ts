import * as tf from '@tensorflow/tfjs';
import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { lstmTensorShapes, lstmWeightCount } from './lstm-weights.js';

/** Windows that go through the network at once: bounds the memory of a prediction to some tens of megabytes. */
const MAX_PREDICTED_AT_ONCE = 512;
const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

/**
 * LSTM(units) and Dense(1) in TensorFlow.js on whatever backend is set. It takes scaled windows and gives scaled
 * returns. Holds tensors outside of the garbage collector's reach until {@link LstmNetwork.dispose}.
 */
export class LstmNetwork {
  readonly units: number;
  private readonly model: tf.Sequential;
  private readonly optimizer: tf.Optimizer;

  /**
   * @param units LSTM units
   * @param weights `lstmWeightCount(units)` numbers, as {@link LstmNetwork.weights} gives them
   * @param learningRate of Adam; only training uses it
   * @throws RangeError for another count of weights
   */
  constructor(units: number, weights: Float32Array, learningRate = 0.001) {
    this.units = units;
    this.model = tf.sequential({
      layers: [
        tf.layers.lstm({
          units,
          inputShape: [WINDOW_BARS, LSTM_FEATURE_COUNT],
          recurrentActivation: 'sigmoid',
          kernelInitializer: 'zeros',
          recurrentInitializer: 'zeros',
        }),
        tf.layers.dense({ units: 1, kernelInitializer: 'zeros' }),
      ],
    });
    this.optimizer = tf.train.adam(learningRate);
    this.model.compile({ optimizer: this.optimizer, loss: 'meanSquaredError' });
    this.setWeights(weights);
  }

  /**
   * One step of gradient descent on the mean squared error.
   * @param windows scaled, row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT]
   * @param targets scaled returns [n]
   */
  async trainOnBatch(windows: Float32Array, targets: Float32Array): Promise<void> {
    const inputs = windowTensor(windows);
    const outputs = tf.tensor2d(targets, [targets.length, 1]);
    try {
      await this.model.trainOnBatch(inputs, outputs);
    } finally {
      inputs.dispose();
      outputs.dispose();
    }
  }

  /**
   * Predicts scaled returns.
   * @param windows scaled, row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT]; n may be 0
   * @returns Float32Array [n]; a window's answer does not depend on the others it came with
   */
  predict(windows: Float32Array): Float32Array {
    const count = windows.length / WINDOW_LENGTH;
    const predicted = new Float32Array(count);
    for (let start = 0; start < count; start += MAX_PREDICTED_AT_ONCE) {
      const end = Math.min(start + MAX_PREDICTED_AT_ONCE, count);
      const answers = tf.tidy(() => {
        const inputs = windowTensor(windows.subarray(start * WINDOW_LENGTH, end * WINDOW_LENGTH));
        return (this.model.predictOnBatch(inputs) as tf.Tensor).dataSync();
      });
      predicted.set(answers, start);
    }
    return predicted;
  }

  /** A copy of the weights: `lstmWeightCount(units)` numbers, in the order of {@link lstmTensorShapes}. */
  weights(): Float32Array {
    const weights = new Float32Array(lstmWeightCount(this.units));
    let at = 0;
    for (const tensor of this.model.getWeights()) {
      weights.set(tensor.dataSync(), at);
      at += tensor.size;
    }
    return weights;
  }

  /** Frees the tensors; the network is of no use after it. */
  dispose(): void {
    this.model.dispose();
    this.optimizer.dispose();
  }

  private setWeights(weights: Float32Array): void {
    if (weights.length !== lstmWeightCount(this.units)) {
      throw new RangeError(`LSTM(${this.units}) has ${lstmWeightCount(this.units)} weights, not ${weights.length}`);
    }
    tf.tidy(() => {
      let at = 0;
      const tensors = lstmTensorShapes(this.units).map(({ shape }) => {
        const size = shape.reduce((product, side) => product * side, 1);
        at += size;
        return tf.tensor(weights.slice(at - size, at), [...shape]);
      });
      this.model.setWeights(tensors);
    });
  }
}

function windowTensor(windows: Float32Array): tf.Tensor3D {
  return tf.tensor3d(windows, [windows.length / WINDOW_LENGTH, WINDOW_BARS, LSTM_FEATURE_COUNT]);
}
