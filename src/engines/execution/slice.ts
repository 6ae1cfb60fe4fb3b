import type { Bar } from '../../domain/bar.js';
import type { TimeInForce } from '../../domain/order.js';
import type { SeriesEndedPayload } from '../../domain/events.js';
import type { Signal } from '../../domain/signal.js';

/** What trading reads of a signal. */
export interface SliceSignal extends Pick<
  Signal,
  'id' | 'source' | 'symbol' | 'timeframe' | 'timestamp' | 'action' | 'stopDistance' | 'takeProfitDistance'
> {
  /** What an entry says of itself; null for a market order of the account's default size. */
  readonly entry: EntryTerms | null;
  /** Of a SELL: be flat, also where shorting is on. Signals of paper accounts do without: there every SELL means that. */
  readonly closes?: true;
}

/** Size, price and life of an entry; each null for the default. Prices in the quote currency. */
export interface EntryTerms {
  /** Fraction of the equity at the decision price, above 0, 1 at most. */
  readonly fraction: number | null;
  /** Units of the instrument, instead of the fraction. */
  readonly units: number | null;
  /** Price of a limit order. Not together with `stopPrice`. */
  readonly limitPrice: number | null;
  /** Price of a stop order. */
  readonly stopPrice: number | null;
  /** Good until canceled when null. */
  readonly timeInForce: TimeInForce | null;
}

/** What trading reads of a bar. */
export interface SliceBar extends Pick<
  Bar,
  'symbol' | 'timeframe' | 'timestamp' | 'closeTime' | 'open' | 'high' | 'low' | 'close' | 'volume'
> {
  /** Up to which ex-date splits are in its prices (`pricedAt` of the domain); its open time when left out: as traded. */
  readonly pricedAt?: number;
}

export interface EndedSeries {
  readonly symbol: string;
  readonly reason: SeriesEndedPayload['reason'];
}

/** All that became visible at one instant to one account: each list sorted by symbol, one entry a symbol. */
export interface Slice {
  /** Close time of its bars, epoch milliseconds UTC. */
  readonly time: number;
  /** The decision clock: the slice's own time in a replay, max(time, now) live. A signal's age is judged on it. */
  readonly decisionTime: number;
  readonly bars: readonly SliceBar[];
  readonly signals: readonly SliceSignal[];
  readonly ended: readonly EndedSeries[];
}
