import * as tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import util from 'node:util';
import type { ModelBackend } from '../../domain/model.js';
import type { BackendChoice } from './backend-choice.js';
import { BackendUnavailableError } from './errors.js';
import { installFastTransposedMatMul } from './wasm-matmul.js';

/**
 * Sets up TensorFlow.js for this thread. Only worker threads call it: tensors block the thread they run on.
 * @returns the backend that is in use
 * @throws BackendUnavailableError when 'node' is asked for and @tensorflow/tfjs-node does not load, or wasm does not start
 */
export async function startBackend(choice: BackendChoice): Promise<ModelBackend> {
  if (choice === 'wasm') return startWasm();
  const failure = await tryNode();
  if (failure === null) return 'tfjs-node';
  if (choice === 'auto') return startWasm();
  throw new BackendUnavailableError(
    'ML_BACKEND=node needs the optional package @tensorflow/tfjs-node, which did not load: ' +
      `${failure}. Install it (npm install @tensorflow/tfjs-node) or set ML_BACKEND=auto or wasm`,
  );
}

/** @returns null when tfjs-node is in use, else why it is not. */
async function tryNode(): Promise<string | null> {
  // tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  try {
    // A name in a variable: the package is optional, and the compiler must not look for its types.
    const optionalPackage = '@tensorflow/tfjs-node';
    await import(optionalPackage);
    return (await tf.setBackend('tensorflow')) ? null : 'its backend did not start';
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
  }
}

async function startWasm(): Promise<ModelBackend> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  // The binaries come with the package; without a path the backend looks beside the running script.
  const packageEntry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(packageEntry) + sep);
  // One thread: sums are then always taken in one order, and the same seed gives the same weights.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend('wasm')))
    throw new BackendUnavailableError('The wasm backend of TensorFlow.js did not start');
  installFastTransposedMatMul();
  return 'tfjs-wasm';
}
