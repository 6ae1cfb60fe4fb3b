import type { Bar } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { Clock } from '../../ports/clock.js';
import {
  MarketDataError,
  type BarRequest,
  type FetchedBars,
  type MarketDataSource,
} from '../../ports/market-data-source.js';
import type { Recording } from './recordings.js';

export interface ReplaySourceOptions {
  /** What is played bar by bar, and tracked when the database is new. */
  readonly played: readonly Recording[];
  /** What is only there as history. */
  readonly historyOnly: readonly Recording[];
  readonly clock: Clock;
  /** Market time at which the replay begins: epoch milliseconds UTC. */
  readonly start: number;
}

const dayText = (time: number): string =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const minuteText = (time: number): string => new Date(time).toISOString().slice(11, 16);

const seriesOf = ({ instrument, timeframe }: Recording) => ({ symbol: instrument.symbol, timeframe });

/** Recorded bars as a market data source: a bar is there from its close on the replay's clock, never before. */
export class ReplaySource implements MarketDataSource {
  readonly name = 'replay';
  readonly description: string;
  readonly defaults: MarketDataSource['defaults'];
  private readonly recordings: readonly Recording[];
  /** Market time of the recording's end: epoch milliseconds UTC. */
  readonly endsAt: number;
  readonly startsAt: number;

  /** Throws RangeError when nothing would be played from `start` on. */
  constructor(private readonly options: ReplaySourceOptions) {
    this.startsAt = options.start;
    this.recordings = [...options.played, ...options.historyOnly];
    this.endsAt = Math.max(...options.played.map(({ bars }) => bars.at(-1)?.closeTime ?? Number.NEGATIVE_INFINITY));
    if (!(options.start < this.endsAt)) {
      const start = new Date(options.start).toISOString();
      throw new RangeError(
        `replay start: ${start} is not before the recording's end, ${new Date(this.endsAt).toISOString()}`,
      );
    }
    const symbols = options.played.map(({ instrument }) => instrument.symbol).join(', ');
    this.description = `replay of recorded ${symbols} minutes, ${dayText(options.start)} from ${minuteText(options.start)} UTC`;
    this.defaults = {
      tracked: options.played.map(seriesOf),
      history: this.recordings.map((recording) => ({
        ...seriesOf(recording),
        from: recording.bars[0]?.timestamp ?? options.start,
      })),
    };
  }

  async instrument(
    symbol: string,
  ): Promise<Result<Instrument, { readonly code: 'UNKNOWN_SYMBOL'; readonly message: string }>> {
    const recording = this.recordings.find(({ instrument }) => instrument.symbol === symbol);
    if (recording !== undefined) return ok(recording.instrument);
    const known = this.recordings.map(({ instrument }) => instrument.symbol).join(' and ');
    return err({ code: 'UNKNOWN_SYMBOL', message: `symbol: the replay holds ${known}, not ${symbol}` });
  }

  async fetch(request: BarRequest, signal?: AbortSignal): Promise<FetchedBars> {
    signal?.throwIfAborted();
    const { bars } = this.recordingOf(request.symbol, request.timeframe);
    const now = this.options.clock.now();
    const first = firstAtOrAfter(bars, request.from);
    const visible: Bar[] = [];
    for (let index = first; index < bars.length; index += 1) {
      const bar = bars[index];
      if (bar === undefined || bar.timestamp >= request.to || bar.closeTime > now) break;
      visible.push(bar);
    }
    const ended = !bars.some(({ closeTime }) => closeTime > now && closeTime <= this.endsAt);
    return { bars: visible, malformed: [], ended };
  }

  private recordingOf(symbol: string, timeframe: Timeframe): Recording {
    const ofSymbol = this.recordings.filter(({ instrument }) => instrument.symbol === symbol);
    if (ofSymbol.length === 0) throw new MarketDataError('UNKNOWN_SYMBOL', `the replay does not hold ${symbol}`, false);
    const recording = ofSymbol.find((candidate) => candidate.timeframe === timeframe);
    if (recording === undefined) {
      const held = ofSymbol.map((candidate) => candidate.timeframe).join(', ');
      throw new MarketDataError(
        'UNSUPPORTED_TIMEFRAME',
        `the replay holds ${symbol} as ${held}, not ${timeframe}`,
        false,
      );
    }
    return recording;
  }
}

/** Index of the first bar that opens at `time` or later. */
function firstAtOrAfter(bars: readonly Bar[], time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars[middle]?.timestamp ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
