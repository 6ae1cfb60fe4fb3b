import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Bar } from '../../domain/bar.js';
import type { Instrument } from '../../domain/instrument.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { usEquitySession } from '../../domain/us-equity-session.js';

/** A recorded series: its instrument and its bars, oldest first. */
export interface Recording {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly bars: readonly Bar[];
}

const resolve = createRequire(import.meta.url).resolve;

const BITCOIN: Instrument = {
  symbol: 'BTC-USD',
  name: 'Bitcoin / US dollar, recorded',
  assetClass: 'CRYPTO',
  currency: 'USD',
  tickSize: '0.01',
  lotSize: '0.00000001',
  calendar: 'crypto',
  dataSource: 'replay',
};

/** The packaged prices have six decimals, because they are adjusted for a later split. */
const APPLE: Instrument = {
  symbol: 'AAPL',
  name: 'Apple Inc., recorded',
  assetClass: 'EQUITY',
  currency: 'USD',
  tickSize: '0.000001',
  lotSize: '1',
  calendar: 'us-equity',
  dataSource: 'replay',
};

const CAPTURED_DAYS = ['1Jan2016', '2Jan2016', '3Jan2016'] as const;
const capturedDay = z.array(
  z.object({
    time: z
      .string()
      .transform((text) => Date.parse(text))
      .pipe(z.int()),
    open: z.number(),
    high: z.number(),
    low: z.number(),
    close: z.number(),
    volume: z.number(),
  }),
);

/**
 * BTC-USD minutes of 1 to 3 January 2016 out of the npm package gdax-sim-test-data. Minutes without trades are absent.
 * Throws when the package does not hold what it should.
 */
export async function bitcoinMinutes(): Promise<Recording> {
  const folder = join(dirname(resolve('gdax-sim-test-data/package.json')), 'CapturedData');
  const days = await Promise.all(
    CAPTURED_DAYS.map(async (day) =>
      capturedDay.parse(JSON.parse(await readFile(join(folder, `${day}.json`), 'utf8'))),
    ),
  );
  const bars = days.flat().map(({ time, ...values }): Bar => ({
    symbol: BITCOIN.symbol,
    timeframe: 'ONE_MINUTE',
    timestamp: time,
    closeTime: time + timeframeMs('ONE_MINUTE'),
    ...values,
    vwap: null,
    adjustment: 'RAW',
    source: 'replay',
  }));
  return { instrument: BITCOIN, timeframe: 'ONE_MINUTE', bars };
}

const appleHeader = 'Date,Open,High,Low,Close,Adj Close,Volume';
const appleRow = z.tuple([
  z.iso.date().transform((text) => Date.parse(text)),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
]);

/**
 * AAPL days of 2013 to 2018 out of the npm package @observablehq/sample-datasets: prices adjusted for splits ("Adj Close",
 * which subtracts dividends too, is left out). A day opens and closes with its session. Throws on an unexpected file.
 */
export async function appleDays(): Promise<Recording> {
  const text = await readFile(resolve('@observablehq/sample-datasets/aapl.csv'), 'utf8');
  const [header, ...lines] = text.trim().split('\n');
  if (header?.trim() !== appleHeader) throw new Error(`aapl.csv: expected the columns ${appleHeader}, got ${header}`);
  const bars = lines.map((line): Bar => {
    const [date, open, high, low, close, , volume] = appleRow.parse(line.trim().split(','));
    const session = usEquitySession(date);
    return {
      symbol: APPLE.symbol,
      timeframe: 'ONE_DAY',
      timestamp: session.open,
      closeTime: session.close,
      open,
      high,
      low,
      close,
      volume,
      vwap: null,
      adjustment: 'SPLIT',
      source: 'replay',
    };
  });
  return { instrument: APPLE, timeframe: 'ONE_DAY', bars };
}
