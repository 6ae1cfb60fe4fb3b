import type { Pool } from 'pg';
import type { Adjustment, BarSeries } from '../../../domain/bar.js';
import type { DataSource } from '../../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../../domain/timeframe.js';
import { usEquityBarClose } from '../../../domain/us-equity-session.js';
import type { BarStore } from '../../../ports/bar-store.js';
import type { BarSeriesView, BarView, Page, PageRequest, SeriesFilter } from '../../../ports/read-model.js';
import { binnedSeries, finestStored } from '../bar-aggregation.js';

/** Years 1 to 9999: an open end of a range. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-31T00:00:00.000Z');
/** Bars that are absent (quiet minutes, closed sessions) make a window hold fewer than it spans: each try reaches back this much further. */
const WIDENING = 8;

interface BarRow {
  readonly timestamp: Date;
  readonly close_time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly vwap: number | null;
  readonly adjustment: Adjustment;
  readonly source: DataSource;
  readonly revision: number;
}

/** Open times from <= t < to of one series. */
interface Window {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
}

const COLUMNS = '"timestamp", close_time, open, high, low, close, volume, vwap, adjustment, source, revision';
/** Columns are of equal length. */
const at = (column: Float64Array, index: number): number => column[index] ?? NaN;
const iso = (time: number): string => new Date(time).toISOString();

/** Bars as rows, with all that is stored of them, and as columns. Never as entities: those take ten times as long. */
export class PgBarReads {
  constructor(
    private readonly pool: Pool,
    private readonly store: Pick<BarStore, 'aggregated' | 'lastBars' | 'range' | 'latest'>,
  ) {}

  async bars(filter: SeriesFilter, page: PageRequest): Promise<Page<BarView>> {
    const window = windowOf(filter, page);
    const base = await finestStored(this.pool, filter.symbol, filter.timeframe);
    const stored = base === filter.timeframe || base === null;
    const wanted = page.size + 1;
    const bars = stored ? await this.rows(window, page.from, wanted) : await this.made(window, base, page.from, wanted);
    const more = bars.length > page.size;
    const shown = page.from === 'first' ? bars.slice(0, page.size) : bars.slice(-page.size);
    return {
      items: shown.map((item) => ({ key: [item.timestamp], item })),
      hasNext: page.from === 'first' ? more : page.before !== null,
      hasPrevious: page.from === 'last' ? more : page.after !== null,
    };
  }

  async barSeries(filter: SeriesFilter, from: 'first' | 'last', size: number): Promise<BarSeriesView> {
    const window = windowOf(filter, { after: null, before: null });
    const base = await finestStored(this.pool, filter.symbol, filter.timeframe);
    const series = await this.columns(window, base, from, size + 1);
    const more = series.timestamps.length > size;
    const shown = slice(series, from === 'first' ? 0 : Math.max(0, series.timestamps.length - size), size);
    return { ...shown, hasEarlier: more && from === 'last', hasLater: more && from === 'first' };
  }

  private async rows(
    { symbol, timeframe, from, to }: Window,
    end: 'first' | 'last',
    count: number,
  ): Promise<BarView[]> {
    const { rows } = await this.pool.query<BarRow>({
      name: `bars-${end}`,
      text: `SELECT ${COLUMNS} FROM market_data
             WHERE symbol = $1 AND timeframe = $2 AND "timestamp" >= $3 AND "timestamp" < $4
             ORDER BY "timestamp" ${end === 'first' ? 'ASC' : 'DESC'} LIMIT $5`,
      values: [symbol, timeframe, iso(from), iso(to), count],
    });
    const bars = rows.map(({ timestamp, close_time, ...rest }) => ({
      ...rest,
      symbol,
      timeframe,
      timestamp: timestamp.getTime(),
      closeTime: close_time.getTime(),
      aggregatedFrom: null,
    }));
    return end === 'first' ? bars : bars.reverse();
  }

  /** Aggregated bars; what they are made of says where they come from. */
  private async made(window: Window, base: Timeframe, end: 'first' | 'last', count: number): Promise<BarView[]> {
    const length = timeframeMs(window.timeframe);
    const [series, { calendar }, origin] = await Promise.all([
      this.columns(window, base, end, count),
      binnedSeries(this.pool, window.symbol, base),
      this.rows({ ...window, timeframe: base, from: EARLIEST_MS, to: LATEST_MS }, 'last', 1),
    ]);
    const { adjustment, source } = origin[0] ?? { adjustment: 'RAW', source: 'csv' };
    return Array.from(series.timestamps, (timestamp, index) => ({
      symbol: window.symbol,
      timeframe: window.timeframe,
      timestamp,
      closeTime: calendar === 'us-equity' ? usEquityBarClose(timestamp, length) : timestamp + length,
      open: at(series.opens, index),
      high: at(series.highs, index),
      low: at(series.lows, index),
      close: at(series.closes, index),
      volume: at(series.volumes, index),
      vwap: null,
      adjustment,
      source,
      revision: 0,
      aggregatedFrom: base,
    }));
  }

  /** The first or last `count` bars of a window as columns, oldest first. */
  private async columns(
    window: Window,
    base: Timeframe | null,
    end: 'first' | 'last',
    count: number,
  ): Promise<BarSeries> {
    const { symbol, timeframe, from, to } = window;
    if (end === 'first') return this.store.aggregated(symbol, timeframe, from, to, count);
    if (base !== timeframe && base !== null) return this.lastMade(window, base, count);
    const last = await this.store.lastBars(symbol, timeframe, to - 1, count);
    const kept = last.timestamps.findIndex((timestamp) => timestamp >= from);
    return slice(last, kept === -1 ? last.timestamps.length : kept, count);
  }

  /** Reaches back from the end until there are enough bars, or no earlier ones. */
  private async lastMade(window: Window, base: Timeframe, count: number): Promise<BarSeries> {
    const { symbol, timeframe } = window;
    const [oldest, latest] = await Promise.all([
      this.store.range(symbol, base, window.from, window.to, 1),
      this.store.latest(symbol, base),
    ]);
    const to = Math.min(window.to, (latest?.timestamp ?? window.from) + 1);
    const start = Math.max(window.from, (oldest.timestamps[0] ?? to) - timeframeMs(timeframe));
    // Two more than asked for: the first may be cut by the window, the last may still be forming.
    for (let span = (count + 2) * timeframeMs(timeframe); ; span *= WIDENING) {
      const from = Math.max(start, to - span);
      const reach = Math.ceil((to - from) / timeframeMs(timeframe)) + 1;
      const series = await this.store.aggregated(symbol, timeframe, from, to, reach);
      const { length } = series.timestamps;
      if (length >= count || from <= start) return slice(series, Math.max(0, length - count), count);
    }
  }
}

/** Open times are whole milliseconds, so "behind a key" is "from the next millisecond on". */
function windowOf(filter: SeriesFilter, page: Pick<PageRequest, 'after' | 'before'>): Window {
  const after = page.after === null ? EARLIEST_MS : Number(page.after[0]) + 1;
  const before = page.before === null ? LATEST_MS : Number(page.before[0]);
  const from = Math.max(filter.from ?? EARLIEST_MS, after);
  return {
    symbol: filter.symbol,
    timeframe: filter.timeframe,
    from,
    to: Math.max(from, Math.min(filter.to ?? LATEST_MS, before)),
  };
}

const slice = (series: BarSeries, start: number, count: number): BarSeries => ({
  symbol: series.symbol,
  timeframe: series.timeframe,
  timestamps: series.timestamps.subarray(start, start + count),
  opens: series.opens.subarray(start, start + count),
  highs: series.highs.subarray(start, start + count),
  lows: series.lows.subarray(start, start + count),
  closes: series.closes.subarray(start, start + count),
  volumes: series.volumes.subarray(start, start + count),
});
