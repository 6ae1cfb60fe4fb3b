import * as tf from '@tensorflow/tfjs';

type KernelConfig = NonNullable<ReturnType<typeof tf.getKernel>>;
type KernelArguments = Parameters<KernelConfig['kernelFunc']>[0];

let isInstalled = false;

/**
 * Makes the wasm backend multiply transposed matrices fast, by transposing them first.
 *
 * The backend's kernel takes XNNPACK only for two matrices that are not transposed; everything else runs through a plain
 * triple loop, some eight times slower. A gradient is made of transposed products, so training an LSTM spends more
 * than half of its time there. Transposing costs a fortieth of that. Results agree to rounding.
 * Idempotent. Call it after the wasm backend is registered.
 * @see https://github.com/tensorflow/tfjs/blob/master/tfjs-backend-wasm/src/cc/kernels/BatchMatMul.cc
 */
export function installFastTransposedMatMul(): void {
  if (isInstalled) return;
  const multiply = tf.getKernel('BatchMatMul', 'wasm');
  const transpose = tf.getKernel('Transpose', 'wasm');
  if (!multiply || !transpose) throw new Error('The wasm backend has no BatchMatMul or no Transpose kernel');
  tf.unregisterKernel('BatchMatMul', 'wasm');
  tf.registerKernel({
    ...multiply,
    kernelFunc: (call) => multiplyTransposed(multiply, transpose, call),
  });
  isInstalled = true;
}

function multiplyTransposed(
  multiply: KernelConfig,
  transpose: KernelConfig,
  { inputs, backend, attrs }: KernelArguments,
): ReturnType<KernelConfig['kernelFunc']> {
  const temporaries: tf.TensorInfo[] = [];
  const flipped = (matrix: tf.TensorInfo | undefined, isTransposed: unknown): tf.TensorInfo => {
    if (matrix === undefined) throw new Error('BatchMatMul needs two matrices');
    if (isTransposed !== true) return matrix;
    const rank = matrix.shape.length;
    const perm = matrix.shape.map((_, axis) => axis);
    perm[rank - 1] = rank - 2;
    perm[rank - 2] = rank - 1;
    const result = transpose.kernelFunc({ inputs: { x: matrix }, backend, attrs: { perm } }) as tf.TensorInfo;
    temporaries.push(result);
    return result;
  };
  const a = flipped(inputs['a'], attrs?.['transposeA']);
  const b = flipped(inputs['b'], attrs?.['transposeB']);
  const product = multiply.kernelFunc({ inputs: { a, b }, backend, attrs: { transposeA: false, transposeB: false } });
  for (const { dataId } of temporaries) (backend as tf.KernelBackend).disposeData(dataId);
  return product;
}
