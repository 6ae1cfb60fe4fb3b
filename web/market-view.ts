import { PriceChart } from './chart.js';
import type { LiveStreams } from './live.js';
import { query } from './live.js';
import { BARS, MARKET_PAGE, SIGNALS, type Bar, type Page, type Signal } from './operations.js';
import { byId, showSignals } from './tables.js';

const SIGNALS_KEPT = 60;

interface MarketPage {
  barSeries: { timestamps: string[]; opens: number[]; highs: number[]; lows: number[]; closes: number[] };
  signals: Page<Signal>;
  moves: Page<Signal>;
}

/** Bars and signals of one symbol: first what is stored, then live. */
export class MarketView {
  readonly chart = new PriceChart(byId('price-chart'));
  private readonly closes = new Map<string, number>();
  private signals: Signal[] = [];
  private moves: Signal[] = [];
  private source: string | null = null;

  constructor(
    readonly symbol: string,
    private readonly streams: LiveStreams,
    private readonly refused: (message: string) => void,
  ) {}

  /** Close of the bar that closed at this time; undefined where there was no bar. */
  closeAt(closeTime: string): number | undefined {
    return this.closes.get(closeTime);
  }

  /** Follows first and asks then, so that nothing falls between the two; what comes twice is the same. */
  async show(): Promise<void> {
    const early: Bar[] = [];
    let loaded = false;
    const variables = { symbol: this.symbol };
    this.streams.follow<{ cursor: string; bar: Bar }>(
      BARS,
      'bars',
      { ...variables },
      ({ bar }) => (loaded ? this.addBar(bar) : early.push(bar)),
      this.refused,
    );
    this.streams.follow<{ cursor: string; signal: Signal }>(
      SIGNALS,
      'signals',
      { ...variables },
      ({ signal }) => this.addSignal(signal),
      this.refused,
    );
    const page = await query<MarketPage>(MARKET_PAGE, variables);
    const { timestamps, opens, highs, lows, closes } = page.barSeries;
    const bars = timestamps.map((timestamp, index): Bar => ({
      timestamp,
      closeTime: new Date(Date.parse(timestamp) + 60_000).toISOString(),
      open: opens[index] ?? NaN,
      high: highs[index] ?? NaN,
      low: lows[index] ?? NaN,
      close: closes[index] ?? NaN,
    }));
    for (const bar of bars) this.closes.set(bar.closeTime, bar.close);
    this.chart.setBars(bars);
    loaded = true;
    for (const bar of early) this.addBar(bar);
    const stored = page.signals.edges.map((edge) => edge.node);
    this.signals = [...this.signals, ...stored.filter((signal) => !this.signals.some(({ id }) => id === signal.id))];
    this.moves = page.moves.edges.map((edge) => edge.node);
    showSignals(this.signals);
  }

  /** Draws the signals of one source; null draws none. */
  markSource(source: string | null): void {
    this.source = source;
    this.chart.clearMarks();
    this.chart.addSignals(this.moves.filter((signal) => signal.source === source));
  }

  private addBar(bar: Bar): void {
    this.closes.set(bar.closeTime, bar.close);
    this.chart.addBar(bar);
  }

  private addSignal(signal: Signal): void {
    if (this.signals.some(({ id }) => id === signal.id)) return;
    this.signals = [signal, ...this.signals].slice(0, SIGNALS_KEPT);
    if (signal.action !== 'HOLD') this.moves.push(signal);
    if (signal.source === this.source) this.chart.addSignals([signal]);
    showSignals(this.signals);
  }
}
