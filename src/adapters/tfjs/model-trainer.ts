import { Worker } from 'node:worker_threads';
import type { BarColumns } from '../../engines/ml/bar-columns.js';
import type { ModelTrainingSettings } from '../../engines/ml/training-settings.js';
import type { BackendChoice } from './backend-choice.js';
import { ModelWorkerError } from './errors.js';
import { backgroundWorkerEntry, type WorkerEntry } from './worker-entry.js';
import type { TrainedModel, TrainingWorkerData, TrainingWorkerMessage } from './worker-messages.js';

export interface TrainingRequest {
  /** Validated bars of one symbol and timeframe, oldest first; copied, the caller keeps them. A BarSeries fits. */
  readonly bars: BarColumns;
  readonly settings: ModelTrainingSettings;
  /** ML_BACKEND; 'auto' when left out. */
  readonly backend?: BackendChoice;
}

export interface TrainingOptions {
  /** Called with a fraction in [0, 1], never falling, and what is being done. */
  readonly onProgress?: (fraction: number, message: string) => void;
  /** Ends the thread at once. */
  readonly signal?: AbortSignal;
  /** Longest time the training may take, start of the thread included; ten minutes when left out. */
  readonly deadlineMs?: number;
  /** Another worker script, for tests. */
  readonly entry?: WorkerEntry;
}

const DEFAULT_DEADLINE_MS = 600_000;

/**
 * Trains the LSTM and the isolation forest of one symbol in a worker thread of its own; the calling thread stays free.
 *
 * The same bars, settings and backend give the same bytes.
 * @throws ModelWorkerError (as rejection): REFUSED with workerCode TOO_FEW_BARS (under MIN_TRAINING_BARS) or
 *   ML_BACKEND_UNAVAILABLE, or without one for bars or settings that are not valid; ABORTED by the signal; TIMED_OUT and CRASHED, which may be retried
 */
export async function trainModel(request: TrainingRequest, options: TrainingOptions = {}): Promise<TrainedModel> {
  const { signal, entry = backgroundWorkerEntry('training-worker') } = options;
  if (signal?.aborted) throw aborted();
  const workerData: TrainingWorkerData = {
    backend: request.backend ?? 'auto',
    bars: copyColumns(request.bars),
    settings: request.settings,
  };
  const transferList = Object.values(workerData.bars).map((column) => column.buffer as ArrayBuffer);
  const worker = new Worker(entry.url, { workerData, transferList, execArgv: [...entry.execArgv] });
  try {
    return await resultOf(worker, options);
  } finally {
    await worker.terminate();
  }
}

async function resultOf(worker: Worker, options: TrainingOptions): Promise<TrainedModel> {
  const { onProgress, signal, deadlineMs = DEFAULT_DEADLINE_MS } = options;
  const settled = new AbortController();
  try {
    return await new Promise<TrainedModel>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(aborted()), { signal: settled.signal });
      const giveUp = (): void =>
        reject(new ModelWorkerError('TIMED_OUT', `Training took longer than ${deadlineMs} ms`));
      const deadline = setTimeout(giveUp, deadlineMs);
      settled.signal.addEventListener('abort', () => clearTimeout(deadline));
      worker.on('message', (message: TrainingWorkerMessage) => {
        if (message.kind === 'progress') onProgress?.(message.fraction, message.message);
        else if (message.kind === 'trained') resolve(message.model);
        else reject(new ModelWorkerError('REFUSED', message.message, message.workerCode));
      });
      const crashed = (how: string): void => reject(new ModelWorkerError('CRASHED', `The training worker ${how}`));
      worker.once('error', (error) => crashed(`failed: ${error}`));
      worker.once('exit', (code) => crashed(`ended with code ${code}`));
    });
  } finally {
    settled.abort();
  }
}

function aborted(): ModelWorkerError {
  return new ModelWorkerError('ABORTED', 'Training was aborted');
}

function copyColumns({ timestamps, opens, highs, lows, closes, volumes }: BarColumns): BarColumns {
  return {
    timestamps: timestamps.slice(),
    opens: opens.slice(),
    highs: highs.slice(),
    lows: lows.slice(),
    closes: closes.slice(),
    volumes: volumes.slice(),
  };
}
