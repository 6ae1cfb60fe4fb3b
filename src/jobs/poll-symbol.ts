import { z } from 'zod';
import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import { isUsEquitySession } from '../domain/us-equity-session.js';
import type { InstrumentStore, TrackedSymbol } from '../ports/bar-store.js';
import type { Clock, ReplayPace } from '../ports/clock.js';
import type { JobDefinition } from '../ports/job-queue.js';
import type { AdvanceReplay } from '../services/ingestion/advance-replay.js';
import type { PollSymbol } from '../services/ingestion/poll-symbol.js';
import { seriesPayload } from './series-payload.js';
import { jobFailure } from './source-failure.js';

const payloadSchema = seriesPayload.extend({
  /** Asked for by hand: also while the market is closed. */
  now: z.boolean(),
});
export type PollPayload = z.infer<typeof payloadSchema>;

export interface PollSymbolJobOptions {
  readonly pollSymbol: Pick<PollSymbol, 'poll'>;
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  readonly clock: Clock;
  /** Both in a replay, null when live. */
  readonly replay: { readonly advance: Pick<AdvanceReplay, 'advance'>; readonly pace: ReplayPace } | null;
}

/** The last bars of a session, and their corrections, come some minutes after its close. */
const AFTER_CLOSE_MS = 30 * 60_000;
/** More often than this is no use for longer bars, and their correction is no news. */
const LIVE_POLL_MAX_MS = 15 * 60_000;
/** BullMQ's PostgreSQL backend holds this; what is due meanwhile is ingested by one tick. */
const REPLAY_TICK_MIN_MS = 100;

/** Time between two polls of a live series. */
export const livePollEveryMs = (timeframe: Timeframe): number => Math.min(timeframeMs(timeframe), LIVE_POLL_MAX_MS);

/** Time between two ticks of a replay of so many bars a second. */
export const replayPollEveryMs = (speed: number | 'max'): number =>
  speed === 'max' ? REPLAY_TICK_MIN_MS : Math.max(REPLAY_TICK_MIN_MS, Math.round(1000 / speed));

/** Brings one tracked series up to date; in a replay, plays what is due. */
export function pollSymbolJob(options: PollSymbolJobOptions): JobDefinition<PollPayload> {
  return {
    name: 'poll-symbol',
    parse: (payload) => payloadSchema.parse(payload),
    // The next tick is the next attempt.
    attempts: 1,
    // The source's rate limit is what bounds it; more at once only wait there.
    concurrency: 4,
    async run({ symbol, timeframe, now }, { signal }) {
      const series = await openSeries(options.instruments, symbol, timeframe);
      if (series === null) return;
      try {
        if (await playReplay(options, series, signal)) return;
        const isDue = now || options.replay !== null || isMarketOpen(series, options.clock.now());
        if (isDue) await options.pollSymbol.poll(symbol, timeframe, signal);
      } catch (error) {
        // What was rolled back because the program stops is no failure.
        if (!signal.aborted) throw jobFailure(error);
      }
    },
  };
}

async function openSeries(
  instruments: Pick<InstrumentStore, 'tracked'>,
  symbol: string,
  timeframe: Timeframe,
): Promise<TrackedSymbol | null> {
  const tracked = await instruments.tracked();
  const series = tracked.find(
    (candidate) => candidate.instrument.symbol === symbol && candidate.timeframe === timeframe,
  );
  return series?.endedAt === null ? series : null;
}

/** True when the replay's bars are all that this series gets. */
async function playReplay(
  { replay }: PollSymbolJobOptions,
  series: TrackedSymbol,
  signal: AbortSignal,
): Promise<boolean> {
  if (replay === null) return false;
  await replay.advance.advance(signal);
  // At the end, and of a series that is not played, the source has to be asked whether it has ended.
  return replay.pace.state !== 'ENDED' && replay.pace.plays(series.instrument.symbol, series.timeframe);
}

function isMarketOpen({ instrument }: TrackedSymbol, time: number): boolean {
  return instrument.calendar === 'crypto' || isUsEquitySession(time, AFTER_CLOSE_MS);
}
