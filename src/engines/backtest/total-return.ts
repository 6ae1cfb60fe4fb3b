import type { BarSeries } from '../../domain/bar.js';
import type { SeriesActions } from '../../domain/corporate-action.js';
import { barActions, type BarAction } from './bar-actions.js';

/**
 * Closes of a series as one unit of its first bar is worth when splits are followed and each dividend buys more of it at
 * the last close before it, less the dividend: the returns that prices adjusted by CRSP's factors have. The columns
 * themselves where there are no actions.
 */
export function totalReturnCloses({ closes }: BarSeries, actions: readonly BarAction[]): Float64Array {
  if (actions.length === 0) return closes;
  const worth = closes.slice();
  let units = 1;
  actions.forEach(({ barIndex, ratio, dividend }, position) => {
    const last = (closes[barIndex - 1] as number) / ratio;
    // A payment of all that a unit is worth cannot be reinvested in it.
    units *= ratio * (dividend < last ? last / (last - dividend) : 1);
    const end = actions[position + 1]?.barIndex ?? closes.length;
    for (let i = barIndex; i < end; i += 1) worth[i] = units * (closes[i] as number);
  });
  return worth;
}

/** As totalReturnCloses, with the actions of the series among those of a run. */
export function heldCloses(series: BarSeries, actions: readonly SeriesActions[]): Float64Array {
  const known = actions.find(({ symbol }) => symbol === series.symbol);
  return known === undefined ? series.closes : totalReturnCloses(series, barActions(series, known));
}
