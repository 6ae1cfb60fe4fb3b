import { LSTM_FEATURE_COUNT, WINDOW_BARS } from './lstm-features.js';
import { lstmWeightCount } from './lstm-weights.js';

const WINDOW_LENGTH = WINDOW_BARS * LSTM_FEATURE_COUNT;

/**
 * The forward pass of LSTM(units) and Dense(1), in plain JavaScript: what a trained network is run with. A prediction is
 * one or few windows of one model, and there TensorFlow.js spends 15 ms on calling some hundred kernels for what is 0.6 ms
 * of arithmetic (32 units, 30 bars). Sums are taken in float64, always in one order, so a window's answer is the same
 * in any batch and on any machine; it differs from TensorFlow's float32 in the last digits.
 * @see Hochreiter, Schmidhuber (1997) with the forget gates of Gers et al. (2000); gates in Keras' order: input, forget,
 *   cell, output
 */
export class LstmForward {
  readonly units: number;
  private readonly weights: Float32Array;
  private readonly gates: number;
  private readonly biasStart: number;
  private readonly denseStart: number;

  /**
   * @param units LSTM units
   * @param weights `lstmWeightCount(units)` numbers in the order of `lstmTensorShapes`; kept, not copied
   * @throws RangeError for another count of weights
   */
  constructor(units: number, weights: Float32Array) {
    if (weights.length !== lstmWeightCount(units)) {
      throw new RangeError(`LSTM(${units}) has ${lstmWeightCount(units)} weights, not ${weights.length}`);
    }
    this.units = units;
    this.weights = weights;
    this.gates = 4 * units;
    this.biasStart = (LSTM_FEATURE_COUNT + units) * this.gates;
    this.denseStart = this.biasStart + this.gates;
  }

  /**
   * Predicts scaled returns.
   * @param windows scaled, row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT]; n may be 0
   * @returns Float32Array [n]
   */
  predict(windows: Float32Array): Float32Array {
    const predicted = new Float32Array(windows.length / WINDOW_LENGTH);
    for (let row = 0; row < predicted.length; row += 1) {
      predicted[row] = this.predictOne(windows.subarray(row * WINDOW_LENGTH, (row + 1) * WINDOW_LENGTH));
    }
    return predicted;
  }

  private predictOne(window: Float32Array): number {
    const { units, gates, weights, biasStart, denseStart } = this;
    // Features and the state before a bar, one after the other: the two kernels lie one after the other too.
    const inputs = new Float64Array(LSTM_FEATURE_COUNT + units);
    const cell = new Float64Array(units);
    const sums = new Float64Array(gates);
    for (let bar = 0; bar < WINDOW_LENGTH; bar += LSTM_FEATURE_COUNT) {
      for (let feature = 0; feature < LSTM_FEATURE_COUNT; feature += 1) {
        inputs[feature] = window[bar + feature] as number;
      }
      for (let gate = 0; gate < gates; gate += 1) sums[gate] = weights[biasStart + gate] as number;
      for (let input = 0, at = 0; input < inputs.length; input += 1) {
        const value = inputs[input] as number;
        for (let gate = 0; gate < gates; gate += 1, at += 1) {
          sums[gate] = (sums[gate] as number) + value * (weights[at] as number);
        }
      }
      for (let unit = 0; unit < units; unit += 1) {
        const kept = sigmoid(sums[units + unit] as number) * (cell[unit] as number);
        const added = sigmoid(sums[unit] as number) * Math.tanh(sums[2 * units + unit] as number);
        cell[unit] = kept + added;
        inputs[LSTM_FEATURE_COUNT + unit] = sigmoid(sums[3 * units + unit] as number) * Math.tanh(kept + added);
      }
    }
    let output = weights[denseStart + units] as number;
    for (let unit = 0; unit < units; unit += 1) {
      output += (inputs[LSTM_FEATURE_COUNT + unit] as number) * (weights[denseStart + unit] as number);
    }
    return output;
  }
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
