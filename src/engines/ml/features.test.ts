import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns } from './bar-columns.js';
import { chronologicalSplit } from './chronological-split.js';
import { fitFeatureScaler, scaleFeatures, scaleTargets } from './feature-scaler.js';
import { FOREST_BARS, FOREST_FEATURE_COUNT, forestFeatureRows, latestForestRow } from './forest-features.js';
import {
  latestLstmWindow,
  LOOKBACK_BARS,
  LSTM_FEATURE_COUNT,
  lstmFeatureRows,
  lstmWindows,
  PREDICTION_BARS,
  WINDOW_BARS,
} from './lstm-features.js';

const row = fc.record({
  prices: fc.array(fc.double({ min: 90, max: 110, noNaN: true }), { minLength: 4, maxLength: 4 }),
  volume: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

function toColumns(rows: { prices: number[]; volume: number }[]): BarColumns {
  const sorted = rows.map(({ prices }) => prices.toSorted((a, b) => a - b));
  return {
    timestamps: Float64Array.from(rows, (_, i) => i * 60_000),
    lows: Float64Array.from(sorted, (prices) => prices[0]!),
    opens: Float64Array.from(sorted, (prices) => prices[1]!),
    closes: Float64Array.from(sorted, (prices, i) => prices[1 + (i % 2)]!),
    highs: Float64Array.from(sorted, (prices) => prices[3]!),
    volumes: Float64Array.from(rows, ({ volume }) => volume),
  };
}

function sliceColumns(bars: BarColumns, start: number, end?: number): BarColumns {
  return {
    timestamps: bars.timestamps.slice(start, end),
    opens: bars.opens.slice(start, end),
    highs: bars.highs.slice(start, end),
    lows: bars.lows.slice(start, end),
    closes: bars.closes.slice(start, end),
    volumes: bars.volumes.slice(start, end),
  };
}

const series = fc.array(row, { minLength: 62, maxLength: 90 }).map(toColumns);
const flat = (length: number): BarColumns =>
  toColumns(Array.from({ length }, () => ({ prices: [5, 5, 5, 5], volume: 0 })));

describe('the features', () => {
  it('of past bars stay equal when future bars are removed', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 90 }), (bars, cut) => {
        const kept = sliceColumns(bars, 0, cut);
        const count = kept.closes.length;
        expect(lstmFeatureRows(kept)).toEqual(lstmFeatureRows(bars).slice(0, count * LSTM_FEATURE_COUNT));
        expect(forestFeatureRows(kept)).toEqual(forestFeatureRows(bars).slice(0, count * FOREST_FEATURE_COUNT));
      }),
    );
  });

  it('of the last bar are the same however much history was loaded', () => {
    fc.assert(
      fc.property(series, (bars) => {
        const count = bars.closes.length;
        expect(latestLstmWindow(sliceColumns(bars, count - PREDICTION_BARS))).toEqual(latestLstmWindow(bars));
        expect(latestForestRow(sliceColumns(bars, count - FOREST_BARS))).toEqual(latestForestRow(bars));
      }),
    );
  });

  it('are finite after the warm-up and NaN before it', () => {
    fc.assert(
      fc.property(series, (bars) => {
        lstmFeatureRows(bars).forEach((value, at) => {
          expect(Number.isFinite(value)).toBe(Math.floor(at / LSTM_FEATURE_COUNT) >= LOOKBACK_BARS - 1);
        });
        forestFeatureRows(bars).forEach((value, at) => {
          expect(Number.isFinite(value)).toBe(Math.floor(at / FOREST_FEATURE_COUNT) >= FOREST_BARS - 1);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('of a flat market without volume are zeros', () => {
    expect(latestForestRow(flat(40))).toEqual(new Float64Array(FOREST_FEATURE_COUNT));
    expect(latestLstmWindow(flat(60))!.every((value) => Math.abs(value) < 1e-12)).toBe(true);
  });

  it('of the first move after a flat stretch are bounded', () => {
    const bars = flat(40);
    bars.closes[39] = 6;
    bars.highs[39] = 6;
    bars.volumes[39] = 10;
    expect(latestForestRow(bars)).toEqual(Float64Array.of(Math.log(6 / 5), 20, 1 / 6, 20));
  });

  it('are null where there are too few bars', () => {
    expect(latestLstmWindow(flat(PREDICTION_BARS - 1))).toBeNull();
    expect(latestForestRow(flat(FOREST_BARS - 1))).toBeNull();
    expect(latestLstmWindow(flat(PREDICTION_BARS))).toHaveLength(WINDOW_BARS * LSTM_FEATURE_COUNT);
    expect(latestForestRow(flat(FOREST_BARS))).toHaveLength(FOREST_FEATURE_COUNT);
  });

  it.each([
    ['NaN', (bars: BarColumns) => (bars.closes[7] = NaN)],
    ['a price of 0', (bars: BarColumns) => (bars.lows[7] = 0)],
    ['high < low', (bars: BarColumns) => (bars.highs[7] = 1)],
    ['a negative volume', (bars: BarColumns) => (bars.volumes[7] = -1)],
    ['time standing still', (bars: BarColumns) => (bars.timestamps[7] = bars.timestamps[6]!)],
  ])('refuse bars with %s and name the bar', (_name, spoil) => {
    const bars = flat(70);
    spoil(bars);
    expect(() => lstmFeatureRows(bars)).toThrow(/Bar 7/);
    expect(() => forestFeatureRows(bars)).toThrow(/Bar 7/);
  });
});

describe('the windows', () => {
  it('hold the rows up to and including their last bar', () => {
    const rows = Float64Array.from({ length: 70 * LSTM_FEATURE_COUNT }, (_, i) => i);
    const windows = lstmWindows(rows, [60, 69]);
    const length = WINDOW_BARS * LSTM_FEATURE_COUNT;
    expect(windows[length - 1]).toBe(61 * LSTM_FEATURE_COUNT - 1);
    expect(windows[0]).toBe(31 * LSTM_FEATURE_COUNT);
    expect(windows[2 * length - 1]).toBe(rows.length - 1);
  });

  it('are refused where they would reach before the warm-up or behind the end', () => {
    const rows = new Float64Array(70 * LSTM_FEATURE_COUNT);
    for (const last of [PREDICTION_BARS - 2, 70, NaN]) expect(() => lstmWindows(rows, [last])).toThrow(RangeError);
  });
});

describe('the scaler', () => {
  it('centres features to deviation 1, keeps the sign of targets, and cuts wild values off', () => {
    const rows = Float64Array.of(1, 10, 3, 10, 5, 10);
    const scaler = fitFeatureScaler(rows, 2, Float64Array.of(0.03, 0.04));
    expect(scaler.featureMeans).toEqual([3, 10]);
    expect(scaler.featureScales[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(scaler.featureScales[1]).toBe(1);
    expect(scaler.targetScale).toBeCloseTo(Math.sqrt(0.00125), 12);
    expect(scaleFeatures(Float32Array.of(3, 10, 1e9, -1e9), scaler)).toEqual(Float32Array.of(0, 0, 5, -5));
    expect(Math.sign(scaleTargets(Float64Array.of(0.001), scaler)[0]!)).toBe(1);
  });
});

describe('the chronological split', () => {
  it('keeps the order, the gap and the newest samples for the test', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.nat({ max: 100 }), (count, gap) => {
        const split = chronologicalSplit(count, gap);
        if (split === null) {
          expect(Math.floor((count - 2 * gap) * 0.1)).toBeLessThan(1);
          return;
        }
        const { training, validation, test } = split;
        expect(training.start).toBe(0);
        expect(validation.start - training.end).toBe(gap);
        expect(test.start - validation.end).toBe(gap);
        expect(test.end).toBe(count);
        for (const part of [training, validation, test]) expect(part.end).toBeGreaterThan(part.start);
      }),
    );
  });
});
