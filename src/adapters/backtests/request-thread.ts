import { Worker } from 'node:worker_threads';
import { backgroundWorkerEntry } from '../tfjs/worker-entry.js';

/** What the thread is asked. */
export interface ThreadRequest<Q> {
  readonly id: number;
  readonly request: Q;
}

/** What it says: an answer or an error for a request, or a note for nobody's. */
export type ThreadReply<A, N = never> =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: A }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'note'; readonly note: N };

export interface RequestThreadOptions<N> {
  /** Of the script in src/workers, without its ending. */
  readonly script: string;
  readonly workerData: unknown;
  readonly onNote?: (note: N) => void;
}

interface Waiting<A> {
  resolve(answer: A): void;
  reject(error: unknown): void;
}

/** A worker thread that answers requests; started with the first one, and again with the first after it has ended. */
export class RequestThread<Q, A, N = never> {
  private readonly options: RequestThreadOptions<N>;
  private readonly waiting = new Map<number, Waiting<A>>();
  private worker: Worker | null = null;
  private requests = 0;

  constructor(options: RequestThreadOptions<N>) {
    this.options = options;
  }

  /** `transfer`: buffers that go over to the thread. Rejects with the thread's error, and when it ends before it answers. */
  ask(request: Q, transfer: readonly ArrayBuffer[] = []): Promise<A> {
    return new Promise((resolve, reject) => {
      this.requests += 1;
      this.waiting.set(this.requests, { resolve, reject });
      const message: ThreadRequest<Q> = { id: this.requests, request };
      this.running().postMessage(message, [...transfer]);
    });
  }

  /** Ends the thread; what it was asked and has not answered is rejected. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker;
    const { script, workerData } = this.options;
    const { url, execArgv } = backgroundWorkerEntry(script);
    const worker = new Worker(url, { workerData, execArgv: [...execArgv] });
    worker.on('message', (reply: ThreadReply<A, N>) => this.take(reply));
    let cause: unknown = null;
    worker.once('error', (error) => (cause = error));
    worker.once('exit', () => {
      this.worker = null;
      const lost = new Error(`the thread ${script} has ended`, { cause });
      for (const { reject } of this.waiting.values()) reject(lost);
      this.waiting.clear();
    });
    this.worker = worker;
    return worker;
  }

  private take(reply: ThreadReply<A, N>): void {
    if (reply.kind === 'note') return this.options.onNote?.(reply.note);
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.kind === 'answer') waiting?.resolve(reply.answer);
    else waiting?.reject(reply.error);
  }
}
