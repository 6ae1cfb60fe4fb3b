import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyNumberIsFinite, makeSeries, someSeries } from '../../../tests/support/bar-series.js';
import type { BarSeries } from '../../domain/bar.js';
import { FOREST_BARS } from '../ml/forest-features.js';
import { anomalyKind, anomalySeverity, barSurprise } from './anomaly-kind.js';

/** Forty bars that move by a thousandth, and a last bar to be changed. */
function calm(change: (series: BarSeries, last: number) => void = () => undefined): BarSeries {
  const series = makeSeries(Array.from({ length: 40 }, (_, i) => 100 + 0.1 * (i % 2)));
  change(series, 39);
  return series;
}
const movedTo = (price: number) =>
  calm((series, last) => {
    series.closes[last] = price;
    series.highs[last] = Math.max(price, series.opens[last]!);
    series.lows[last] = Math.min(price, series.opens[last]!);
  });
const typeOf = (series: BarSeries) => anomalyKind(barSurprise(series)!, -0.1).type;

describe('the kind of an anomaly', () => {
  it('is a price spike or drop when the price moves most', () => {
    expect(typeOf(movedTo(103))).toBe('PRICE_SPIKE');
    expect(typeOf(movedTo(97))).toBe('PRICE_DROP');
    expect(anomalyKind(barSurprise(movedTo(97))!, -0.2).description).toMatch(/^Price moved -3.00 %, 20.0 standard dev/);
  });

  it('is a volume spike when only the volume stands out', () => {
    expect(typeOf(calm((series, last) => (series.volumes[last] = 1e6)))).toBe('VOLUME_SPIKE');
  });

  it('is a range expansion when the bar reaches far and comes back', () => {
    const wide = calm((series, last) => {
      series.highs[last] = 102;
      series.lows[last] = 98;
    });
    expect(typeOf(wide)).toBe('RANGE_EXPANSION');
  });

  it('is an unusual pattern when nothing stands out by itself', () => {
    expect(typeOf(calm())).toBe('UNUSUAL_PATTERN');
  });

  it('is the more severe the deeper the score is below the border', () => {
    expect([-0.001, -0.05, -0.051, -0.15, -0.151, -0.5].map(anomalySeverity)).toEqual([
      'LOW',
      'LOW',
      'MEDIUM',
      'MEDIUM',
      'HIGH',
      'HIGH',
    ]);
  });

  it('needs as many bars as the forest does, and then never measures NaN', () => {
    expect(barSurprise(makeSeries(Array.from({ length: FOREST_BARS - 1 }, () => 5)))).toBeNull();
    fc.assert(
      fc.property(someSeries(FOREST_BARS, 60), (series) => {
        const surprise = barSurprise(series)!;
        expect(everyNumberIsFinite(surprise)).toBe(true);
        expect(anomalyKind(surprise, -0.1).description).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
});
