import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { Bar } from '../../src/domain/bar.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from '../support/bars.js';
import { openMarketDatabase, type MarketDatabase } from '../support/market-database.js';

let market: MarketDatabase;
beforeAll(async () => {
  market = await openMarketDatabase();
});
afterAll(() => market?.close());
beforeEach(() => market.database.pool.query('TRUNCATE market_data, market_data_revisions, instruments CASCADE'));

const upsert = (bars: readonly Bar[]) => market.unitOfWork.transaction((tx) => market.bars.upsert(tx, bars));
const load = (bars: readonly Bar[]) => market.unitOfWork.transaction((tx) => market.bars.load(tx, bars));
const minutes = (count: number, from = SOME_MINUTE): Bar[] =>
  Array.from({ length: count }, (_, index) =>
    makeBar({ timestamp: from + index * MINUTE_MS, close: 95 + (index % 10) }),
  );
const revisions = async () =>
  (
    await market.database.pool.query<{ revision: number; close: number }>(
      'SELECT revision, close FROM market_data_revisions ORDER BY "timestamp", revision',
    )
  ).rows;

describe('upserting polled bars', () => {
  it('stores a new bar as revision 0, leaves an equal one alone and keeps the version that a correction replaces', async () => {
    const bar = makeBar({ close: 101 });
    expect(await upsert([bar])).toEqual({ changed: [{ ...bar, revision: 0 }], repeated: 0 });
    expect(await upsert([bar])).toEqual({ changed: [], repeated: 1 });
    const corrected = { ...bar, close: 102 };
    expect(await upsert([corrected])).toEqual({ changed: [{ ...corrected, revision: 1 }], repeated: 0 });
    expect(await upsert([{ ...bar, vwap: 100.5 }])).toMatchObject({ changed: [{ revision: 2 }] });
    expect(await revisions()).toEqual([
      { revision: 0, close: 101 },
      { revision: 1, close: 102 },
    ]);
  });

  it('takes the last of several versions of a bar in one answer', async () => {
    const outcome = await upsert([makeBar({ close: 101 }), makeBar({ close: 99 })]);
    expect(outcome).toMatchObject({ changed: [{ close: 99, revision: 0 }], repeated: 1 });
    expect(await revisions()).toEqual([]);
  });

  it('keeps every version when two writers correct the same bar at once', async () => {
    await upsert([makeBar({ close: 100 })]);
    await Promise.all([101, 102, 103, 104].map((close) => upsert([makeBar({ close })])));
    expect((await revisions()).map((row) => row.revision)).toEqual([0, 1, 2, 3]);
  });

  it('leaves nothing behind when its transaction fails', async () => {
    const failing = market.unitOfWork.transaction(async (tx) => {
      await market.bars.upsert(tx, [makeBar()]);
      throw new Error('planned');
    });
    await expect(failing).rejects.toThrow('planned');
    expect(await market.bars.latest('BTC-USD', 'ONE_MINUTE')).toBeNull();
  });
});

describe('loading history by COPY', () => {
  it('inserts, counts corrections, and a second load of the same bars changes nothing', async () => {
    const bars = minutes(3000);
    expect(await load(bars)).toEqual({ inserted: 3000, corrected: 0 });
    expect(await load(bars)).toEqual({ inserted: 0, corrected: 0 });
    const corrected = bars.map((bar, index) => (index === 7 ? { ...bar, volume: 9 } : bar));
    expect(await load(corrected)).toEqual({ inserted: 0, corrected: 1 });
    expect(await revisions()).toHaveLength(1);
  });

  it('takes bars of several symbols in any order, with repeats, twice in one transaction', async () => {
    const other = minutes(5).map((bar) => ({ ...bar, symbol: 'ÄÖ-€' }));
    const shuffled = [...minutes(5).toReversed(), ...other, ...minutes(2)];
    const outcome = await market.unitOfWork.transaction(async (tx) => [
      await market.bars.load(tx, shuffled),
      await market.bars.load(tx, minutes(6)),
    ]);
    expect(outcome).toEqual([
      { inserted: 10, corrected: 0 },
      { inserted: 1, corrected: 0 },
    ]);
  });

  it('answers the server refusal and leaves the connection usable', async () => {
    await expect(load([makeBar({ high: 1 })])).rejects.toThrow(/check constraint/);
    expect(await load(minutes(1))).toEqual({ inserted: 1, corrected: 0 });
  });

  it('gives back exactly the numbers and times it was given', async () => {
    const price = fc.double({ min: 1e-8, max: 1e12, noNaN: true });
    const anyBar = fc
      .record({
        prices: fc.array(price, { minLength: 4, maxLength: 4 }),
        volume: fc.double({ min: 0, max: 1e300, noNaN: true }),
        minute: fc.integer({ min: -30_000_000, max: 90_000_000 }),
      })
      .map(({ prices: [a = 1, b = 1, c = 1, d = 1], volume, minute }) =>
        makeBar({
          timestamp: minute * MINUTE_MS,
          open: a,
          close: b,
          high: Math.max(a, b, c, d),
          low: Math.min(a, b, c, d),
          volume,
        }),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyBar, { minLength: 1, maxLength: 20, selector: (bar) => bar.timestamp }),
        async (bars) => {
          await market.database.pool.query('TRUNCATE market_data');
          await load(bars);
          const stored = await market.bars.range(
            'BTC-USD',
            'ONE_MINUTE',
            -30_000_000 * MINUTE_MS,
            90_000_001 * MINUTE_MS,
            100,
          );
          const expected = bars.toSorted((x, y) => x.timestamp - y.timestamp);
          expect([...stored.timestamps]).toEqual(expected.map((bar) => bar.timestamp));
          for (const [column, field] of [
            ['opens', 'open'],
            ['highs', 'high'],
            ['lows', 'low'],
            ['closes', 'close'],
            ['volumes', 'volume'],
          ] as const) {
            expect([...stored[column]].every((value, index) => value === expected[index]![field])).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('reading series', () => {
  it('reads the last bars up to a time, and a range without its end, oldest first', async () => {
    await load(minutes(10));
    const last = await market.bars.lastBars('BTC-USD', 'ONE_MINUTE', SOME_MINUTE + 7 * MINUTE_MS, 3);
    expect([...last.timestamps]).toEqual([5, 6, 7].map((index) => SOME_MINUTE + index * MINUTE_MS));
    expect([...last.closes]).toEqual([100, 101, 102]);
    const range = await market.bars.range(
      'BTC-USD',
      'ONE_MINUTE',
      SOME_MINUTE + MINUTE_MS,
      SOME_MINUTE + 9 * MINUTE_MS,
      4,
    );
    expect([...range.timestamps]).toEqual([1, 2, 3, 4].map((index) => SOME_MINUTE + index * MINUTE_MS));
  });

  it('answers empty columns for a symbol without bars, whatever its name holds', async () => {
    const series = await market.bars.range("x'; DROP TABLE market_data; --\\", 'ONE_MINUTE', 0, SOME_MINUTE, 10);
    expect(series.timestamps).toHaveLength(0);
    expect(await market.bars.latest('BTC-USD', 'ONE_MINUTE')).toBeNull();
  });

  it('refuses a number of bars that is no count', async () => {
    await expect(async () => market.bars.lastBars('BTC-USD', 'ONE_MINUTE', 0, Number.NaN)).rejects.toThrow(
      /whole number/,
    );
    await expect(async () => market.bars.range('BTC-USD', 'ONE_MINUTE', 0, 1, -1)).rejects.toThrow(/whole number/);
  });
});

describe('aggregating a timeframe that is not stored', () => {
  it('bins crypto minutes from UTC midnight and leaves the bin out that is still forming', async () => {
    const from = Date.UTC(2024, 2, 5, 0, 0);
    await load(minutes(12, from));
    const five = await market.bars.aggregated('BTC-USD', 'FIVE_MINUTES', from, from + 60 * MINUTE_MS, 100);
    expect([...five.timestamps]).toEqual([from, from + 5 * MINUTE_MS]);
    expect([...five.closes]).toEqual([99, 104]);
    expect([...five.volumes]).toEqual([7.5, 7.5]);
    const stored = await market.bars.aggregated('BTC-USD', 'ONE_MINUTE', from, from + 60 * MINUTE_MS, 100);
    expect(stored.timestamps).toHaveLength(12);
  });

  it('bins a US equity from its session open, in winter and in summer', async () => {
    await market.unitOfWork.transaction((tx) =>
      market.instruments.saveInstrument(tx, {
        ...BITCOIN,
        symbol: 'AAPL',
        assetClass: 'EQUITY',
        calendar: 'us-equity',
        lotSize: '1',
      }),
    );
    for (const open of [Date.UTC(2024, 0, 8, 14, 30), Date.UTC(2024, 6, 8, 13, 30)]) {
      await load(minutes(390, open).map((bar) => ({ ...bar, symbol: 'AAPL' })));
      const days = await market.bars.aggregated('AAPL', 'ONE_DAY', open - MINUTE_MS, open + 600 * MINUTE_MS, 10);
      expect([...days.timestamps]).toEqual([open]);
      const hours = await market.bars.aggregated('AAPL', 'ONE_HOUR', open, open + 120 * MINUTE_MS, 10);
      expect([...hours.timestamps]).toEqual([open, open + 60 * MINUTE_MS]);
    }
    // A session of seven half hours: its day and its last hour are whole with its last minute, and not before.
    const open = Date.UTC(2025, 6, 3, 13, 30);
    const bins = async (timeframe: 'ONE_DAY' | 'ONE_HOUR') =>
      (await market.bars.aggregated('AAPL', timeframe, open, open + 600 * MINUTE_MS, 10)).timestamps.length;
    const lastBins = async () => [await bins('ONE_DAY'), await bins('ONE_HOUR')];
    await load(minutes(209, open).map((bar) => ({ ...bar, symbol: 'AAPL' })));
    expect(await lastBins()).toEqual([0, 3]);
    await load(minutes(1, open + 209 * MINUTE_MS).map((bar) => ({ ...bar, symbol: 'AAPL' })));
    expect(await lastBins()).toEqual([1, 4]);
  });
});

describe('instruments and what is tracked', () => {
  it('tracks once, ends once, untracks, and knows whose database it is', async () => {
    expect(await market.instruments.dataSource()).toBeNull();
    await market.unitOfWork.transaction(async (tx) => {
      await market.instruments.saveInstrument(tx, BITCOIN);
      expect(await market.instruments.track(tx, 'BTC-USD', 'ONE_MINUTE')).toEqual({ added: true });
      expect(await market.instruments.track(tx, 'BTC-USD', 'ONE_MINUTE')).toEqual({ added: false });
      await market.instruments.markEnded(tx, 'BTC-USD', 'ONE_MINUTE', SOME_MINUTE);
    });
    expect(await market.instruments.instrument('BTC-USD')).toEqual(BITCOIN);
    expect(await market.instruments.dataSource()).toBe('replay');
    expect(await market.instruments.tracked()).toEqual([
      { instrument: BITCOIN, timeframe: 'ONE_MINUTE', endedAt: SOME_MINUTE, historyFrom: null },
    ]);
    await market.unitOfWork.transaction(async (tx) => {
      expect(await market.instruments.untrack(tx, 'BTC-USD')).toEqual({ removed: true });
      expect(await market.instruments.untrack(tx, 'BTC-USD')).toEqual({ removed: false });
    });
  });

  it('counts refused rows by code and keeps the last message, however odd', async () => {
    const issue = { code: 'NOT_FINITE', message: 'open: NaN\0', barTimestamp: Number.NaN };
    await market.unitOfWork.transaction((tx) =>
      market.instruments.countIssues(tx, 'BTC-USD', 'ONE_MINUTE', [issue, issue]),
    );
    await market.unitOfWork.transaction((tx) =>
      market.instruments.countIssues(tx, 'BTC-USD', 'ONE_MINUTE', [{ ...issue, barTimestamp: SOME_MINUTE }]),
    );
    expect(await market.instruments.dataQuality('BTC-USD')).toMatchObject([
      { code: 'NOT_FINITE', count: 3, lastMessage: 'open: NaN', lastBarTimestamp: SOME_MINUTE },
    ]);
    expect(await market.instruments.dataQuality('ETH-USD')).toEqual([]);
  });
});
