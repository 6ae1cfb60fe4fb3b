import type { BarSeries } from '../../domain/bar.js';
import { invariant } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { barWindow, indexOfBar } from '../../engines/signals/bar-window.js';
import type { BarStore } from '../../ports/bar-store.js';

export interface WindowRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the bar that the window ends at. */
  readonly timestamp: number;
}

/**
 * Reads, for each request, the last `lookback` bars through its own bar, fewer where no more are stored: views that end
 * at the bar, so that nothing after it can be seen however far the consumer lags behind. One read a series; a bar far
 * behind the others of its batch gets a read of its own.
 * @returns windows in the order of the requests
 */
export async function readWindows(
  store: Pick<BarStore, 'lastBars'>,
  requests: readonly WindowRequest[],
  lookback: number,
): Promise<readonly BarSeries[]> {
  const wanted = new Map<string, { newest: number; bars: number }>();
  for (const request of requests) {
    const { newest = -Infinity, bars = lookback - 1 } = wanted.get(seriesKey(request)) ?? {};
    wanted.set(seriesKey(request), { newest: Math.max(newest, request.timestamp), bars: bars + 1 });
  }
  const reads = new Map<string, Promise<ReadSeries>>();
  for (const { symbol, timeframe } of requests) {
    const key = seriesKey({ symbol, timeframe });
    const read = wanted.get(key);
    if (read === undefined || reads.has(key)) continue;
    reads.set(key, readSeries(store, symbol, timeframe, read.newest, read.bars));
  }
  return Promise.all(
    requests.map(async (request) => {
      const read = await reads.get(seriesKey(request));
      const index = read === undefined ? -1 : indexOfBar(read.series, request.timestamp);
      const start = index - lookback + 1;
      const isWhole = index >= 0 && (start >= 0 || read?.reachesStart);
      if (read !== undefined && isWhole) return barWindow(read.series, Math.max(0, start), index + 1);
      const { series } = await readSeries(store, request.symbol, request.timeframe, request.timestamp, lookback);
      // A bar is stored in the transaction that appends its event.
      invariant(
        series.timestamps.at(-1) === request.timestamp,
        `bar ${seriesKey(request)} ${request.timestamp} is stored`,
      );
      return series;
    }),
  );
}

interface ReadSeries {
  readonly series: BarSeries;
  /** True when no bar is stored before the first one. */
  readonly reachesStart: boolean;
}

async function readSeries(
  store: Pick<BarStore, 'lastBars'>,
  symbol: string,
  timeframe: Timeframe,
  through: number,
  count: number,
): Promise<ReadSeries> {
  const series = await store.lastBars(symbol, timeframe, through, count);
  return { series, reachesStart: series.timestamps.length < count };
}

const seriesKey = ({ symbol, timeframe }: Pick<WindowRequest, 'symbol' | 'timeframe'>): string =>
  `${symbol} ${timeframe}`;
