import { availableParallelism } from 'node:os';
import type { BarSeries } from '../../domain/bar.js';
import type { BacktestFailure } from '../../domain/backtest.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { OpenSearch, RunResults, SearchConclusion, SearchRun, SearchRunner } from '../../ports/search-runner.js';
import { backgroundWorkerEntry, type WorkerEntry } from '../tfjs/worker-entry.js';
import { SearchThread, SearchThreadLostError } from './search-thread.js';
import { searchWork, type TakeRuns } from './search-work.js';

export interface SearchThreadsOptions {
  /** Longest silence of a strategy, in milliseconds. */
  readonly stallMs: number;
  /** Worker threads of one search; one a core, 8 at most, when left out. */
  readonly threads?: number;
  /** JavaScript objects of one thread at most, in MB; 1,024 when left out. */
  readonly heapMb?: number;
  /** Another worker script, for tests. */
  readonly entry?: WorkerEntry;
}

const HEAP_MB = 1_024;
const THREADS_MAX = 8;
/** A thread is given runs for about so long: what is on its way when a search ends is lost. */
const CHUNK_MS = 100;
const FIRST_CHUNK = 16;
const CHUNK_MAX = 1_000;

/** Searches over worker threads that share the columns of the bars. */
export class SearchThreads implements SearchRunner {
  private readonly options: SearchThreadsOptions;

  constructor(options: SearchThreadsOptions) {
    this.options = options;
  }

  async open(run: SearchRun, signal: AbortSignal): Promise<Result<OpenSearch, BacktestFailure>> {
    signal.throwIfAborted();
    const { stallMs, heapMb = HEAP_MB, entry = backgroundWorkerEntry('search-worker') } = this.options;
    const count = this.options.threads ?? Math.min(availableParallelism(), THREADS_MAX);
    const shared = { ...run, series: run.series.map(sharedColumns) };
    const threads = Array.from({ length: count }, () => new SearchThread(shared, { entry, heapMb, stallMs }));
    const search = new ThreadedSearch(threads, signal);
    try {
      const fault = await search.begin();
      if (fault === null) return ok(search);
      await search.close();
      return err(fault);
    } catch (error) {
      await search.close();
      throw error;
    }
  }
}

class ThreadedSearch implements OpenSearch {
  runCount = 0;
  private groups: readonly (readonly number[])[] | null = null;
  private readonly threads: readonly SearchThread[];
  private readonly signal: AbortSignal;
  private readonly onAbort = (): void => void this.closeAll(this.signal.reason as Error);

  constructor(threads: readonly SearchThread[], signal: AbortSignal) {
    this.threads = threads;
    this.signal = signal;
    signal.addEventListener('abort', this.onAbort);
  }

  /** Answers why the search cannot begin; null where it can. */
  async begin(): Promise<BacktestFailure | null> {
    for (const answer of await Promise.all(this.threads.map((thread) => thread.begun()))) {
      if (!answer.ok) return answer.error;
      if (answer.value.kind === 'ready') ({ runCount: this.runCount, groups: this.groups } = answer.value);
    }
    return null;
  }

  async run(
    doneRuns: readonly number[],
    onResults: (results: RunResults) => Promise<void>,
    onPreparing: (fractions: readonly number[]) => void = () => {},
  ): Promise<Result<null, BacktestFailure>> {
    const taker = searchWork(this.runCount, this.groups, doneRuns);
    const preparing = new Map<SearchThread, number>();
    const tell = (thread: SearchThread, fraction: number | null): void => {
      if (fraction === null) preparing.delete(thread);
      else onPreparing([...preparing.set(thread, fraction).values()]);
    };
    const state: DriveState = { onResults, tell, fault: null };
    await Promise.all(this.threads.map((thread) => drive(thread, taker(), state)));
    return state.fault === null ? ok(null) : err(state.fault);
  }

  async conclude(
    scores: Float64Array,
    trialSharpes: readonly number[],
  ): Promise<Result<SearchConclusion, BacktestFailure>> {
    const [thread] = this.threads;
    const answer = await thread?.ask({ kind: 'conclude', scores, trialSharpes });
    if (answer === undefined) throw new SearchThreadLostError('a search has one thread at least');
    if (!answer.ok) return answer;
    if (answer.value.kind === 'concluded') return ok(answer.value.conclusion);
    throw new SearchThreadLostError(`a thread answered ${answer.value.kind} where it was to conclude`);
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    await this.closeAll(new SearchThreadLostError('the search was closed'));
  }

  private async closeAll(reason: Error): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close(reason)));
  }
}

/** What the threads of one search have in common. */
interface DriveState {
  readonly onResults: (results: RunResults) => Promise<void>;
  /** How far a thread's preparation is; null while it has none. */
  readonly tell: (thread: SearchThread, fraction: number | null) => void;
  /** Why the search cannot go on. */
  fault: BacktestFailure | null;
}

/** Gives a thread runs as long as there are any: the next ones are with it while the results of the last are stored. */
async function drive(thread: SearchThread, take: TakeRuns, state: DriveState): Promise<void> {
  let size = FIRST_CHUNK;
  let handed: Promise<void> = Promise.resolve();
  while (state.fault === null) {
    const runIndexes = take(size);
    if (runIndexes.length === 0) break;
    const startedMs = performance.now();
    const asked = thread
      .ask({ kind: 'run', runIndexes }, (fraction) => state.tell(thread, fraction))
      .then((answer) => ({ answer, endedMs: performance.now() }));
    const [{ answer, endedMs }] = await Promise.all([asked, handed]);
    state.tell(thread, null);
    if (!answer.ok) {
      state.fault = answer.error;
      return;
    }
    if (answer.value.kind !== 'results') continue;
    const ms = Math.max(1, endedMs - startedMs);
    size = Math.max(1, Math.min(CHUNK_MAX, 4 * size, Math.round((runIndexes.length * CHUNK_MS) / ms)));
    handed = state.onResults(answer.value.results);
    // It is awaited with the next answer; until then a failure of it is not unheard of.
    handed.catch(() => undefined);
  }
  await handed;
}

const share = (column: Float64Array): Float64Array => {
  const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
  shared.set(column);
  return shared;
};

/** Copies of the columns that all threads see. */
function sharedColumns(series: BarSeries): BarSeries {
  return {
    ...series,
    timestamps: share(series.timestamps),
    opens: share(series.opens),
    highs: share(series.highs),
    lows: share(series.lows),
    closes: share(series.closes),
    volumes: share(series.volumes),
  };
}
