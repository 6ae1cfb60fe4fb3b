import { moneyFlow } from './adl.js';
import type { IndicatorSpec } from './indicator-spec.js';
import { barSpec } from './make-spec.js';
import { assertSameLength } from './period.js';
import { WindowSum } from './windows/window-sum.js';

/**
 * Chaikin money flow in [-1, 1]: the money flow of `period` bars (see adl) over their volume; NaN without volume.
 * @param highs, lows, closes, volumes columns of the same bars, oldest first
 * @returns Float64Array of the same length, from index `period` - 1
 * @throws RangeError for columns of different lengths or a period that is not a whole number >= 1
 * @see https://github.com/DaveSkender/Stock.Indicators
 */
export function chaikinMoneyFlow(
  highs: Float64Array,
  lows: Float64Array,
  closes: Float64Array,
  volumes: Float64Array,
  period = 20,
): Float64Array {
  assertSameLength(highs, lows, closes, volumes);
  const out = new Float64Array(volumes.length);
  const indicator = new IncrementalChaikinMoneyFlow(period);
  for (let i = 0; i < volumes.length; i += 1) {
    out[i] = indicator.update(highs[i] as number, lows[i] as number, closes[i] as number, volumes[i] as number);
  }
  return out;
}

/** Incremental {@link chaikinMoneyFlow}. */
export class IncrementalChaikinMoneyFlow {
  private readonly flow: WindowSum;
  private readonly volume: WindowSum;

  /** @throws RangeError for a period that is not a whole number >= 1 */
  constructor(period = 20) {
    this.flow = new WindowSum(period);
    this.volume = new WindowSum(period);
  }

  /** @returns the value after this bar. */
  update(high: number, low: number, close: number, volume: number): number {
    return this.flow.update(moneyFlow(high, low, close, volume)) / this.volume.update(volume);
  }
}

export const chaikinMoneyFlowSpec = (period = 20): IndicatorSpec<'value'> =>
  barSpec(
    'chaikinMoneyFlow',
    [period],
    ({ highs, lows, closes, volumes }) => chaikinMoneyFlow(highs, lows, closes, volumes, period),
    () => {
      const indicator = new IncrementalChaikinMoneyFlow(period);
      return (bar) => indicator.update(bar.high, bar.low, bar.close, bar.volume);
    },
  );
