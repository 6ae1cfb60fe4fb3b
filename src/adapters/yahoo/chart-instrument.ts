import type { AssetClass, Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { ChartMeta } from './chart-answer.js';

const ASSET_CLASSES: Readonly<Record<string, AssetClass>> = {
  CRYPTOCURRENCY: 'CRYPTO',
  CURRENCY: 'FX',
  INDEX: 'INDEX',
};

/** Shares, funds and what Yahoo may add are traded like shares. */
export const assetClassOf = (meta: ChartMeta): AssetClass => ASSET_CLASSES[meta.instrumentType] ?? 'EQUITY';

/** Other exchanges have hours of their own, which are not known here: they are polled all day. */
export const calendarOf = (meta: ChartMeta): Instrument['calendar'] =>
  assetClassOf(meta) !== 'CRYPTO' && meta.exchangeTimezoneName === 'America/New_York' ? 'us-equity' : 'crypto';

/** Steps of price and quantity; Yahoo does not say them, and gives prices in float32. */
function steps(assetClass: AssetClass, price: number): Pick<Instrument, 'tickSize' | 'lotSize'> {
  switch (assetClass) {
    case 'CRYPTO':
      // Cents would be coarse for a coin that is worth less than a dollar.
      return { tickSize: price < 1 ? '0.00000001' : '0.01', lotSize: '0.00000001' };
    case 'FX':
      return { tickSize: '0.00001', lotSize: '1' };
    case 'INDEX':
      return { tickSize: '0.01', lotSize: '1' };
    case 'EQUITY':
      return { tickSize: '0.0001', lotSize: '1' };
  }
}

/** Refuses what is quoted in a minor unit (GBp is a hundredth of a pound): its prices are not money of a currency. */
export function chartInstrument(
  symbol: string,
  meta: ChartMeta,
): Result<Instrument, { readonly code: 'UNKNOWN_SYMBOL'; readonly message: string }> {
  const currency = meta.currency ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    const message = `symbol: ${symbol} is quoted in "${currency}", which is not supported`;
    return err({ code: 'UNKNOWN_SYMBOL', message });
  }
  const assetClass = assetClassOf(meta);
  return ok({
    symbol,
    name: meta.longName ?? meta.shortName ?? symbol,
    assetClass,
    currency,
    ...steps(assetClass, meta.regularMarketPrice ?? 1),
    calendar: calendarOf(meta),
    dataSource: 'yahoo',
  });
}
