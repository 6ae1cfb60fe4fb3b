import type { BarSeries } from '../../domain/bar.js';
import type { BarAction } from './bar-actions.js';

/**
 * A series in the shares of its first bar: prices after a split multiplied, volumes divided by its ratio. Splits leave no
 * jump, and no bar depends on a later split. The series itself where it has none.
 * @param actions of this series, ascending
 */
export function inSharesOfFirstBar(series: BarSeries, actions: readonly BarAction[]): BarSeries {
  const splits = actions.filter(({ ratio }) => ratio !== 1);
  if (splits.length === 0) return series;
  const factors = new Float64Array(series.timestamps.length).fill(1);
  for (const [number, { barIndex }] of splits.entries()) {
    const factor = splits.slice(0, number + 1).reduce((product, { ratio }) => product * ratio, 1);
    factors.fill(factor, barIndex);
  }
  const price = (values: Float64Array) => values.map((value, i) => value * (factors[i] as number));
  return {
    ...series,
    opens: price(series.opens),
    highs: price(series.highs),
    lows: price(series.lows),
    closes: price(series.closes),
    volumes: series.volumes.map((value, i) => value / (factors[i] as number)),
  };
}
