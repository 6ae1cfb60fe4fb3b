import type { BarSeries } from '../../domain/bar.js';
import type { BarPayload, LoggedEventOf } from '../../domain/events.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { BarStore } from '../../ports/bar-store.js';
import type { EventBatch } from '../../ports/event-bus.js';
import { readWindows, type WindowRequest } from './bar-windows.js';

type MarketDataEvent = LoggedEventOf<'market_data'>;

/** What is known of a partition up to one place in it. */
interface Known {
  /** Offset of the first event that is not in it. */
  nextOff: number;
  /** The window of each series that ends at its last bar; the longest unused first. */
  readonly windows: Map<string, BarSeries>;
}

/** The bars of a batch, each with its window where that is known without the store. */
interface Asked {
  readonly bars: (WindowRequest & { readonly window: BarSeries | null })[];
  /** For each series, which of the bars ends the window that holds after the batch. */
  readonly ends: Map<string, number>;
}

/**
 * The windows of bars as they come, without reading some hundred rows for each: the next window of a series is the one
 * before it and the bar of the event. That holds only where no event of the partition was missed and nothing before the
 * bar has changed: a batch that does not begin where the last one ended, a correction, loaded history and a bar that does
 * not follow on the last one at once send the series to the store again. So a window is what stands before its bar in the
 * log, or, where it is read, what is stored by then.
 */
export class RecentWindows {
  private readonly partitions = new Map<number, Known>();

  /**
   * @param lookback bars of a window at most
   * @param kept series known at once, over all partitions; some 50 bytes a bar of each window
   */
  constructor(
    private readonly store: Pick<BarStore, 'lastBars'>,
    private readonly lookback: number,
    private readonly kept: number,
  ) {}

  /**
   * Windows of the batch's bars of revision 0, in their order. When it throws, nothing is known of the partition any more.
   * @throws what the store throws
   */
  async of({ part, events }: EventBatch<'market_data'>): Promise<readonly BarSeries[]> {
    const [first] = events;
    if (first === undefined) return [];
    const before = this.partitions.get(part);
    this.partitions.delete(part);
    const windows: Map<string, BarSeries> = before?.nextOff === first.off ? before.windows : new Map();
    const { bars, ends } = this.ask(events, windows);
    const unknown = bars.filter(({ window }) => window === null);
    const read = (await readWindows(this.store, unknown, this.lookback)).values();
    const answers = bars.flatMap(({ window }) => window ?? read.next().value ?? []);
    for (const [key, index] of ends) {
      const window = answers[index];
      windows.delete(key);
      if (window !== undefined) windows.set(key, window);
    }
    this.forgetSurplus(windows);
    this.partitions.set(part, { nextOff: first.off + events.length, windows });
    return answers;
  }

  /** Walks the events in order; a series that has to be read is read for the rest of the batch. */
  private ask(events: readonly MarketDataEvent[], known: Map<string, BarSeries>): Asked {
    const asked: Asked = { bars: [], ends: new Map() };
    for (const event of events) {
      if (event.type !== 'bar' && event.type !== 'history_loaded') continue;
      const key = `${event.payload.symbol} ${event.payload.timeframe}`;
      if (event.type === 'history_loaded' || event.payload.revision > 0) {
        known.delete(key);
        asked.ends.delete(key);
        continue;
      }
      const { symbol, timeframe } = event.payload;
      const timestamp = Date.parse(event.payload.timestamp);
      const window = this.following(known.get(key), event.payload, timestamp);
      known.delete(key);
      if (window !== null) known.set(key, window);
      asked.ends.set(key, asked.bars.length);
      asked.bars.push({ symbol, timeframe: timeframe as Timeframe, timestamp, window });
    }
    return asked;
  }

  /** The window that ends at the bar, or null where it does not follow on `before`. */
  private following(before: BarSeries | undefined, bar: BarPayload, timestamp: number): BarSeries | null {
    if (before === undefined || timestamp - (before.timestamps.at(-1) ?? NaN) !== timeframeMs(before.timeframe))
      return null;
    const start = Math.max(0, before.timestamps.length - this.lookback + 1);
    const length = before.timestamps.length - start + 1;
    const extended = (column: Float64Array, value: number): Float64Array => {
      const values = new Float64Array(length);
      values.set(column.subarray(start));
      values[length - 1] = value;
      return values;
    };
    return {
      symbol: before.symbol,
      timeframe: before.timeframe,
      timestamps: extended(before.timestamps, timestamp),
      opens: extended(before.opens, bar.open),
      highs: extended(before.highs, bar.high),
      lows: extended(before.lows, bar.low),
      closes: extended(before.closes, bar.close),
      volumes: extended(before.volumes, bar.volume),
    };
  }

  private forgetSurplus(windows: Map<string, BarSeries>): void {
    let surplus = windows.size - this.kept;
    for (const other of this.partitions.values()) surplus += other.windows.size;
    for (const key of windows.keys()) {
      if (surplus <= 0) return;
      windows.delete(key);
      surplus -= 1;
    }
  }
}
