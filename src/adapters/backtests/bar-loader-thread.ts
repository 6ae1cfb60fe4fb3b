import type { BarLoader, BarRange, LoadedBars } from '../../ports/bar-history.js';
import { RequestThread, type ThreadReply, type ThreadRequest } from './request-thread.js';

/** What the thread is started with. */
export interface BarLoaderData {
  readonly connectionString: string;
  /** Of the cache. */
  readonly directory: string;
}

/** What kept a file of the cache from being read or written. */
interface CacheFault {
  readonly path: string;
  readonly error: unknown;
}

export type BarLoaderRequest = ThreadRequest<BarRange>;
export type BarLoaderReply = ThreadReply<LoadedBars, CacheFault>;

export interface BarLoaderThreadOptions extends BarLoaderData {
  readonly onFault: (path: string, error: unknown) => void;
}

/** Loads bars in a thread of its own: whoever waits for them stays free. */
export class BarLoaderThread implements BarLoader {
  private readonly thread: RequestThread<BarRange, LoadedBars, CacheFault>;

  constructor({ connectionString, directory, onFault }: BarLoaderThreadOptions) {
    const workerData: BarLoaderData = { connectionString, directory };
    const onNote = ({ path, error }: CacheFault): void => onFault(path, error);
    this.thread = new RequestThread({ script: 'bar-loader-worker', workerData, onNote });
  }

  load(range: BarRange): Promise<LoadedBars> {
    return this.thread.ask(range);
  }

  /** Ends the thread; loads under way are rejected. */
  close(): Promise<void> {
    return this.thread.close();
  }
}
