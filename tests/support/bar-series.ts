import * as fc from 'fast-check';
import type { BarSeries } from '../../src/domain/bar.js';

const MINUTE_MS = 60_000;

/** One-minute bars that close at `closes`, open at the close before, and reach a little beyond both. */
export function makeSeries(closes: readonly number[], startMs = 0): BarSeries {
  const opens = closes.map((close, i) => closes[i - 1] ?? close);
  return {
    symbol: 'BTC-USD',
    timeframe: 'ONE_MINUTE',
    timestamps: Float64Array.from(closes, (_, i) => startMs + i * MINUTE_MS),
    opens: Float64Array.from(opens),
    highs: Float64Array.from(closes, (close, i) => Math.max(close, opens[i]!)),
    lows: Float64Array.from(closes, (close, i) => Math.min(close, opens[i]!)),
    closes: Float64Array.from(closes),
    volumes: Float64Array.from(closes, (_, i) => 1 + (i % 7)),
  };
}

/** Random walks, wild and flat ones among them. */
export function someSeries(minLength: number, maxLength: number): fc.Arbitrary<BarSeries> {
  const step = fc.oneof(
    fc.constant(0),
    fc.double({ min: -0.002, max: 0.002, noNaN: true }),
    fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  );
  return fc.array(step, { minLength, maxLength }).map((steps) => {
    let price = 400;
    return makeSeries(
      steps.map((logReturn) => {
        price = Math.min(1e9, Math.max(1e-6, price * Math.exp(logReturn)));
        return price;
      }),
    );
  });
}

/** All prices times `factor`. */
export function scaled(series: BarSeries, factor: number): BarSeries {
  const times = (prices: Float64Array) => prices.map((price) => price * factor);
  return {
    ...series,
    opens: times(series.opens),
    highs: times(series.highs),
    lows: times(series.lows),
    closes: times(series.closes),
  };
}

/** True when no number anywhere inside is NaN or infinite. */
export function everyNumberIsFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(everyNumberIsFinite);
}
