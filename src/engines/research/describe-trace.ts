import type { TracedEquity, TracedFill, TracedOrder } from '../../domain/run-trace.js';

/** RFC 3339; a time beyond what a date can hold stays a number. */
export const timeText = (time: number): string =>
  Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time);

/** `BUY 10 SPY MARKET (FILLED)`, `SELL 5 SPY LIMIT at 300 (CANCELED)`. */
export function describeOrder({ side, quantity, symbol, type, limitPrice, stopPrice, outcome }: TracedOrder): string {
  const stop = stopPrice === null ? '' : ` stop ${stopPrice}`;
  const limit = limitPrice === null ? '' : ` at ${limitPrice}`;
  const kind = type === null ? '' : ` ${type}`;
  return `${side} ${quantity} ${symbol}${kind}${stop}${limit} (${outcome})`;
}

/** `BUY 10 SPY at 301.2, commission 1`. */
export const describeFill = ({ side, quantity, symbol, price, commission }: TracedFill): string =>
  `${side} ${quantity} ${symbol} at ${price}, commission ${commission}`;

export const describeEquity = ({ value }: TracedEquity): string => `equity ${value}`;
