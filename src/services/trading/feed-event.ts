import type { LoggedEventOf } from '../../domain/events.js';
import { invariant } from '../../domain/result.js';
import { pricedAt } from '../../domain/bar.js';
import { SIGNAL_ACTIONS, type SignalAction } from '../../domain/signal.js';
import { TIMEFRAMES, type Timeframe } from '../../domain/timeframe.js';
import type { SliceBar, SliceSignal } from '../../engines/execution/slice.js';
import type { FeedTopic } from '../../ports/trading-store.js';

export type FeedEvent = LoggedEventOf<FeedTopic>;

/** What an event means to an account. */
export type FeedMessage =
  | { readonly kind: 'bar'; readonly bar: SliceBar }
  | {
      readonly kind: 'evaluated';
      readonly source: string;
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly time: number;
      /** Null when the source had nothing to say. */
      readonly signal: SliceSignal | null;
    }
  | {
      readonly kind: 'ended';
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly time: number;
      readonly reason: 'REPLAY_OVER' | 'UNTRACKED';
    }
  /** Corrections, history, models: nothing is traded on them. */
  | { readonly kind: 'other' };

/** Reads an event of the log. Throws for one that is not what its type says: it goes to the dead letters. */
export function readFeedEvent(event: FeedEvent): FeedMessage {
  switch (event.type) {
    case 'bar': {
      const { payload } = event;
      if (payload.revision > 0) return { kind: 'other' };
      const timestamp = timeOf(payload.timestamp);
      return {
        kind: 'bar',
        bar: {
          symbol: payload.symbol,
          timeframe: timeframeOf(payload.timeframe),
          timestamp,
          closeTime: timeOf(payload.close_time),
          open: priceOf(payload.open),
          high: priceOf(payload.high),
          low: priceOf(payload.low),
          close: priceOf(payload.close),
          volume: volumeOf(payload.volume),
          pricedAt: pricedAt({ ...payload, timestamp }, event.createdAt),
        },
      };
    }
    case 'series_ended': {
      const { symbol, reason } = event.payload;
      invariant(reason === 'REPLAY_OVER' || reason === 'UNTRACKED', `reason ${String(reason)}`);
      const timeframe = timeframeOf(event.payload.timeframe);
      return { kind: 'ended', symbol, timeframe, time: timeOf(event.payload.timestamp), reason };
    }
    case 'signal': {
      const { payload } = event;
      const about = {
        source: payload.source,
        symbol: payload.symbol,
        timeframe: timeframeOf(payload.timeframe),
      };
      const timestamp = timeOf(payload.timestamp);
      const signal: SliceSignal = {
        ...about,
        id: payload.signal_id,
        timestamp,
        action: actionOf(payload.action),
        stopDistance: distanceOf(payload.stop_distance),
        takeProfitDistance: distanceOf(payload.take_profit_distance),
        entry: null,
      };
      return { kind: 'evaluated', ...about, time: timestamp, signal };
    }
    case 'bar_evaluated': {
      const { source, symbol, timeframe, timestamp } = event.payload;
      return {
        kind: 'evaluated',
        source,
        symbol,
        timeframe: timeframeOf(timeframe),
        time: timeOf(timestamp),
        signal: null,
      };
    }
    default:
      return { kind: 'other' };
  }
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  invariant(Number.isFinite(time), `time ${text}`);
  return time;
}

function timeframeOf(text: string): Timeframe {
  const timeframe = TIMEFRAMES.find((each) => each === text);
  invariant(timeframe !== undefined, `timeframe ${text}`);
  return timeframe;
}

function actionOf(text: string): SignalAction {
  const action = SIGNAL_ACTIONS.find((each) => each === text);
  invariant(action !== undefined, `action ${text}`);
  return action;
}

function finite(value: number): number {
  invariant(typeof value === 'number' && Number.isFinite(value), `number ${String(value)}`);
  return value;
}

function priceOf(value: number): number {
  invariant(finite(value) > 0, `price ${value}`);
  return value;
}

function volumeOf(value: number): number {
  invariant(finite(value) >= 0, `volume ${value}`);
  return value;
}

/** One at or below 0 is readable: risk denies such an entry to the account that asked for it, and it concerns no other. */
const distanceOf = (value: number | null): number | null => (value === null ? null : finite(value));
