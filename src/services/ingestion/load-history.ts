import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { Logger } from '../../ports/logger.js';
import type { MarketDataSource } from '../../ports/market-data-source.js';
import type { Metrics } from '../../ports/metrics.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { acceptBars } from './accept-bars.js';
import { historyLoadedEvent } from './bar-events.js';
import { chunkOf } from './poll-symbol.js';
import { RefusalLog } from './refusal-log.js';

export interface LoadHistoryOptions {
  readonly source: MarketDataSource;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly bars: BarStore;
  readonly instruments: InstrumentStore;
  /** Where splits and dividends go that the source tells; without, they are let go. */
  readonly actions?: Pick<CorporateActionStore, 'save'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

export interface HistoryRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the first bar that is wanted: epoch milliseconds UTC. */
  readonly from: number;
}

export interface LoadProgress {
  /** Share of the range that is done, 0 to 1. */
  readonly fraction: number;
  /** Bars that are new or corrected so far. */
  readonly rows: number;
}

/** Time that one request and one transaction cover, in bars: bounds both the answer and the memory it takes. */
const CHUNK_BARS = 5000;

/** Loads the past of a series in chunks, oldest first. Doing it again changes nothing and appends nothing. */
export class LoadHistory {
  private readonly refusals: RefusalLog;

  constructor(private readonly options: LoadHistoryOptions) {
    this.refusals = new RefusalLog(options);
  }

  /** Loads what is missing: from the newest stored bar on, or from `from` when there is none. */
  async loadMissing(
    request: HistoryRequest,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadProgress> {
    const latest = await this.options.bars.latest(request.symbol, request.timeframe);
    const from = Math.max(request.from, latest?.timestamp ?? request.from);
    return this.load({ ...request, from }, onProgress, signal);
  }

  /** Loads all from `from` to now (market time). Throws MarketDataError; chunks before the failing one stay loaded. */
  async load(
    request: HistoryRequest,
    onProgress: (progress: LoadProgress) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<LoadProgress> {
    const to = this.options.clock.now();
    const step = CHUNK_BARS * timeframeMs(request.timeframe);
    let rows = 0;
    for (let from = request.from; from < to; from += step) {
      signal?.throwIfAborted();
      const end = Math.min(from + step, to);
      rows += await this.loadChunk(request, from, end, signal);
      onProgress({ fraction: (end - request.from) / (to - request.from), rows });
    }
    return { fraction: 1, rows };
  }

  /** As `load`, of a series that is tracked: notes in the end that its past is there. */
  async loadTracked(
    request: HistoryRequest,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadProgress> {
    const loaded = await this.load(request, onProgress, signal);
    const { unitOfWork, instruments } = this.options;
    await unitOfWork.transaction((tx) => instruments.markHistoryLoaded(tx, request.symbol, request.timeframe));
    return loaded;
  }

  private async loadChunk(
    { symbol, timeframe }: HistoryRequest,
    from: number,
    to: number,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { source, clock, bars, unitOfWork, metrics } = this.options;
    const fetched = await source.fetch({ symbol, timeframe, from, to }, signal);
    const { accepted, issues } = acceptBars(fetched, clock.now());
    const { actions = [] } = fetched;
    const [first] = accepted;
    if (first === undefined && issues.length === 0 && actions.length === 0) return 0;
    const rows = await unitOfWork.transaction(async (tx) => {
      await this.refusals.count(tx, symbol, timeframe, issues);
      const { inserted, corrected } = await bars.load(tx, accepted);
      const changed = inserted + corrected;
      await this.options.actions?.save(tx, actions, source.name);
      if (first !== undefined && changed > 0) {
        tx.append(historyLoadedEvent({ ...chunkOf(first, accepted), rows: changed }));
      }
      return changed;
    });
    this.refusals.committed(symbol, timeframe, issues, issues);
    if (rows > 0) metrics.count('tradegraph_bars_stored_total', { symbol, kind: 'history' }, rows);
    return rows;
  }
}
