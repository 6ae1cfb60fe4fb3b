import type { Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import { parseSymbol, type InvalidSymbol } from '../../domain/symbol.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { InstrumentStore, TrackedSymbol } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import { JobQueueUnavailableError } from '../../ports/job-queue.js';
import type { MarketDataSource } from '../../ports/market-data-source.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { seriesEndedEvent } from './bar-events.js';
import type { IngestionJobs } from './ingestion-jobs.js';
import { sourceRefusal, type SourceRefusal } from './source-refusal.js';

export interface TrackSymbolOptions {
  readonly source: MarketDataSource;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly instruments: InstrumentStore;
  readonly jobs: IngestionJobs;
}

/** Codes of src/domain/error-codes.ts. */
export type TrackRefusal =
  | InvalidSymbol
  | { readonly code: 'UNKNOWN_SYMBOL' | 'UNSUPPORTED_TIMEFRAME'; readonly message: string }
  | { readonly code: 'INVALID_ARGUMENT'; readonly message: string; readonly limit: number }
  | SourceRefusal;

export type UntrackRefusal = InvalidSymbol | { readonly code: 'NOT_TRACKED'; readonly message: string };

/** Each is polled every minute; a public source answers about one request a second. */
const TRACKED_MAX = 50;
/** How much of a new symbol's past is loaded: enough to train on, little enough to come in one request or two. */
const HISTORY_BARS = 5000;

/** Begins to collect a symbol's bars: its instrument is looked up, its past loaded and its polls scheduled. */
export class TrackSymbol {
  constructor(private readonly options: TrackSymbolOptions) {}

  /** A series that is tracked already is no error: `added` is false then. */
  async track(
    symbol: string,
    timeframe: Timeframe = 'ONE_MINUTE',
  ): Promise<Result<{ readonly added: boolean }, TrackRefusal>> {
    const { clock, unitOfWork, instruments, jobs } = this.options;
    const parsed = parseSymbol(symbol);
    if (!parsed.ok) return parsed;
    const tracked = await instruments.tracked();
    if (isTracked(tracked, parsed.value, timeframe)) return ok({ added: false });
    if (tracked.length >= TRACKED_MAX) return err(tooMany(tracked.length));
    const found = await this.lookUp(parsed.value, timeframe);
    if (!found.ok) return found;
    const outcome = await unitOfWork.transaction(async (tx) => {
      await instruments.saveInstrument(tx, found.value);
      // That its past is wanted is stored with it: its load is queued by `reschedule`, now or after a crash.
      return instruments.track(tx, parsed.value, timeframe, clock.now() - HISTORY_BARS * timeframeMs(timeframe));
    });
    if (outcome.added) await followTracking(jobs);
    return ok(outcome);
  }

  /** The instrument, when the source has bars of this timeframe of it. */
  private async lookUp(symbol: string, timeframe: Timeframe): Promise<Result<Instrument, TrackRefusal>> {
    const { source, clock } = this.options;
    try {
      const found = await source.instrument(symbol);
      const to = clock.now();
      if (found.ok) await source.fetch({ symbol, timeframe, from: to - timeframeMs(timeframe), to });
      return found;
    } catch (error) {
      return err(sourceRefusal(error));
    }
  }
}

/** Stops collecting a symbol's bars. What is stored stays; orders that wait for its next bar hear that none will come. */
export class UntrackSymbol {
  constructor(private readonly options: Omit<TrackSymbolOptions, 'source'>) {}

  async untrack(symbol: string): Promise<Result<{ readonly removed: boolean }, UntrackRefusal>> {
    const { clock, unitOfWork, instruments, jobs } = this.options;
    const parsed = parseSymbol(symbol);
    if (!parsed.ok) return parsed;
    const series = (await instruments.tracked()).filter(({ instrument }) => instrument.symbol === parsed.value);
    const { removed } = await unitOfWork.transaction(async (tx) => {
      const outcome = await instruments.untrack(tx, parsed.value);
      // A series that has ended has said so.
      const open = outcome.removed ? series.filter(({ endedAt }) => endedAt === null) : [];
      for (const { timeframe } of open) tx.append(seriesEndedEvent(parsed.value, timeframe, 'UNTRACKED', clock.now()));
      return outcome;
    });
    if (!removed) return err({ code: 'NOT_TRACKED', message: `symbol: ${parsed.value} is not tracked` });
    await followTracking(jobs);
    return ok({ removed });
  }
}

/** What is tracked is stored: a queue that does not answer now gets its schedules within a minute of its return. */
async function followTracking(jobs: IngestionJobs): Promise<void> {
  await jobs.reschedule().catch((error: unknown) => {
    if (!(error instanceof JobQueueUnavailableError)) throw error;
  });
}

const isTracked = (tracked: readonly TrackedSymbol[], symbol: string, timeframe: Timeframe): boolean =>
  tracked.some((series) => series.instrument.symbol === symbol && series.timeframe === timeframe);

const tooMany = (count: number): TrackRefusal => ({
  code: 'INVALID_ARGUMENT',
  message: `symbol: ${count} series are tracked, the limit is ${TRACKED_MAX}; untrack one first`,
  limit: TRACKED_MAX,
});
