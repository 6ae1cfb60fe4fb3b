import { Worker } from 'node:worker_threads';
import type { ModelBackend } from '../../domain/model.js';
import type { BackendChoice } from './backend-choice.js';
import { ModelWorkerError } from './errors.js';
import { workerEntry, type WorkerEntry } from './worker-entry.js';
import type { InferenceReply, InferenceRequest, InferenceWorkerData } from './worker-messages.js';

export interface ModelPredictorOptions {
  /** ML_BACKEND; 'auto' when left out. */
  readonly backend?: BackendChoice;
  /** Longest time a request to a thread that is at work may take; 15 s when left out. */
  readonly deadlineMs?: number;
  /**
   * The same for what is asked of a thread that has not answered yet; a minute when left out. Loading TensorFlow takes two
   * seconds of a processor, and one that is shared by fifty takes that many times longer: a thread that is ended meanwhile
   * never comes up.
   */
  readonly startDeadlineMs?: number;
  /** Models held at once, some 100 KB each in both threads; 500 when left out. */
  readonly maxModels?: number;
  /** Another worker script, for tests. */
  readonly entry?: WorkerEntry;
}

const DEFAULT_DEADLINE_MS = 15_000;
const DEFAULT_START_DEADLINE_MS = 60_000;
/** Requests that may wait for the worker at once: far more than symbols, far less than would fill the memory. */
const MAX_PENDING = 1_000;
const DEFAULT_MAX_MODELS = 500;

type RequestBody = InferenceRequest extends infer R ? (R extends InferenceRequest ? Omit<R, 'id'> : never) : never;
type DoneReply = Extract<InferenceReply, { kind: 'done' }>;

interface PendingRequest {
  readonly resolve: (reply: DoneReply) => void;
  readonly reject: (error: ModelWorkerError) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * Predicts with trained LSTMs in a long-lived worker thread; the calling thread never waits for TensorFlow.
 *
 * The thread starts with the first request. When it crashes, or a request passes its deadline (it is ended then), every
 * pending request fails with a retriable {@link ModelWorkerError}; the next request starts a new thread, which gets all
 * models again. Requests are answered in the order they were made.
 */
export class ModelPredictor {
  private readonly backend: BackendChoice;
  private readonly deadlineMs: number;
  private readonly startDeadlineMs: number;
  private readonly maxModels: number;
  private readonly entry: WorkerEntry;
  private readonly artifacts = new Map<string, Uint8Array>();
  private readonly pending = new Map<number, PendingRequest>();
  private worker: Worker | null = null;
  /** Whether the thread of this moment has answered anything: it has started then. */
  private hasAnswered = false;
  private isClosed = false;
  private nextId = 1;

  constructor(options: ModelPredictorOptions = {}) {
    this.backend = options.backend ?? 'auto';
    this.deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
    this.startDeadlineMs = options.startDeadlineMs ?? Math.max(this.deadlineMs, DEFAULT_START_DEADLINE_MS);
    this.maxModels = options.maxModels ?? DEFAULT_MAX_MODELS;
    this.entry = options.entry ?? workerEntry('inference-worker');
  }

  /**
   * Starts the thread ahead of the first request.
   * @returns the backend that predictions run on
   * @throws ModelWorkerError REFUSED with workerCode ML_BACKEND_UNAVAILABLE; CRASHED, TIMED_OUT, OVERLOADED, CLOSED
   */
  async start(): Promise<ModelBackend> {
    return (await this.request({ kind: 'start' })).backend;
  }

  /**
   * Makes a model ready; the same id again replaces it.
   * @param artifact `lstm.artifact` of a trained model, as stored
   * @throws ModelWorkerError REFUSED with workerCode MODEL_FORMAT for damaged bytes or a model of another version, and
   *   for more models than `maxModels`; CRASHED, TIMED_OUT, OVERLOADED, CLOSED
   */
  async load(modelId: string, artifact: Uint8Array): Promise<void> {
    if (!this.artifacts.has(modelId) && this.artifacts.size >= this.maxModels) {
      throw new ModelWorkerError('REFUSED', `${this.maxModels} models are loaded already: unload one first`);
    }
    const copy = artifact.slice();
    await this.request({ kind: 'load', modelId, artifact: copy });
    this.artifacts.set(modelId, copy);
  }

  /** Whether {@link load} has succeeded for this id. */
  isLoaded(modelId: string): boolean {
    return this.artifacts.has(modelId);
  }

  /** Lets a model go; an id that is not loaded changes nothing. Errors as {@link load}. */
  async unload(modelId: string): Promise<void> {
    if (!this.artifacts.delete(modelId) || this.worker === null) return;
    await this.request({ kind: 'unload', modelId });
  }

  /**
   * Predicts, for each window, the log return from its last close to the next bar's close:
   * predictedPrice = close x exp(logReturn).
   *
   * A window's answer does not depend on the others it is sent with, so batches may be of any size.
   * @param windows unscaled, row-major [n, WINDOW_BARS, LSTM_FEATURE_COUNT], of `latestLstmWindow` or `lstmWindows`; copied
   * @returns Float64Array [n]
   * @throws ModelWorkerError REFUSED for a model that is not loaded, another shape or a value that is not finite;
   *   CRASHED, TIMED_OUT, OVERLOADED, CLOSED
   */
  async predict(modelId: string, windows: Float32Array): Promise<Float64Array> {
    const copy = windows.slice();
    const { predicted } = await this.request({ kind: 'predict', modelId, windows: copy }, [copy.buffer]);
    return predicted ?? new Float64Array();
  }

  /** Ends the thread; pending and later requests fail with CLOSED. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.dropWorker(this.worker, () => new ModelWorkerError('CLOSED', 'The predictor was closed'));
  }

  private request(body: RequestBody, transfer: ArrayBuffer[] = []): Promise<DoneReply> {
    if (this.isClosed) return Promise.reject(new ModelWorkerError('CLOSED', 'The predictor was closed'));
    if (this.pending.size >= MAX_PENDING) {
      return Promise.reject(new ModelWorkerError('OVERLOADED', `${MAX_PENDING} requests wait for the model worker`));
    }
    const worker = this.worker ?? this.startWorker();
    return this.send(worker, body, transfer);
  }

  private send(worker: Worker, body: RequestBody, transfer: ArrayBuffer[]): Promise<DoneReply> {
    const id = this.nextId;
    this.nextId += 1;
    return new Promise<DoneReply>((resolve, reject) => {
      const deadlineMs = this.hasAnswered ? this.deadlineMs : this.startDeadlineMs;
      const deadline = setTimeout(() => this.giveUpOn(worker, id, deadlineMs), deadlineMs);
      this.pending.set(id, { resolve, reject, deadline });
      worker.postMessage({ id, ...body }, transfer);
    });
  }

  private startWorker(): Worker {
    const workerData: InferenceWorkerData = { backend: this.backend };
    const worker = new Worker(this.entry.url, { workerData, execArgv: [...this.entry.execArgv] });
    this.worker = worker;
    this.hasAnswered = false;
    worker.on('message', (reply: InferenceReply) => {
      if (this.worker === worker) this.hasAnswered = true;
      this.settle(reply);
    });
    const crashed = (how: string): void => {
      void this.dropWorker(worker, () => new ModelWorkerError('CRASHED', `The inference worker ${how}`));
    };
    worker.once('error', (error) => crashed(`failed: ${error}`));
    worker.once('exit', (code) => crashed(`ended with code ${code}`));
    for (const [modelId, artifact] of this.artifacts) {
      // The request that started this thread reports what goes wrong: its model is then not loaded.
      this.send(worker, { kind: 'load', modelId, artifact }, []).catch(() => {});
    }
    return worker;
  }

  private settle(reply: InferenceReply): void {
    const request = this.pending.get(reply.id);
    if (request === undefined) return;
    this.pending.delete(reply.id);
    clearTimeout(request.deadline);
    if (reply.kind === 'done') request.resolve(reply);
    else request.reject(new ModelWorkerError('REFUSED', reply.message, reply.workerCode));
  }

  private giveUpOn(worker: Worker, id: number, deadlineMs: number): void {
    const message = `The inference worker gave no answer in ${deadlineMs} ms`;
    void this.dropWorker(worker, (pendingId) =>
      pendingId === id
        ? new ModelWorkerError('TIMED_OUT', message)
        : new ModelWorkerError('CRASHED', 'The inference worker was ended because another request hung'),
    );
  }

  /** Every pending request is the current worker's: once that is gone, none of them can be answered. */
  private async dropWorker(worker: Worker | null, toError: (id: number) => ModelWorkerError): Promise<void> {
    if (worker === null || this.worker !== worker) return;
    this.worker = null;
    for (const [id, request] of this.pending) {
      clearTimeout(request.deadline);
      request.reject(toError(id));
    }
    this.pending.clear();
    await worker.terminate();
  }
}
