import { parentPort, workerData } from 'node:worker_threads';
import { startBackend } from '../adapters/tfjs/backend.js';
import {
  toWorkerFailure,
  type TrainingWorkerData,
  type TrainingWorkerMessage,
} from '../adapters/tfjs/worker-messages.js';
import { trainModels } from '../engines/ml/train-models.js';

// One training, then the thread ends: nothing a training leaves behind reaches the next one.
const { backend: choice, bars, settings } = workerData as TrainingWorkerData;

function tell(message: TrainingWorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

try {
  const backend = await startBackend(choice);
  const startedAtMs = performance.now();
  const models = await trainModels(bars, settings, (fraction, message) =>
    tell({ kind: 'progress', fraction, message }),
  );
  tell({ kind: 'trained', model: { ...models, backend, seconds: (performance.now() - startedAtMs) / 1000 } });
} catch (error) {
  tell(toWorkerFailure(error));
}
