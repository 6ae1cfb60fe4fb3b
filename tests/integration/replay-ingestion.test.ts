import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openReplay } from '../../src/adapters/replay/open-replay.js';
import type { ReplaySpeed } from '../../src/adapters/replay/replay-clock.js';
import type { InstrumentStore } from '../../src/ports/bar-store.js';
import { AdvanceReplay } from '../../src/services/ingestion/advance-replay.js';
import { LoadHistory } from '../../src/services/ingestion/load-history.js';
import { PollSymbol } from '../../src/services/ingestion/poll-symbol.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';
import { recordingLogger } from '../support/recording-logger.js';
import { RecordedMetrics } from '../support/silent.js';

/** Late on the last day, so that a test plays few bars: two of the minutes have none. */
const START = Date.UTC(2016, 0, 3, 23, 30);
const BARS = 28;
let market: MarketDatabase;
beforeAll(async () => {
  market = await openMarketDatabase();
});
afterAll(() => market?.close());
beforeEach(() => market.clear());

async function openIngestion(speed: ReplaySpeed, instruments: InstrumentStore = market.instruments) {
  const { source, clock } = await openReplay({ start: START, speed, bars: market.bars });
  const options = { ...market, instruments, source, clock, metrics: new RecordedMetrics(), logger: recordingLogger() };
  const history = new LoadHistory(options);
  const pollSymbol = new PollSymbol(options);
  return { source, clock, history, pollSymbol, replay: new AdvanceReplay({ pace: clock, pollSymbol, instruments }) };
}

async function prepare(speed: ReplaySpeed) {
  const ingestion = await openIngestion(speed);
  for (const series of ingestion.source.defaults.history) {
    const found = await ingestion.source.instrument(series.symbol);
    await market.unitOfWork.transaction(async (tx) => {
      if (found.ok) await market.instruments.saveInstrument(tx, found.value);
    });
    await ingestion.history.loadMissing(series);
  }
  await market.unitOfWork.transaction((tx) => market.instruments.track(tx, 'BTC-USD', 'ONE_MINUTE'));
  return ingestion;
}

describe('a replay through ingestion', () => {
  it('plays every bar as news, one transaction a bar, and ends once; a second run is equal', async () => {
    const runs = [];
    for (let run = 0; run < 2; run += 1) {
      await market.clear();
      const { clock, replay } = await prepare('max');
      expect(await replay.advance()).toBe(0);
      clock.release();
      expect(await replay.advance()).toBe(BARS);
      expect([clock.state, await replay.advance()]).toEqual(['ENDED', 0]);
      const events = await market.marketEvents();
      expect(events.filter(({ type }) => type === 'bar')).toHaveLength(BARS);
      expect(events.findLast(({ key }) => key === 'BTC-USD')).toMatchObject({
        type: 'series_ended',
        payload: { reason: 'REPLAY_OVER', timestamp: '2016-01-04T00:00:00.000Z' },
      });
      expect(
        events
          .filter(({ type }) => type === 'history_loaded')
          .map(({ key, payload }) => [key, 'rows' in payload && payload.rows]),
      ).toEqual(
        expect.arrayContaining([
          ['BTC-USD', 3927 - BARS],
          ['AAPL', 666],
        ]),
      );
      const { rows } = await market.database.pool.query<{ transactions: number }>(
        "SELECT count(DISTINCT created_at) AS transactions FROM event_log WHERE type = 'bar'",
      );
      expect(rows[0]?.transactions).toBe(BARS);
      runs.push(events);
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it('ingests all that is due at one tick at a finite speed, and goes on after a restart where it stood', async () => {
    const first = await prepare(1000);
    first.clock.release();
    const played = await first.replay.advance();
    expect(played).toBeGreaterThan(0);
    const stopped = first.clock.now();
    const second = await openIngestion('max');
    expect(second.clock.now()).toBe(stopped);
    second.clock.release();
    expect(await second.replay.advance()).toBe(BARS - played);
    const events = await market.marketEvents();
    expect(events.filter(({ type }) => type === 'bar')).toHaveLength(BARS);
  });

  it('stands still at a bar that could not be stored, and takes that one first at the next tick', async () => {
    await prepare('max');
    let failures = 1;
    const { clock, replay, pollSymbol } = await openIngestion('max');
    const poll = pollSymbol.poll.bind(pollSymbol);
    pollSymbol.poll = async (...input) => {
      if (clock.now() === START + 10 * 60_000 && failures > 0) {
        failures -= 1;
        throw new Error('the database is away');
      }
      return poll(...input);
    };
    clock.release();
    await expect(replay.advance()).rejects.toThrow('away');
    expect(clock.now()).toBe(START + 10 * 60_000);
    await replay.advance();
    expect((await market.marketEvents()).filter(({ type }) => type === 'bar')).toHaveLength(BARS);
  });

  it('stops between bars when it is aborted, and shares one run between two callers', async () => {
    const { clock, replay } = await prepare('max');
    clock.release();
    const controller = new AbortController();
    const run = replay.advance(controller.signal);
    expect(replay.advance()).toBe(run);
    controller.abort();
    await run.catch(() => 0);
    expect(clock.state).toBe('RUNNING');
  });
});
