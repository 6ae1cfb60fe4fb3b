import { Worker } from 'node:worker_threads';
import type { BarLoader, BarRange, LoadedBars } from '../../ports/bar-history.js';
import { workerEntry } from '../tfjs/worker-entry.js';

/** What the thread is started with. */
export interface BarLoaderData {
  readonly connectionString: string;
  /** Of the cache. */
  readonly directory: string;
}

export interface BarLoaderRequest {
  readonly id: number;
  readonly range: BarRange;
}

export type BarLoaderReply =
  | { readonly kind: 'loaded'; readonly id: number; readonly loaded: LoadedBars }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'fault'; readonly path: string; readonly error: unknown };

export interface BarLoaderThreadOptions extends BarLoaderData {
  /** Told what kept a file of the cache from being read or written. */
  readonly onFault: (path: string, error: unknown) => void;
}

interface Waiting {
  resolve(loaded: LoadedBars): void;
  reject(error: unknown): void;
}

/** Loads bars in a thread of its own, which is started with the first load: whoever waits for them stays free. */
export class BarLoaderThread implements BarLoader {
  private readonly options: BarLoaderThreadOptions;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private requests = 0;

  constructor(options: BarLoaderThreadOptions) {
    this.options = options;
  }

  load(range: BarRange): Promise<LoadedBars> {
    return new Promise((resolve, reject) => {
      this.requests += 1;
      this.waiting.set(this.requests, { resolve, reject });
      const request: BarLoaderRequest = { id: this.requests, range };
      this.running().postMessage(request, []);
    });
  }

  /** Ends the thread; loads under way are rejected. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker;
    const { connectionString, directory } = this.options;
    const workerData: BarLoaderData = { connectionString, directory };
    const { url, execArgv } = workerEntry('bar-loader-worker');
    const worker = new Worker(url, { workerData, execArgv: [...execArgv] });
    worker.on('message', (reply: BarLoaderReply) => this.take(reply));
    let cause: unknown = null;
    worker.once('error', (error) => (cause = error));
    // The next load starts another one.
    worker.once('exit', () => {
      this.worker = null;
      const lost = new Error('the thread that loads bars has ended', { cause });
      for (const { reject } of this.waiting.values()) reject(lost);
      this.waiting.clear();
    });
    this.worker = worker;
    return worker;
  }

  private take(reply: BarLoaderReply): void {
    if (reply.kind === 'fault') return this.options.onFault(reply.path, reply.error);
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.kind === 'loaded') waiting?.resolve(reply.loaded);
    else waiting?.reject(reply.error);
  }
}
