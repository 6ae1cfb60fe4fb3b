import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bar } from '../../src/domain/bar.js';
import {
  MarketDataError,
  type BarRequest,
  type FetchedBars,
  type MarketDataSource,
} from '../../src/ports/market-data-source.js';
import { IngestNow } from '../../src/services/ingestion/ingest-now.js';
import type { IngestionJobs } from '../../src/services/ingestion/ingestion-jobs.js';
import { LoadHistory } from '../../src/services/ingestion/load-history.js';
import { PollSymbol } from '../../src/services/ingestion/poll-symbol.js';
import { TrackSymbol, UntrackSymbol } from '../../src/services/ingestion/track-symbol.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { recordingLogger } from '../support/recording-logger.js';
import { RecordedMetrics } from '../support/silent.js';

let market: MarketDatabase;
let services: ReturnType<typeof makeServices>;
beforeAll(async () => {
  market = await openMarketDatabase();
});
afterAll(() => market?.close());
beforeEach(async () => {
  await market.clear();
  services = makeServices();
});

/** Minutes after SOME_MINUTE that a bar opens; the bar as a source gives it. */
const minute = (offset: number, overrides: Partial<Bar> = {}): Bar =>
  makeBar({ timestamp: SOME_MINUTE + offset * MINUTE_MS, ...overrides });

function makeServices() {
  const answer: { bars: Bar[]; malformed: { detail: string }[]; ended: boolean; failure: Error | null } = {
    bars: [],
    malformed: [],
    ended: false,
    failure: null,
  };
  const requests: BarRequest[] = [];
  const source: MarketDataSource = {
    name: 'replay',
    description: 'scripted',
    defaults: { tracked: [], history: [] },
    instrument: async (symbol) =>
      symbol === 'BTC-USD'
        ? { ok: true, value: BITCOIN }
        : { ok: false, error: { code: 'UNKNOWN_SYMBOL', message: `symbol: ${symbol} is not known` } },
    async fetch(request): Promise<FetchedBars> {
      requests.push(request);
      if (answer.failure !== null) throw answer.failure;
      // A broken source: bars with a broken time, or one of the future, are given whatever the range.
      const bars = answer.bars.filter(({ timestamp }) => {
        const isBroken = Number.isNaN(timestamp) || timestamp > clock.time;
        return isBroken || (timestamp >= request.from && timestamp < request.to);
      });
      return { ...answer, bars };
    },
  };
  const clock = { isReplay: false, time: SOME_MINUTE + 10 * MINUTE_MS, now: () => clock.time };
  const logger = recordingLogger();
  const queued: string[] = [];
  const jobs: IngestionJobs = {
    poll: async (symbol) => `job-${queued.push(`poll ${symbol}`)}`,
    reschedule: async () => void queued.push('reschedule'),
  };
  const options = { ...market, source, clock, logger, metrics: new RecordedMetrics(), jobs };
  const pollSymbol = new PollSymbol(options);
  return {
    answer,
    requests,
    clock,
    logger,
    queued,
    poll: () => pollSymbol.poll('BTC-USD', 'ONE_MINUTE'),
    history: new LoadHistory(options),
    track: new TrackSymbol(options),
    untrack: new UntrackSymbol(options),
    ingestNow: new IngestNow(options),
  };
}

const eventsSeen = async () =>
  (await market.marketEvents()).map(({ type, payload }) =>
    'revision' in payload ? `${type} ${payload.revision}` : type,
  );
const issues = async () =>
  (await market.instruments.dataQuality('BTC-USD')).map(({ code, count }) => `${code} ${count}`);

describe('polling a symbol', () => {
  it('stores each new bar with one event, and the same bar twice once', async () => {
    services.answer.bars = [minute(8), minute(9), minute(9)];
    expect(await services.poll()).toEqual({ news: 2, history: 0, repeated: 1, refused: 0, ended: false });
    expect(await services.poll()).toMatchObject({ news: 0, repeated: 3 });
    const events = await market.marketEvents();
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual({
      type: 'bar',
      key: 'BTC-USD',
      payload: {
        symbol: 'BTC-USD',
        timeframe: 'ONE_MINUTE',
        timestamp: '2024-03-05T14:39:00.000Z',
        close_time: '2024-03-05T14:40:00.000Z',
        open: 100,
        high: 110,
        low: 90,
        close: 105,
        volume: 1.5,
        vwap: null,
        adjustment: 'RAW',
        source: 'replay',
        revision: 0,
      },
    });
  });

  it('refuses bars that cannot be, counts each once by its code, and logs each kind once', async () => {
    services.answer.bars = [
      minute(8, { open: Number.NaN }),
      minute(8, { volume: Number.POSITIVE_INFINITY }),
      minute(8, { high: 80, low: 90 }),
      minute(8, { volume: -1 }),
      minute(8, { close: 0 }),
      minute(20),
      minute(8, { timestamp: SOME_MINUTE + 8 * MINUTE_MS + 1 }),
      makeBar({ timestamp: Number.NaN, closeTime: Number.NaN }),
      minute(9),
    ];
    services.answer.malformed = [{ detail: 'row 7: close is null' }];
    services.answer.bars.push(minute(9, { closeTime: services.clock.time + 1 }));
    expect(await services.poll()).toMatchObject({ news: 1, refused: 10 });
    expect(await services.poll()).toMatchObject({ news: 0, refused: 10 });
    expect(await issues()).toEqual([
      'HIGH_BELOW_LOW 1',
      'IN_THE_FUTURE 1',
      'MALFORMED 1',
      'NEGATIVE_VOLUME 1',
      'NOT_FINITE 3',
      'PRICE_NOT_POSITIVE 1',
      'STILL_FORMING 1',
      'TIMESTAMP_OFF_GRID 1',
    ]);
    expect(services.logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(8);
    expect(await eventsSeen()).toEqual(['bar 0']);
  });

  it('stores a corrected bar as a new revision with one event of its own', async () => {
    services.answer.bars = [minute(8), minute(9)];
    await services.poll();
    services.answer.bars = [minute(8), minute(9, { close: 99 })];
    expect(await services.poll()).toMatchObject({ news: 1, repeated: 1 });
    expect(await services.poll()).toMatchObject({ news: 0 });
    expect(await eventsSeen()).toEqual(['bar 0', 'bar 0', 'bar 1']);
    expect(await market.bars.latest('BTC-USD', 'ONE_MINUTE')).toMatchObject({ close: 99 });
  });

  it('stores late bars as history: one history_loaded event, no bar event', async () => {
    services.answer.bars = [minute(5), minute(6), minute(9)];
    expect(await services.poll()).toMatchObject({ news: 1, history: 2 });
    expect(await eventsSeen()).toEqual(['history_loaded', 'bar 0']);
    const [loaded] = await market.marketEvents();
    expect(loaded?.payload).toMatchObject({
      from: '2024-03-05T14:35:00.000Z',
      to: '2024-03-05T14:37:00.000Z',
      rows: 2,
    });
  });

  it('takes a bar that closed exactly two timeframes ago as news, and one millisecond more as history', async () => {
    services.answer.bars = [minute(7)];
    services.clock.time += 1;
    expect(await services.poll()).toMatchObject({ history: 1 });
    services.clock.time -= 1;
    services.answer.bars = [minute(7, { close: 99 })];
    expect(await services.poll()).toMatchObject({ news: 1 });
  });

  it('asks only for what is missing since the last stored bar, and a few before it that may be corrected', async () => {
    services.answer.bars = [minute(9)];
    await services.poll();
    await services.poll();
    expect(services.requests.map(({ from }) => (from - SOME_MINUTE) / MINUTE_MS)).toEqual([-20, 4]);
  });

  it('says once that the series has ended', async () => {
    await services.track.track('BTC-USD', 'ONE_MINUTE');
    services.answer.bars = [minute(9)];
    services.answer.ended = true;
    expect(await services.poll()).toMatchObject({ ended: true });
    await services.poll();
    expect(await eventsSeen()).toEqual(['bar 0', 'series_ended']);
    expect(await market.instruments.tracked()).toMatchObject([{ endedAt: SOME_MINUTE + 10 * MINUTE_MS }]);
    expect(await services.ingestNow.ingest('BTC-USD')).toMatchObject({ ok: false, error: { code: 'NO_MORE_BARS' } });
  });

  it('stores nothing when the source fails or when the events cannot be written', async () => {
    services.answer.failure = new MarketDataError('RATE_LIMITED', 'slow down', true);
    await expect(services.poll()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    services.answer.failure = null;
    services.answer.bars = [minute(9)];
    await market.database.pool.query('ALTER TABLE event_log RENAME TO event_log_away');
    await expect(services.poll()).rejects.toThrow();
    await market.database.pool.query('ALTER TABLE event_log_away RENAME TO event_log');
    expect(await market.bars.latest('BTC-USD', 'ONE_MINUTE')).toBeNull();
    expect(await services.poll()).toMatchObject({ news: 1 });
  });
});

describe('loading history', () => {
  const request = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', from: SOME_MINUTE } as const;

  it('loads in chunks with progress and one event a chunk, and a second time changes nothing', async () => {
    services.clock.time = SOME_MINUTE + 12_000 * MINUTE_MS;
    services.answer.bars = Array.from({ length: 12_000 }, (_, index) => minute(index));
    const progress: number[] = [];
    const loaded = await services.history.load(request, ({ fraction }) => progress.push(fraction));
    expect(loaded).toEqual({ fraction: 1, rows: 12_000 });
    expect(progress).toEqual([5 / 12, 10 / 12, 1]);
    expect(await eventsSeen()).toEqual(['history_loaded', 'history_loaded', 'history_loaded']);
    expect(await services.history.load(request)).toEqual({ fraction: 1, rows: 0 });
    expect(await eventsSeen()).toHaveLength(3);
    services.clock.time += 3 * MINUTE_MS;
    services.answer.bars.push(minute(12_000), minute(12_001, { low: -1 }));
    expect(await services.history.loadMissing(request)).toEqual({ fraction: 1, rows: 1 });
    expect(services.requests.at(-1)).toMatchObject({ from: SOME_MINUTE + 11_999 * MINUTE_MS });
    expect(await issues()).toEqual(['PRICE_NOT_POSITIVE 1']);
  });

  it('stops between chunks when it is aborted', async () => {
    services.clock.time = SOME_MINUTE + 12_000 * MINUTE_MS;
    const controller = new AbortController();
    const loading = services.history.load(request, () => controller.abort(), controller.signal);
    await expect(loading).rejects.toThrow(/abort/i);
    expect(services.requests).toHaveLength(1);
  });
});

describe('tracking', () => {
  it('tracks a symbol once, loads its past and makes the schedules follow', async () => {
    expect(await services.track.track('BTC-USD', 'ONE_MINUTE')).toEqual({ ok: true, value: { added: true } });
    expect(await services.track.track('BTC-USD', 'ONE_MINUTE')).toEqual({ ok: true, value: { added: false } });
    expect(services.queued).toEqual(['reschedule']);
    const historyFrom = services.clock.time - 5000 * MINUTE_MS;
    expect(await market.instruments.tracked()).toMatchObject([{ historyFrom }]);
    await services.history.loadTracked({ symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', from: historyFrom });
    expect(await market.instruments.tracked()).toMatchObject([{ historyFrom: null }]);
    expect(await services.ingestNow.ingest('BTC-USD')).toEqual({
      ok: true,
      value: { message: 'Data ingestion started for BTC-USD', status: 'queued', jobId: 'job-2' },
    });
    expect(await services.untrack.untrack('BTC-USD')).toEqual({ ok: true, value: { removed: true } });
    expect(await services.untrack.untrack('BTC-USD')).toMatchObject({ ok: false, error: { code: 'NOT_TRACKED' } });
    expect(await services.ingestNow.ingest('BTC-USD')).toMatchObject({ ok: false, error: { code: 'NOT_TRACKED' } });
    const [ended] = await market.marketEvents();
    expect(ended).toMatchObject({ type: 'series_ended', payload: { reason: 'UNTRACKED' } });
  });

  it('answers what it cannot track as values', async () => {
    const track = async (symbol: string) => services.track.track(symbol, 'ONE_MINUTE');
    expect(await track('ETH-USD')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_SYMBOL' } });
    expect(await track('btc-usd')).toMatchObject({ ok: false, error: { code: 'INVALID_SYMBOL' } });
    expect(await track('A'.repeat(300))).toMatchObject({ ok: false, error: { code: 'INVALID_SYMBOL', limit: 32 } });
    services.answer.failure = new MarketDataError('UNSUPPORTED_TIMEFRAME', 'days only', false);
    expect(await track('BTC-USD')).toMatchObject({ ok: false, error: { code: 'UNSUPPORTED_TIMEFRAME' } });
    services.answer.failure = new MarketDataError('UNAVAILABLE', 'HTTP 503', true);
    expect(await track('BTC-USD')).toMatchObject({ ok: false, error: { code: 'SOURCE_UNAVAILABLE' } });
    expect(await market.instruments.tracked()).toEqual([]);
  });
});
