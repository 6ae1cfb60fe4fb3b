import type { RunResults } from '../../ports/search-runner.js';

/** Runs that one statement stores: written down in one turn of the event loop, a few milliseconds. */
const RUNS_A_WRITE = 1_000;

/** Stores the results of a search, one batch at a time: what arrives meanwhile is in the next one. */
export class ResultWriter {
  private readonly write: (results: RunResults) => Promise<void>;
  private waiting: RunResults[] = [];
  private writing: Promise<void> | null = null;

  /** @param write stores a batch; what it rejects with ends the search */
  constructor(write: (results: RunResults) => Promise<void>) {
    this.write = write;
  }

  /** Resolves when everything that has been put so far is stored. */
  put(results: RunResults): Promise<void> {
    this.waiting.push(results);
    this.writing ??= this.writeAll();
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    try {
      for (let batch = this.take(); batch !== null; batch = this.take()) await this.write(batch);
    } finally {
      this.writing = null;
    }
  }

  private take(): RunResults | null {
    let count = 0;
    let end = 0;
    // One at least, however large.
    while (end < this.waiting.length && (end === 0 || count < RUNS_A_WRITE)) {
      count += this.waiting[end]?.runIndexes.length ?? 0;
      end += 1;
    }
    const taken = this.waiting.splice(0, end);
    return taken.length === 0 ? null : joined(taken);
  }
}

const joined = (parts: readonly RunResults[]): RunResults => ({
  runIndexes: parts.flatMap(({ runIndexes }) => runIndexes),
  windowIndexes: parts.flatMap(({ windowIndexes }) => windowIndexes),
  params: parts.flatMap(({ params }) => params),
  scores: parts.flatMap(({ scores }) => scores),
  sharpes: parts.flatMap(({ sharpes }) => sharpes),
  totalReturnsPct: parts.flatMap(({ totalReturnsPct }) => totalReturnsPct),
  maxDrawdownsPct: parts.flatMap(({ maxDrawdownsPct }) => maxDrawdownsPct),
  roundTripCounts: parts.flatMap(({ roundTripCounts }) => roundTripCounts),
  errors: parts.flatMap(({ errors }) => errors),
  trialDigests: parts.flatMap(({ trialDigests }) => trialDigests),
});
