import type { Bar } from '../../src/domain/bar.js';
import type { Instrument } from '../../src/domain/instrument.js';
import { timeframeMs } from '../../src/domain/timeframe.js';

export const MINUTE_MS = 60_000;
/** An arbitrary minute: 2024-03-05T14:30:00Z. */
export const SOME_MINUTE = Date.UTC(2024, 2, 5, 14, 30);

/** A valid bar of BTC-USD; say what matters to the test. */
export function makeBar(overrides: Partial<Bar> = {}): Bar {
  const timeframe = overrides.timeframe ?? 'ONE_MINUTE';
  const timestamp = overrides.timestamp ?? SOME_MINUTE;
  return {
    symbol: 'BTC-USD',
    timeframe,
    timestamp,
    closeTime: timestamp + timeframeMs(timeframe),
    open: 100,
    high: 110,
    low: 90,
    close: 105,
    volume: 1.5,
    vwap: null,
    adjustment: 'RAW',
    source: 'replay',
    ...overrides,
  };
}

export const BITCOIN: Instrument = {
  symbol: 'BTC-USD',
  name: 'Bitcoin',
  assetClass: 'CRYPTO',
  currency: 'USD',
  tickSize: '0.01',
  lotSize: '0.00000001',
  calendar: 'crypto',
  dataSource: 'replay',
};
