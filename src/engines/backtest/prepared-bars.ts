import type { BarSeries } from '../../domain/bar.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { barActions, type BarAction } from './bar-actions.js';
import { firstIndexFrom } from './first-index-from.js';
import { IndicatorCache } from './indicator-cache.js';
import { SimulationError } from './simulation-error.js';
import type { SimulationBars } from './simulation.js';
import { SplitEpochs } from './split-epochs.js';

export { firstIndexFrom };

/** What all runs over the same bars share: the instants, and the indicators computed so far. */
export interface PreparedBars {
  readonly series: readonly BarSeries[];
  /** Open times at which some symbol has a bar, each once, ascending; bars that only warm up included. */
  readonly times: Float64Array;
  /** Open time plus the timeframe. Made when first asked for: few look at it. */
  readonly closeTimes: Float64Array;
  /** Index into `times` of the first instant that trades. */
  readonly tradeFromIndex: number;
  /** One a series. */
  readonly indicators: readonly IndicatorCache[];
  /** One a series: splits and dividends to be booked; null where there are none. */
  readonly actions: readonly (PreparedActions | null)[];
}

/** The corporate actions of a series, and how it looks between its splits. */
export interface PreparedActions {
  readonly actions: readonly BarAction[];
  readonly epochs: SplitEpochs;
}

/**
 * Prepares bars for one run or for many.
 * @throws SimulationError NO_BARS when a series is empty, or no bar is left to trade on
 */
export function prepareBars(bars: SimulationBars, maxIndicatorBytes?: number): PreparedBars {
  const { series, tradeFrom } = bars;
  const [first] = series;
  if (first === undefined) throw new SimulationError('NO_BARS', 'there is no symbol to run on');
  for (const { symbol, timestamps } of series) {
    if (timestamps.length === 0) throw new SimulationError('NO_BARS', `${symbol} has no bars in the range`);
  }
  const times = series.length === 1 ? first.timestamps : mergedTimes(series.map(({ timestamps }) => timestamps));
  const tradeFromIndex = tradeFrom === null ? 0 : firstIndexFrom(times, tradeFrom);
  if (tradeFromIndex === times.length) {
    throw new SimulationError('NO_BARS', `no bars at or after ${new Date(tradeFrom ?? 0).toISOString()}`);
  }
  let closeTimes: Float64Array | null = null;
  const indicators = series.map((columns) => new IndicatorCache(columns, maxIndicatorBytes));
  return {
    series,
    times,
    get closeTimes() {
      return (closeTimes ??= shifted(times, timeframeMs(first.timeframe)));
    },
    tradeFromIndex,
    indicators,
    actions: series.map((columns, index) => {
      const known = bars.actions?.find(({ symbol }) => symbol === columns.symbol);
      const actions = known === undefined ? [] : barActions(columns, known);
      if (actions.length === 0) return null;
      return {
        actions,
        epochs: new SplitEpochs(columns, actions, indicators[index] as IndicatorCache, maxIndicatorBytes),
      };
    }),
  };
}

function shifted(times: Float64Array, milliseconds: number): Float64Array {
  const out = new Float64Array(times.length);
  for (let i = 0; i < times.length; i += 1) out[i] = (times[i] as number) + milliseconds;
  return out;
}

/** The union of ascending times, ascending. */
export function mergedTimes(columns: readonly Float64Array[]): Float64Array {
  const merged = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0));
  const next = new Int32Array(columns.length);
  let count = 0;
  for (;;) {
    let earliest = Infinity;
    for (let k = 0; k < columns.length; k += 1) {
      const time = columns[k]?.[next[k] as number] ?? Infinity;
      if (time < earliest) earliest = time;
    }
    if (earliest === Infinity) return merged.slice(0, count);
    for (let k = 0; k < columns.length; k += 1) {
      const at = next[k] as number;
      if (columns[k]?.[at] === earliest) next[k] = at + 1;
    }
    merged[count] = earliest;
    count += 1;
  }
}
