import { parentPort, workerData } from 'node:worker_threads';
import { startBackend } from '../adapters/tfjs/backend.js';
import {
  toWorkerFailure,
  type InferenceReply,
  type InferenceRequest,
  type InferenceWorkerData,
} from '../adapters/tfjs/worker-messages.js';
import { LstmPredictor } from '../engines/ml/lstm-predictor.js';

const started = startBackend((workerData as InferenceWorkerData).backend);
// Each request reports a failed start; until the first one comes it must not end the thread.
started.catch(() => {});

const predictors = new Map<string, LstmPredictor>();

function carryOut(request: InferenceRequest): Float64Array | null {
  switch (request.kind) {
    case 'start':
      return null;
    case 'load': {
      predictors.set(request.modelId, LstmPredictor.fromArtifact(request.artifact));
      return null;
    }
    case 'unload':
      predictors.delete(request.modelId);
      return null;
    case 'predict': {
      const predictor = predictors.get(request.modelId);
      if (predictor === undefined) throw new RangeError(`No model ${request.modelId} is loaded`);
      return predictor.predict(request.windows);
    }
  }
}

parentPort?.on('message', async (request: InferenceRequest) => {
  let reply: InferenceReply;
  try {
    const backend = await started;
    reply = { id: request.id, kind: 'done', backend, predicted: carryOut(request) };
  } catch (error) {
    reply = { id: request.id, ...toWorkerFailure(error) };
  }
  parentPort?.postMessage(
    reply,
    reply.kind === 'done' && reply.predicted ? [reply.predicted.buffer as ArrayBuffer] : [],
  );
});
