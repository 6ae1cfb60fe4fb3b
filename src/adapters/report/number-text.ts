import type { Timeframe } from '../../domain/timeframe.js';

/** Digits for people: thousands in groups, a fixed number of decimals. */
const formats = new Map<number, Intl.NumberFormat>();

/** `56,263.52` */
export function amountText(value: number, decimals = 2): string {
  let format = formats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(decimals, format);
  }
  return format.format(value).replace('-', '−');
}

/** `12.3 %`, with a decimal less for large ones. */
export const percentText = (percent: number): string => `${amountText(percent, Math.abs(percent) >= 1000 ? 0 : 2)} %`;

export const numberText = (value: number): string => amountText(value, Math.abs(value) >= 1000 ? 0 : 3);

/** `830 days`, `4.2 h` under a day. */
export function daysText(days: number): string {
  if (days !== 0 && Math.abs(days) < 1) return `${amountText(days * 24, 1)} h`;
  return `${amountText(days, days < 10 && !Number.isInteger(days) ? 1 : 0)} days`;
}

/** A price with the decimals that it has, eight at most. */
export function priceText(price: number): string {
  const decimals = Math.min(8, Math.max(2, (String(price).split('.')[1] ?? '').length));
  return amountText(price, decimals > 6 ? 4 : decimals);
}

/** The day of a daily bar, `2013-03-01`, or the minute of another, `2013-03-01 14:30`; UTC. */
export function barTimeText(time: number, timeframe: Timeframe): string {
  const iso = new Date(time).toISOString();
  return timeframe === 'ONE_DAY' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
