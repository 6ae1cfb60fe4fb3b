import type { Adjustment, BarRefusal } from '../domain/bar.js';
import type { AssetClass, DataSource, Instrument } from '../domain/instrument.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { defineEnum } from './define-enum.js';

export const Timeframe = defineEnum<TimeframeName>(
  'Timeframe',
  'Length of a bar. One that is not stored is aggregated on read.',
  {
    ONE_MINUTE: '60 seconds.',
    FIVE_MINUTES: '5 minutes.',
    FIFTEEN_MINUTES: '15 minutes.',
    ONE_HOUR: '60 minutes.',
    ONE_DAY: "A UTC day for crypto, the exchange's session for equities.",
  },
);

export const AssetClassEnum = defineEnum<AssetClass>('AssetClass', 'Kind of an instrument.', {
  CRYPTO: 'A crypto currency pair; trades at all hours.',
  EQUITY: "A share; trades in its exchange's sessions.",
  FX: 'A currency pair.',
  INDEX: 'An index; cannot be traded itself.',
});

export const TradingCalendarEnum = defineEnum<'CRYPTO' | 'US_EQUITY'>('TradingCalendar', 'When an instrument trades.', {
  CRYPTO: 'Always open.',
  US_EQUITY: 'Sessions of the New York Stock Exchange.',
});

/** GraphQL names cannot hold a hyphen. */
export const TRADING_CALENDARS: Readonly<Record<Instrument['calendar'], keyof typeof TradingCalendarEnum>> = {
  crypto: 'CRYPTO',
  'us-equity': 'US_EQUITY',
};

export const DataSourceEnum = defineEnum<DataSource>(
  'DataSource',
  'Where bars come from. The data of two sources is never mixed.',
  {
    replay: 'Real bars recorded earlier, played again: never live.',
    yahoo: 'Yahoo Finance.',
    alpaca: 'Alpaca.',
    csv: 'Files of the user.',
  },
);

export const AdjustmentEnum = defineEnum<Adjustment>('Adjustment', 'What prices of a series are adjusted for.', {
  RAW: 'As traded.',
  SPLIT: 'Earlier prices are divided by later splits.',
});

export const DataQualityCodeEnum = defineEnum<BarRefusal | 'MALFORMED'>(
  'DataQualityCode',
  'Why a bar was refused as it came from its source.',
  {
    NOT_FINITE: 'A field is not a finite number.',
    PRICE_NOT_POSITIVE: 'A price is not above 0.',
    HIGH_BELOW_LOW: 'The high is below the low.',
    OPEN_OUT_OF_RANGE: 'The open is not within low and high.',
    CLOSE_OUT_OF_RANGE: 'The close is not within low and high.',
    NEGATIVE_VOLUME: 'The volume is below 0.',
    IN_THE_FUTURE: 'The bar opens after now, by the market clock.',
    STILL_FORMING: 'The bar closes after now, by the market clock.',
    TIMESTAMP_OFF_GRID: 'The open time is not a multiple of the timeframe.',
    MALFORMED: 'The row could not be read as a bar.',
  },
);
