import type { BarColumns, IndicatorBar } from './indicator-spec.js';

/** What of a bar an indicator over one series reads: hl2, hlc3 and ohlc4 are the means of the prices they name. */
export type PriceField = 'open' | 'high' | 'low' | 'close' | 'volume' | 'hl2' | 'hlc3' | 'ohlc4';

const FIELDS: Readonly<Record<PriceField, (bar: IndicatorBar) => number>> = {
  open: (bar) => bar.open,
  high: (bar) => bar.high,
  low: (bar) => bar.low,
  close: (bar) => bar.close,
  volume: (bar) => bar.volume,
  hl2: (bar) => medianPrice(bar.high, bar.low),
  hlc3: (bar) => typicalPrice(bar.high, bar.low, bar.close),
  ohlc4: (bar) => (bar.open + bar.high + bar.low + bar.close) / 4,
};

export const medianPrice = (high: number, low: number): number => (high + low) / 2;
export const typicalPrice = (high: number, low: number, close: number): number => (high + low + close) / 3;

/** @throws RangeError for a field that does not exist (a name from a user's file) */
export function fieldReader(field: PriceField): (bar: IndicatorBar) => number {
  if (!Object.hasOwn(FIELDS, field)) {
    throw new RangeError(`A price field is one of ${Object.keys(FIELDS).join(', ')}, not ${String(field)}`);
  }
  return FIELDS[field];
}

/** The field as a column; the bars' own array where it is one of theirs. */
export function fieldColumn(bars: BarColumns, field: PriceField): Float64Array {
  const { opens, highs, lows, closes, volumes } = bars;
  switch (field) {
    case 'open':
      return opens;
    case 'high':
      return highs;
    case 'low':
      return lows;
    case 'close':
      return closes;
    case 'volume':
      return volumes;
    case 'hl2':
      return highs.map((high, i) => medianPrice(high, lows[i] as number));
    case 'hlc3':
      return highs.map((high, i) => typicalPrice(high, lows[i] as number, closes[i] as number));
    case 'ohlc4':
      return opens.map((open, i) => (open + (highs[i] as number) + (lows[i] as number) + (closes[i] as number)) / 4);
  }
}
