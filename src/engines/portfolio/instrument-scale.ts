import { Decimal } from 'decimal.js';
import type { Instrument } from '../../domain/instrument.js';
import { invariant } from '../../domain/result.js';
import type { Ratio } from './whole-number.js';

/** How an instrument is counted: prices in ticks, quantities in lots, money in the currency's increments (cents). */
export interface InstrumentScale {
  readonly symbol: string;
  readonly currency: string;
  /** Decimal text. */
  readonly tickSize: string;
  /** Decimal text. */
  readonly lotSize: string;
  /** Decimal text: "0.01" for USD. */
  readonly moneyIncrement: string;
  /** Cents in one whole unit of the currency. */
  readonly centsPerUnit: number;
  /** Ticks in a price of 1 and lots in a quantity of 1, float64: for rounding market data, never for money. */
  readonly ticksPerUnit: number;
  readonly lotsPerUnit: number;
  /** Cents in one tick x one lot. */
  readonly centsPerTickLot: Ratio;
}

/** ISO 4217 currencies without a minor unit that quotes are seen in; all others have two decimals. */
const WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set([
  'CLP',
  'ISK',
  'JPY',
  'KRW',
  'PYG',
  'UGX',
  'VND',
  'XAF',
  'XOF',
  'XPF',
]);

/** Smallest amount that is booked in a currency, decimal text. */
export const currencyIncrement = (currency: string): string => (WITHOUT_MINOR_UNIT.has(currency) ? '1' : '0.01');

/** Throws for sizes whose ratio to the currency's increment is not a fraction of whole numbers below 2^53. */
export function instrumentScale(
  instrument: Pick<Instrument, 'symbol' | 'currency' | 'tickSize' | 'lotSize'>,
): InstrumentScale {
  const moneyIncrement = currencyIncrement(instrument.currency);
  const tick = new Decimal(instrument.tickSize);
  const lot = new Decimal(instrument.lotSize);
  invariant(tick.gt(0) && lot.gt(0), `${instrument.symbol}: tick and lot must be above 0`);
  const [numerator, denominator] = tick
    .times(lot)
    .div(moneyIncrement)
    .toFraction()
    .map((part) => part.toNumber());
  invariant(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator),
    `${instrument.symbol}: tick ${instrument.tickSize} x lot ${instrument.lotSize} cannot be counted in ${moneyIncrement}`,
  );
  return {
    symbol: instrument.symbol,
    currency: instrument.currency,
    tickSize: tick.toFixed(),
    lotSize: lot.toFixed(),
    moneyIncrement,
    centsPerUnit: new Decimal(1).div(moneyIncrement).toNumber(),
    ticksPerUnit: new Decimal(1).div(tick).toNumber(),
    lotsPerUnit: new Decimal(1).div(lot).toNumber(),
    centsPerTickLot: { numerator: numerator ?? 0, denominator: denominator ?? 0 },
  };
}

/** A market price (float64) to the nearest tick, at least 1. */
export const nearestTicks = (scale: InstrumentScale, price: number): number =>
  Math.max(1, Math.round(price * scale.ticksPerUnit));
