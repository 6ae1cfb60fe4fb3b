import { SystemClock } from '../adapters/system-clock.js';
import { openReplay } from '../adapters/replay/open-replay.js';
import type { Config } from '../config/config.js';
import type { BarStore } from '../ports/bar-store.js';
import type { Clock, ReplayPace } from '../ports/clock.js';
import type { MarketDataSource } from '../ports/market-data-source.js';
import type { Metrics } from '../ports/metrics.js';
import { ExplainedError } from './explained-error.js';
import { LIVE_SOURCE_BOUNDS, ResilientSource, type SourceOutage } from '../services/ingestion/resilient-source.js';

export interface MarketData {
  readonly source: MarketDataSource;
  readonly clock: Clock;
  readonly replay: Replay | null;
  /** Null while the source answers; a recording always does. */
  readonly outage: () => SourceOutage | null;
}

/** A replay: the pace it goes at, how far it is stored, and the span of market time it plays; epoch milliseconds UTC. */
export interface Replay {
  readonly pace: ReplayPace;
  readonly storedPosition: () => Promise<number>;
  readonly startsAt: number;
  readonly endsAt: number;
}

type MarketDataConfig = Pick<Config, 'MARKET_DATA_PROVIDER' | 'REPLAY_START' | 'REPLAY_SPEED'>;

/** The source that the configuration names, with the clock that its market time is told by. */
export async function openMarketData(
  config: MarketDataConfig,
  bars: Pick<BarStore, 'latest'>,
  metrics: Metrics,
): Promise<MarketData> {
  if (config.MARKET_DATA_PROVIDER === 'yahoo') {
    const { YahooSource } = await import('../adapters/yahoo/yahoo-source.js');
    const clock = new SystemClock();
    const source = new ResilientSource(new YahooSource({ clock }), { ...LIVE_SOURCE_BOUNDS, metrics });
    return { source, clock, replay: null, outage: () => source.currentOutage };
  }
  const { source, clock, storedPosition } = await openReplay({
    start: config.REPLAY_START,
    speed: config.REPLAY_SPEED,
    bars,
  }).catch((error: unknown) => {
    throw error instanceof RangeError ? new ExplainedError(`REPLAY_START: ${error.message}`) : error;
  });
  return {
    source,
    clock,
    outage: () => null,
    replay: { pace: clock, storedPosition, startsAt: source.startsAt, endsAt: source.endsAt },
  };
}
