/** ML_BACKEND names a backend that is not there. Retrying does not help. */
export class BackendUnavailableError extends Error {
  override readonly name = 'BackendUnavailableError';
  readonly code = 'ML_BACKEND_UNAVAILABLE';
  readonly retriable = false;
}

/**
 * Why a worker thread gave no answer:
 * - CRASHED, TIMED_OUT: the thread ended or was ended; the next request starts a new one (retriable)
 * - OVERLOADED: too many requests wait already (retriable)
 * - ABORTED, CLOSED: the caller wanted it so
 * - REFUSED: the worker answered that the request or the model is not valid; the message and `workerCode` say why
 */
export type ModelWorkerErrorCode = 'CRASHED' | 'TIMED_OUT' | 'OVERLOADED' | 'ABORTED' | 'CLOSED' | 'REFUSED';

const RETRIABLE: ReadonlySet<ModelWorkerErrorCode> = new Set(['CRASHED', 'TIMED_OUT', 'OVERLOADED']);

/** A request to a training or inference worker that failed. */
export class ModelWorkerError extends Error {
  override readonly name = 'ModelWorkerError';
  readonly code: ModelWorkerErrorCode;
  readonly retriable: boolean;
  /** With REFUSED, the worker's own code where it has one: TOO_FEW_BARS, MODEL_FORMAT, ML_BACKEND_UNAVAILABLE. */
  readonly workerCode: string | null;

  constructor(code: ModelWorkerErrorCode, message: string, workerCode: string | null = null) {
    super(message);
    this.code = code;
    this.retriable = RETRIABLE.has(code);
    this.workerCode = workerCode;
  }
}
