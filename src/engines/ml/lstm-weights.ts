import { LSTM_FEATURE_COUNT } from './lstm-features.js';
import { SeededRandom } from './seeded-random.js';

/** The network's tensors in the order the weights are stored in, row-major, one after the other. */
export function lstmTensorShapes(
  units: number,
): readonly { readonly name: string; readonly shape: readonly number[] }[] {
  return [
    { name: 'lstm/kernel', shape: [LSTM_FEATURE_COUNT, 4 * units] },
    { name: 'lstm/recurrent_kernel', shape: [units, 4 * units] },
    { name: 'lstm/bias', shape: [4 * units] },
    { name: 'dense/kernel', shape: [units, 1] },
    { name: 'dense/bias', shape: [1] },
  ];
}

/** Numbers in all tensors of a network. */
export function lstmWeightCount(units: number): number {
  return lstmTensorShapes(units).reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}

/**
 * Weights to start training from, a function of the seed alone.
 *
 * Kernels are Glorot-uniform, forget gates start open (bias 1, Jozefowicz et al. 2015), and the output layer starts at
 * 0: the untrained network says "the last price stays", and training moves it away from there.
 */
export function initialLstmWeights(units: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const glorot = (inputs: number, outputs: number): number => {
    const limit = Math.sqrt(6 / (inputs + outputs));
    return (random.nextFloat() * 2 - 1) * limit;
  };
  const kernel = Array.from({ length: LSTM_FEATURE_COUNT * 4 * units }, () => glorot(LSTM_FEATURE_COUNT, units));
  const recurrent = Array.from({ length: units * 4 * units }, () => glorot(units, units));
  const bias = Array.from({ length: 4 * units }, (_, i) => (i >= units && i < 2 * units ? 1 : 0));
  return Float32Array.from([...kernel, ...recurrent, ...bias, ...Array.from({ length: units + 1 }, () => 0)]);
}
