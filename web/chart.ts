import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
  type ISeriesApi,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Bar, Fill, Signal } from './operations.js';

const COLORS = { up: '#3ddc97', down: '#ff6b6b', accent: '#5aa9ff', hold: '#c9a45c', text: '#8a97ab', line: '#1d2533' };

const seconds = (time: string) => (Date.parse(time) / 1000) as UTCTimestamp;

function newChart(element: HTMLElement): IChartApi {
  return createChart(element, {
    autoSize: true,
    layout: { background: { color: 'transparent' }, textColor: COLORS.text, attributionLogo: true },
    grid: { vertLines: { color: COLORS.line }, horzLines: { color: COLORS.line } },
    timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 4, borderColor: COLORS.line },
    rightPriceScale: { borderColor: COLORS.line },
  });
}

/** Bars with the signals and fills of one account. A bar that is older than the newest is only kept for the next redraw. */
export class PriceChart {
  private readonly series: ISeriesApi<'Candlestick'>;
  private readonly markers;
  private readonly bars = new Map<number, Bar>();
  private readonly marks = new Map<string, SeriesMarker<Time>>();
  private newest = 0;

  constructor(element: HTMLElement) {
    this.series = newChart(element).addSeries(CandlestickSeries, {
      upColor: COLORS.up,
      downColor: COLORS.down,
      wickUpColor: COLORS.up,
      wickDownColor: COLORS.down,
      borderVisible: false,
    });
    this.markers = createSeriesMarkers(this.series, []);
  }

  setBars(bars: readonly Bar[]): void {
    for (const bar of bars) this.bars.set(seconds(bar.timestamp), bar);
    const times = [...this.bars.keys()].sort((a, b) => a - b);
    this.newest = times.at(-1) ?? 0;
    this.series.setData(times.flatMap((time) => this.point(time)));
  }

  addBar(bar: Bar): void {
    const time = seconds(bar.timestamp);
    if (time < this.newest) return this.setBars([bar]);
    this.bars.set(time, bar);
    this.newest = time;
    for (const point of this.point(time)) this.series.update(point);
  }

  clearMarks(): void {
    this.marks.clear();
    this.drawMarks();
  }

  /** HOLD is not drawn. A signal stands at its decision, the close of its bar. */
  addSignals(signals: readonly Signal[]): void {
    for (const signal of signals) {
      if (signal.action === 'HOLD') continue;
      const buy = signal.action === 'BUY';
      this.marks.set(signal.id, {
        time: (seconds(signal.timestamp) - 60) as UTCTimestamp,
        position: buy ? 'belowBar' : 'aboveBar',
        shape: buy ? 'arrowUp' : 'arrowDown',
        color: buy ? COLORS.up : COLORS.down,
        text: signal.action,
      });
    }
    this.drawMarks();
  }

  addFills(fills: readonly Fill[]): void {
    for (const fill of fills) {
      this.marks.set(fill.id, {
        time: seconds(fill.barTimestamp),
        position: 'inBar',
        shape: 'circle',
        color: COLORS.accent,
        size: 0.6,
      });
    }
    this.drawMarks();
  }

  private point(time: number) {
    const bar = this.bars.get(time);
    return bar === undefined
      ? []
      : [{ time: time as UTCTimestamp, open: bar.open, high: bar.high, low: bar.low, close: bar.close }];
  }

  private drawMarks(): void {
    this.markers.setMarkers([...this.marks.values()].sort((a, b) => Number(a.time) - Number(b.time)));
  }
}

/** Equity of one account against the same money in the instrument from the first point on. */
export class EquityChart {
  private readonly equity: ISeriesApi<'Line'>;
  private readonly hold: ISeriesApi<'Line'>;
  private first: { price: number; value: number } | null = null;
  private newest = 0;

  constructor(element: HTMLElement) {
    const chart = newChart(element);
    this.hold = chart.addSeries(LineSeries, { color: COLORS.hold, lineWidth: 1, priceLineVisible: false });
    this.equity = chart.addSeries(LineSeries, { color: COLORS.accent, lineWidth: 2, priceLineVisible: false });
  }

  reset(): void {
    this.first = null;
    this.newest = 0;
    this.equity.setData([]);
    this.hold.setData([]);
  }

  /** `price` is the instrument's close at that time; points must come in order of time, an older one is left out. */
  add(timestamp: string, value: number, price: number | undefined): void {
    const time = seconds(timestamp);
    if (time < this.newest) return;
    this.newest = time;
    this.equity.update({ time, value });
    if (price === undefined) return;
    this.first ??= { price, value };
    this.hold.update({ time, value: (this.first.value * price) / this.first.price });
  }
}
