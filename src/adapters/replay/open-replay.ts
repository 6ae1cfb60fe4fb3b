import type { BarStore } from '../../ports/bar-store.js';
import { appleDays, bitcoinMinutes, type Recording } from './recordings.js';
import { ReplayClock, type ReplaySpeed } from './replay-clock.js';
import { ReplaySource } from './replay-source.js';

export interface OpenReplayOptions {
  /** Market time at which a new replay begins: epoch milliseconds UTC. */
  readonly start: number;
  readonly speed: ReplaySpeed;
  /** What has been ingested so far: a replay goes on from there. */
  readonly bars: Pick<BarStore, 'latest'>;
}

export interface OpenedReplay {
  readonly source: ReplaySource;
  readonly clock: ReplayClock;
  /** How far the replay has been ingested, by whichever process: epoch milliseconds UTC of market time. */
  readonly storedPosition: () => Promise<number>;
}

/** The packaged replay: BTC-USD minutes are played, AAPL days are history. Throws RangeError on a start after its end. */
export async function openReplay(options: OpenReplayOptions): Promise<OpenedReplay> {
  const [bitcoin, apple] = await Promise.all([bitcoinMinutes(), appleDays()]);
  const played = [bitcoin];
  const storedPosition = () => resumePosition(played, options);
  const clock = new ReplayClock({ recordings: played, position: await storedPosition(), speed: options.speed });
  const source = new ReplaySource({ played, historyOnly: [apple], clock, start: options.start });
  return { source, clock, storedPosition };
}

/**
 * Close time of the last replayed bar that is stored, `start` at least. A bar of another series that closed at that same
 * moment and was not stored yet comes with its series' next one.
 */
async function resumePosition(played: readonly Recording[], options: OpenReplayOptions): Promise<number> {
  const closeTimes = await Promise.all(
    played.map(
      async ({ instrument, timeframe }) =>
        (await options.bars.latest(instrument.symbol, timeframe))?.closeTime ?? options.start,
    ),
  );
  return Math.max(options.start, ...closeTimes);
}
