export const ASSET_CLASSES = ['CRYPTO', 'EQUITY', 'FX', 'INDEX'] as const;
export type AssetClass = (typeof ASSET_CLASSES)[number];

/** Where bars come from. A data source's accounts, bars and models are never mixed with another's. */
export const DATA_SOURCES = ['replay', 'yahoo', 'alpaca', 'csv'] as const;
export type DataSource = (typeof DATA_SOURCES)[number];

/** What is traded. Prices are counted in ticks and quantities in lots: whole numbers, exact in float64 below 2^53. */
export interface Instrument {
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: AssetClass;
  /** ISO 4217 code of the quote currency. */
  readonly currency: string;
  /** Smallest price step, decimal text ("0.01"). */
  readonly tickSize: string;
  /** Smallest quantity step, decimal text ("0.00000001"). */
  readonly lotSize: string;
  /** Name of the trading calendar: `crypto` never closes, `us-equity` is the NYSE's. */
  readonly calendar: 'crypto' | 'us-equity';
  readonly dataSource: DataSource;
}
