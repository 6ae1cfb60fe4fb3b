import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPostgresJobQueue } from '../../src/adapters/queue/open-job-queue.js';
import { JobQueueUnavailableError, type JobQueue } from '../../src/ports/job-queue.js';
import { openReplay } from '../../src/adapters/replay/open-replay.js';
import type { ReplaySpeed } from '../../src/adapters/replay/replay-clock.js';
import { keepQueued } from '../../src/jobs/keep-queued.js';
import { loadHistoryJob } from '../../src/jobs/load-history.js';
import { livePollEveryMs, pollSymbolJob, replayPollEveryMs } from '../../src/jobs/poll-symbol.js';
import { QueuedIngestion } from '../../src/jobs/queued-ingestion.js';
import { AdvanceReplay } from '../../src/services/ingestion/advance-replay.js';
import { IngestNow } from '../../src/services/ingestion/ingest-now.js';
import { LoadHistory } from '../../src/services/ingestion/load-history.js';
import { PollSymbol } from '../../src/services/ingestion/poll-symbol.js';
import { TrackSymbol, UntrackSymbol } from '../../src/services/ingestion/track-symbol.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { recordingLogger } from '../support/recording-logger.js';
import { RecordedMetrics } from '../support/silent.js';

/** Late on the last day, so that few bars are played; one of the minutes has none. */
const START = Date.UTC(2016, 0, 3, 23, 50);
const BARS = 9;
const DEADLINE = { timeout: 20_000, interval: 20 };

let market: MarketDatabase;
let queue: JobQueue;
beforeAll(async () => {
  market = await openMarketDatabase();
});
afterAll(() => market?.close());
/** All of ingestion, put together as the program does. */
async function openIngestion(speed: ReplaySpeed) {
  const { source, clock } = await openReplay({ start: START, speed, bars: market.bars });
  const options = { ...market, source, clock, metrics: new RecordedMetrics(), logger: recordingLogger() };
  const pollSymbol = new PollSymbol(options);
  const everyMs = replayPollEveryMs(speed);
  const advance = new AdvanceReplay({
    pace: clock,
    pollSymbol,
    instruments: market.instruments,
    lookAheadMs: everyMs / 2,
  });
  const pollJob = pollSymbolJob({
    pollSymbol,
    instruments: market.instruments,
    clock,
    replay: { advance, pace: clock },
  });
  const historyJob = loadHistoryJob(new LoadHistory(options));
  const jobs = new QueuedIngestion({
    queue,
    pollJob,
    historyJob,
    instruments: market.instruments,
    pollEveryMs: () => everyMs,
  });
  await Promise.all([queue.work(pollJob), queue.work(historyJob)]);
  return {
    clock,
    jobs,
    pollJob,
    track: new TrackSymbol({ ...options, jobs }),
    untrack: new UntrackSymbol({ ...options, jobs }),
    ingestNow: new IngestNow({ instruments: market.instruments, jobs }),
  };
}

const typesOf = async (key: string) =>
  (await market.marketEvents()).filter((event) => event.key === key).map(({ type }) => type);

const away = () => Promise.reject(new JobQueueUnavailableError('redis://cache:6379/0 does not answer'));

describe('ingestion by scheduled jobs', () => {
  beforeEach(async () => {
    queue = await openPostgresJobQueue({
      connectionString: market.database.connectionString,
      logger: recordingLogger(),
    });
  });
  afterEach(async () => {
    await queue.close(5000);
    await market.clear();
  });

  it('tracks a symbol, loads its past, plays its replay to the end and takes its schedule away', async () => {
    const { clock, jobs, pollJob, track } = await openIngestion('max');
    expect(await track.track('BTC-USD', 'ONE_MINUTE')).toMatchObject({ ok: true });
    await vi.waitFor(async () => expect(await typesOf('BTC-USD')).toEqual(['history_loaded']), DEADLINE);
    expect(await queue.scheduleIds(pollJob)).toEqual(['poll BTC-USD ONE_MINUTE']);
    clock.release();
    const expected = ['history_loaded', ...Array.from({ length: BARS }, () => 'bar'), 'series_ended'];
    await vi.waitFor(async () => expect(await typesOf('BTC-USD')).toEqual(expected), DEADLINE);
    await jobs.reschedule();
    expect(await queue.scheduleIds(pollJob)).toEqual([]);
  });

  it('keeps the pace of a replay', async () => {
    const { clock, track } = await openIngestion(10);
    await track.track('BTC-USD', 'ONE_MINUTE');
    clock.release();
    const began = performance.now();
    await vi.waitFor(() => expect(clock.state).toBe('ENDED'), DEADLINE);
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeGreaterThan((BARS - 2) / 10);
  });

  it('polls at once when asked, and not what is not tracked', async () => {
    const { clock, ingestNow, track } = await openIngestion(0.001);
    expect(await ingestNow.ingest('BTC-USD')).toMatchObject({ ok: false, error: { code: 'NOT_TRACKED' } });
    await track.track('BTC-USD', 'ONE_MINUTE');
    await vi.waitFor(async () => expect(await typesOf('BTC-USD')).toEqual(['history_loaded']), DEADLINE);
    clock.release();
    expect(await ingestNow.ingest('BTC-USD')).toMatchObject({ ok: true, value: { status: 'queued' } });
    await vi.waitFor(async () => expect(await typesOf('BTC-USD')).toEqual(['history_loaded', 'bar']), DEADLINE);
  });

  it('gives a queue its schedules back when they are lost, and ends them with the tracking', async () => {
    const { jobs, pollJob, track, untrack } = await openIngestion(1);
    await track.track('BTC-USD', 'ONE_MINUTE');
    await queue.unschedule(pollJob, 'poll BTC-USD ONE_MINUTE');
    const stopping = new AbortController();
    const put = () => jobs.reschedule();
    const { signal } = stopping;
    const keeping = keepQueued({ queue, put, what: 'schedules', logger: recordingLogger(), signal, everyMs: 50 });
    await vi.waitFor(async () => expect(await queue.scheduleIds(pollJob)).toHaveLength(1), DEADLINE);
    stopping.abort();
    await keeping;
    await untrack.untrack('BTC-USD');
    expect(await queue.scheduleIds(pollJob)).toEqual([]);
  });

  it('tracks a symbol while the queue does not answer, and refuses a poll at once with the reason', async () => {
    const { source, clock } = await openReplay({ start: START, speed: 1, bars: market.bars });
    const options = { ...market, source, clock, jobs: { poll: away, reschedule: away } };
    expect(await new TrackSymbol(options).track('BTC-USD', 'ONE_MINUTE')).toEqual({ ok: true, value: { added: true } });
    expect(await new IngestNow(options).ingest('BTC-USD')).toEqual({
      ok: false,
      error: { code: 'JOB_QUEUE_UNAVAILABLE', message: 'redis://cache:6379/0 does not answer' },
    });
    expect(await new UntrackSymbol(options).untrack('BTC-USD')).toEqual({ ok: true, value: { removed: true } });
  });

  it('loads the past of a series whose load was lost between the tracking and the queue', async () => {
    const { jobs } = await openIngestion(1);
    const { source } = await openReplay({ start: START, speed: 1, bars: market.bars });
    const found = await source.instrument('BTC-USD');
    // What a crash right after the commit leaves behind.
    await market.unitOfWork.transaction(async (tx) => {
      if (found.ok) await market.instruments.saveInstrument(tx, found.value);
      await market.instruments.track(tx, 'BTC-USD', 'ONE_MINUTE', START - 60 * 60_000);
    });
    await jobs.reschedule();
    await jobs.reschedule();
    await vi.waitFor(
      async () => expect(await market.instruments.tracked()).toMatchObject([{ historyFrom: null }]),
      DEADLINE,
    );
    expect(await typesOf('BTC-USD')).toEqual(['history_loaded']);
  });

  it('says of a tracked series that is only history that it has ended', async () => {
    const { track, clock } = await openIngestion('max');
    clock.release();
    await track.track('AAPL', 'ONE_DAY');
    await vi.waitFor(async () => expect(await typesOf('AAPL')).toContain('series_ended'), DEADLINE);
    expect(await market.instruments.tracked()).toMatchObject([{ instrument: { symbol: 'AAPL' } }]);
  });
});

describe('how often series are polled', () => {
  it('each minute at most when live, and each bar or 100 ms in a replay', () => {
    expect(livePollEveryMs('ONE_MINUTE')).toBe(60_000);
    expect(livePollEveryMs('ONE_DAY')).toBe(900_000);
    expect([replayPollEveryMs('max'), replayPollEveryMs(1), replayPollEveryMs(60)]).toEqual([100, 1000, 100]);
  });
});
