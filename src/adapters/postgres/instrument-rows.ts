import type { DataSource, Instrument } from '../../domain/instrument.js';

/** An instrument as its row holds it. */
export interface InstrumentRow {
  readonly symbol: string;
  readonly name: string;
  readonly asset_class: Instrument['assetClass'];
  readonly currency: string;
  readonly tick_size: string;
  readonly lot_size: string;
  readonly calendar: Instrument['calendar'];
  readonly data_source: DataSource;
}

export const INSTRUMENT_COLUMNS = 'symbol, name, asset_class, currency, tick_size, lot_size, calendar, data_source';

export const toInstrument = (row: InstrumentRow): Instrument => ({
  symbol: row.symbol,
  name: row.name,
  assetClass: row.asset_class,
  currency: row.currency,
  tickSize: row.tick_size,
  lotSize: row.lot_size,
  calendar: row.calendar,
  dataSource: row.data_source,
});
