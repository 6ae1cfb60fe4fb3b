import type { AssetClass, Instrument } from '../domain/instrument.js';

/** Prices of a file may have any number of decimals; engines count in ticks only where the instrument is traded. */
const TICK_SIZE = '0.000001';

/** What is known of an instrument whose bars come out of a file. */
export function fileInstrument(
  symbol: string,
  assetClass: Extract<AssetClass, 'EQUITY' | 'CRYPTO' | 'FX'>,
): Instrument {
  const equity = assetClass === 'EQUITY';
  return {
    symbol,
    name: `${symbol}, imported`,
    assetClass,
    currency: 'USD',
    tickSize: TICK_SIZE,
    lotSize: equity ? '1' : '0.00000001',
    calendar: equity ? 'us-equity' : 'crypto',
    dataSource: 'csv',
  };
}
