import { describe, expect, it } from 'vitest';
import { BITCOIN } from '../../tests/support/bars.js';
import type { TrackedSymbol } from '../ports/bar-store.js';
import { JobNotRetriableError } from '../ports/job-queue.js';
import { MarketDataError } from '../ports/market-data-source.js';
import { pollSymbolJob } from './poll-symbol.js';

const APPLE: TrackedSymbol = {
  instrument: { ...BITCOIN, symbol: 'AAPL', calendar: 'us-equity' },
  timeframe: 'ONE_MINUTE',
  endedAt: null,
  historyFrom: null,
};
const SATURDAY = '2024-07-06T15:00:00Z';
const SESSION = '2024-07-08T15:00:00Z';

/** Runs the job as if it were `time`; answers the symbols that were polled. */
async function run(
  time: string,
  overrides: { now?: boolean; tracked?: TrackedSymbol[]; failure?: Error; aborted?: boolean } = {},
) {
  const { now = false, tracked = [APPLE], failure, aborted = false } = overrides;
  const polled: string[] = [];
  const job = pollSymbolJob({
    clock: { isReplay: false, now: () => Date.parse(time) },
    instruments: { tracked: () => Promise.resolve(tracked) },
    replay: null,
    pollSymbol: {
      poll: async (symbol) => {
        polled.push(symbol);
        if (failure !== undefined) throw failure;
        return { news: 0, history: 0, repeated: 0, refused: 0, ended: false };
      },
    },
  });
  const signal = aborted ? AbortSignal.abort() : new AbortController().signal;
  await job.run(
    { symbol: 'AAPL', timeframe: 'ONE_MINUTE', now },
    { jobId: '1', signal, progress: () => Promise.resolve() },
  );
  return polled;
}

describe('the poll job', () => {
  it('polls a US equity in its session and for half an hour after it, and at any time when asked by hand', async () => {
    expect(await run(SESSION)).toEqual(['AAPL']);
    expect(await run('2024-07-08T20:29:00Z')).toEqual(['AAPL']);
    expect(await run('2024-07-08T20:31:00Z')).toEqual([]);
    // Independence Day, and the day before it, which ends at 13:00 in New York.
    expect(await run('2024-07-04T15:00:00Z')).toEqual([]);
    expect(await run('2024-07-03T17:29:00Z')).toEqual(['AAPL']);
    expect(await run('2024-07-03T17:31:00Z')).toEqual([]);
    expect(await run(SATURDAY)).toEqual([]);
    expect(await run(SATURDAY, { now: true })).toEqual(['AAPL']);
  });

  it('polls crypto at any time', async () => {
    const tracked = [{ ...APPLE, instrument: { ...APPLE.instrument, calendar: 'crypto' as const } }];
    expect(await run(SATURDAY, { tracked })).toEqual(['AAPL']);
  });

  it('leaves alone what is not tracked, of another timeframe, or has ended', async () => {
    expect(await run(SESSION, { tracked: [] })).toEqual([]);
    expect(await run(SESSION, { tracked: [{ ...APPLE, timeframe: 'ONE_DAY' }] })).toEqual([]);
    expect(await run(SESSION, { tracked: [{ ...APPLE, endedAt: 1 }], now: true })).toEqual([]);
  });

  it('says of a fault whether trying again may help, and calls a stop no failure', async () => {
    const hopeless = new MarketDataError('UNKNOWN_SYMBOL', 'delisted', false);
    await expect(run(SESSION, { failure: hopeless })).rejects.toThrow(JobNotRetriableError);
    const passing = new MarketDataError('UNAVAILABLE', 'HTTP 503', true);
    await expect(run(SESSION, { failure: passing })).rejects.toBe(passing);
    expect(await run(SESSION, { failure: passing, aborted: true })).toEqual(['AAPL']);
  });

  it('refuses a payload that names no series', () => {
    const { parse } = pollSymbolJob({} as never);
    expect(() => parse({ symbol: '', timeframe: 'ONE_MINUTE', now: true })).toThrow();
    expect(() => parse({ symbol: 'AAPL', timeframe: '1m', now: true })).toThrow();
    expect(() => parse(null)).toThrow();
  });
});
