import type { ModelBackend } from '../../domain/model.js';
import type { BarColumns } from '../../engines/ml/bar-columns.js';
import type { TrainedModels } from '../../engines/ml/train-models.js';
import type { ModelTrainingSettings } from '../../engines/ml/training-settings.js';
import type { BackendChoice } from './backend-choice.js';

/** What the training worker is started with. */
export interface TrainingWorkerData {
  readonly backend: BackendChoice;
  readonly bars: BarColumns;
  readonly settings: ModelTrainingSettings;
}

/** Both models of one symbol, with the evidence, where they were trained and how long it took. */
export interface TrainedModel extends TrainedModels {
  readonly backend: ModelBackend;
  /** Wall time of the training in the worker, features and test included, start of the thread not. */
  readonly seconds: number;
}

export type TrainingWorkerMessage =
  | { readonly kind: 'progress'; readonly fraction: number; readonly message: string }
  | { readonly kind: 'trained'; readonly model: TrainedModel }
  | WorkerFailure;

/** What the inference worker is started with. */
export interface InferenceWorkerData {
  readonly backend: BackendChoice;
}

/** Answered in the order they were sent, each by one InferenceReply of the same id. */
export type InferenceRequest =
  | { readonly id: number; readonly kind: 'start' }
  | { readonly id: number; readonly kind: 'load'; readonly modelId: string; readonly artifact: Uint8Array }
  | { readonly id: number; readonly kind: 'unload'; readonly modelId: string }
  | { readonly id: number; readonly kind: 'predict'; readonly modelId: string; readonly windows: Float32Array };

export type InferenceReply =
  | {
      readonly id: number;
      readonly kind: 'done';
      readonly backend: ModelBackend;
      readonly predicted: Float64Array | null;
    }
  | ({ readonly id: number } & WorkerFailure);

export interface WorkerFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly workerCode: string | null;
}

/** An error in the shape that crosses a thread: classes and their fields do not. */
export function toWorkerFailure(error: unknown): WorkerFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error), workerCode: code };
}
