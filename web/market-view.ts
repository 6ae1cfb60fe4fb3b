import { PriceChart } from './chart.js';
import { queryPatiently, type LiveStreams } from './live.js';
import { BARS, MARKET_PAGE, SIGNALS, type Bar, type Page, type Signal } from './operations.js';
import { byId, showSignals } from './tables.js';

const BAR_MS = 60_000;
const MOVES_SHOWN = 6;

interface MarketPage {
  barSeries: { timestamps: string[]; opens: number[]; highs: number[]; lows: number[]; closes: number[] };
  latest: Page<Signal>;
  moves: Page<Signal>;
}

/** Bars and signals of one symbol: first what is stored, then live. */
export class MarketView {
  readonly chart = new PriceChart(byId('price-chart'));
  private readonly closes = new Map<string, number>();
  /** The newest signal of each source, HOLD included. */
  private readonly latest = new Map<string, Signal>();
  /** BUY and SELL signals by id, oldest first. */
  private readonly moves = new Map<string, Signal>();
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
    const variables = { symbol: this.symbol };
    const early: (() => void)[] = [];
    let loaded = false;
    const whenLoaded = (act: () => void) => (loaded ? act() : void early.push(act));
    this.streams.follow<{ cursor: string; bar: Bar }>(
      BARS,
      'bars',
      { ...variables },
      ({ bar }) => whenLoaded(() => this.addBar(bar)),
      this.refused,
    );
    this.streams.follow<{ cursor: string; signal: Signal }>(
      SIGNALS,
      'signals',
      { ...variables },
      ({ signal }) => whenLoaded(() => this.addSignal(signal)),
      this.refused,
    );
    const page = await queryPatiently<MarketPage>(MARKET_PAGE, variables);
    this.setBars(page.barSeries);
    const stored = [...page.moves.edges, ...page.latest.edges].map((edge) => edge.node);
    for (const signal of stored.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))) this.keep(signal);
    loaded = true;
    for (const act of early) act();
    this.drawSignals();
  }

  /** Marks the signals of one source in the chart; null marks none. */
  markSource(source: string | null): void {
    this.source = source;
    this.chart.clearMarks();
    this.chart.addSignals([...this.moves.values()].filter((signal) => signal.source === source));
  }

  private setBars({ timestamps, opens, highs, lows, closes }: MarketPage['barSeries']): void {
    const bars = timestamps.map((timestamp, index): Bar => ({
      timestamp,
      closeTime: new Date(Date.parse(timestamp) + BAR_MS).toISOString(),
      open: opens[index] ?? NaN,
      high: highs[index] ?? NaN,
      low: lows[index] ?? NaN,
      close: closes[index] ?? NaN,
    }));
    for (const bar of bars) this.closes.set(bar.closeTime, bar.close);
    this.chart.setBars(bars);
  }

  private addBar(bar: Bar): void {
    this.closes.set(bar.closeTime, bar.close);
    this.chart.addBar(bar);
  }

  private addSignal(signal: Signal): void {
    this.keep(signal);
    if (signal.source === this.source) this.chart.addSignals([signal]);
    this.drawSignals();
  }

  private keep(signal: Signal): void {
    this.latest.set(signal.source, signal);
    if (signal.action !== 'HOLD') this.moves.set(signal.id, signal);
  }

  /** What each source says now, then what they last said other than HOLD. */
  private drawSignals(): void {
    const now = [...this.latest.values()].toSorted((a, b) => a.source.localeCompare(b.source));
    const moves = [...this.moves.values()].filter((signal) => !now.includes(signal));
    showSignals([...now, ...moves.slice(-MOVES_SHOWN).toReversed()]);
  }
}
