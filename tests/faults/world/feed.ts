import type { Bar } from '../../../src/domain/bar.js';
import { partitionOf, PARTITIONS } from '../../../src/domain/topics.js';
import type { BarRequest, FetchedBars } from '../../../src/ports/market-data-source.js';
import { seededRandom } from '../../support/seeded-random.js';

/** Which bars are fed: everything else follows from these three numbers. */
export interface FeedOptions {
  readonly seed: number;
  readonly symbols: number;
  /** Minutes that are fed, a bar of each symbol each. */
  readonly minutes: number;
}

export const MINUTE_MS = 60_000;
/** Market time before which nothing is fed: where a replay begins by default, so the program's own clock starts here. */
export const FEED_START = Date.UTC(2016, 0, 3, 15, 30);
/** As many as the longest window of a signal source: what comes later to the past behind them changes no answer. */
const HISTORY_BARS = 260;
/** The oldest bars, which come while the feed runs: late by hours, so they are history and nothing may trade on them. */
const LATE_BARS = 20;
/** One symbol in so many has a time in which the source gives nothing of it, and then all at once: most of that is history by then. */
const OUTAGE_OF_ONE_IN = 3;
const OUTAGE_MINUTES = 6;
/** One bar in so many comes with the next poll instead of its own. */
const ONE_POLL_LATE_IN = 12;
/** One bar in so many is corrected two minutes after its close. */
const CORRECTED_IN = 30;
/** One answer in so many has all of its rows twice, one in so many has them in reverse. */
const TWICE_IN = 4;
const REVERSED_IN = 3;

/** What the feed does to its bars, counted. */
export interface FeedFaults {
  readonly 'bars in an answer twice': number;
  readonly 'answers in reverse order': number;
  readonly 'bars one poll late': number;
  readonly 'bars late by hours': number;
  readonly 'bars after an outage': number;
  readonly 'bars corrected': number;
}

/**
 * Made-up minute bars of several symbols, and how a bad source would give them: rows twice, in reverse, late, corrected. Pure:
 * an answer depends on the options, the request and the minute alone, so a process that is killed and asks again hears the
 * same. Corrections change the volume only: a consumer that lags may see a corrected bar, and the closes decide what is traded.
 */
export class Feed {
  readonly symbols: readonly string[];
  private readonly bars: ReadonlyMap<string, readonly Bar[]>;

  constructor(readonly options: FeedOptions) {
    this.symbols = symbolsOverPartitions(options.symbols);
    this.bars = new Map(this.symbols.map((symbol, index) => [symbol, makeBars(symbol, index, options)]));
  }

  /** Market time of the last minute's end. */
  get endsAt(): number {
    return FEED_START + this.options.minutes * MINUTE_MS;
  }

  /** Bars that are in the database before the feed begins, without the oldest ones. */
  history(symbol: string): readonly Bar[] {
    return this.barsOf(symbol).slice(LATE_BARS, LATE_BARS + HISTORY_BARS);
  }

  /** The answer to a poll at the market time `now`, a whole minute. */
  answer({ symbol, from }: Pick<BarRequest, 'symbol' | 'from'>, now: number): FetchedBars {
    const ended = now >= this.endsAt;
    if (this.isAway(symbol, now)) return { bars: [], malformed: [], ended };
    const rows = this.barsOf(symbol)
      .filter(({ timestamp, closeTime }) => timestamp >= from && closeTime <= now)
      .filter((bar) => bar.closeTime < now || ended || !this.isOnePollLate(bar))
      .map((bar) => (this.isCorrected(bar, now) ? { ...bar, volume: bar.volume + 1 } : bar));
    if (this.lateBarsComeAt(symbol) === now) rows.unshift(...this.barsOf(symbol).slice(0, LATE_BARS));
    if (!ended && this.hits('twice', symbol, now, TWICE_IN)) rows.push(...rows);
    if (!ended && this.hits('reversed', symbol, now, REVERSED_IN)) rows.reverse();
    return { bars: rows, malformed: [], ended };
  }

  faults(): FeedFaults {
    const counts = { late: 0, corrected: 0, twice: 0, reversed: 0 };
    for (const symbol of this.symbols) {
      for (let now = FEED_START + MINUTE_MS; now <= this.endsAt; now += MINUTE_MS) {
        const bar = this.barsOf(symbol).find(({ closeTime }) => closeTime === now);
        if (bar === undefined) continue;
        if (now < this.endsAt && this.isOnePollLate(bar)) counts.late += 1;
        if (this.isCorrected(bar, this.endsAt)) counts.corrected += 1;
        if (now < this.endsAt && this.hits('twice', symbol, now, TWICE_IN)) counts.twice += 1;
        if (now < this.endsAt && this.hits('reversed', symbol, now, REVERSED_IN)) counts.reversed += 1;
      }
    }
    return {
      'bars in an answer twice': counts.twice,
      'answers in reverse order': counts.reversed,
      'bars one poll late': counts.late,
      'bars late by hours': this.symbols.length * LATE_BARS,
      'bars after an outage': this.symbols.filter((symbol) => this.outageEnd(symbol) !== null).length * OUTAGE_MINUTES,
      'bars corrected': counts.corrected,
    };
  }

  private barsOf(symbol: string): readonly Bar[] {
    return this.bars.get(symbol) ?? [];
  }

  private isOnePollLate(bar: Bar): boolean {
    return bar.closeTime > FEED_START && this.hits('late', bar.symbol, bar.closeTime, ONE_POLL_LATE_IN);
  }

  /** Never with the first poll that a late bar comes with: its first version is then the same in every run. */
  private isCorrected(bar: Bar, now: number): boolean {
    if (bar.closeTime <= FEED_START || now < bar.closeTime + 2 * MINUTE_MS) return false;
    return this.hits('corrected', bar.symbol, bar.closeTime, CORRECTED_IN);
  }

  private lateBarsComeAt(symbol: string): number {
    const minute = 1 + Math.floor(this.draw('history', symbol, 0) * (this.options.minutes - 2));
    const at = FEED_START + minute * MINUTE_MS;
    return this.isAway(symbol, at) ? (this.outageEnd(symbol) ?? at) : at;
  }

  /** Whether the source gives nothing of a symbol at the market time `now`. */
  private isAway(symbol: string, now: number): boolean {
    const end = this.outageEnd(symbol);
    return end !== null && now < end && now >= end - OUTAGE_MINUTES * MINUTE_MS;
  }

  /** Market time of the poll that brings what was not given meanwhile; null for a symbol without an outage. */
  private outageEnd(symbol: string): number | null {
    if (this.symbols.indexOf(symbol) % OUTAGE_OF_ONE_IN !== 0) return null;
    const minute = 2 + Math.floor(this.draw('outage', symbol, 0) * (this.options.minutes - OUTAGE_MINUTES - 3));
    return FEED_START + (minute + OUTAGE_MINUTES) * MINUTE_MS;
  }

  private hits(what: string, symbol: string, time: number, oneIn: number): boolean {
    return this.draw(what, symbol, time) < 1 / oneIn;
  }

  private draw(what: string, symbol: string, time: number): number {
    return seededRandom(partitionOf(`${this.options.seed} ${what} ${symbol} ${time}`, 2 ** 32))();
  }
}

/** Symbols by turns in every partition: no consumer is without work. */
function symbolsOverPartitions(count: number): readonly string[] {
  const symbols: string[] = [];
  for (let number = 0; symbols.length < count; number += 1) {
    const symbol = `FEED-${number}`;
    if (partitionOf(symbol) === symbols.length % PARTITIONS) symbols.push(symbol);
  }
  return symbols;
}

/** A slow wave under noise: averages cross often enough that entries, stops and exits come about. */
function makeBars(symbol: string, index: number, { seed, minutes }: FeedOptions): readonly Bar[] {
  const random = seededRandom(seed * 1_000 + index);
  const base = 20 + random() * 200;
  const phase = random() * 2 * Math.PI;
  const first = FEED_START - (HISTORY_BARS + LATE_BARS) * MINUTE_MS;
  let open = round(base);
  return Array.from({ length: LATE_BARS + HISTORY_BARS + minutes }, (_, minute) => {
    const close = round(base * (1 + 0.02 * Math.sin(phase + minute / 9) + 0.004 * (random() - 0.5)));
    const [high, low] = [round(Math.max(open, close) * (1 + 0.001 * random())), round(Math.min(open, close) * 0.999)];
    const timestamp = first + minute * MINUTE_MS;
    const bar: Bar = {
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp,
      closeTime: timestamp + MINUTE_MS,
      open,
      high: Math.max(high, open, close),
      low: Math.min(low, open, close),
      close,
      volume: Math.round(1 + random() * 1_000),
      vwap: null,
      adjustment: 'RAW',
      source: 'replay',
    };
    open = close;
    return bar;
  });
}

const round = (price: number): number => Math.round(price * 100) / 100;
