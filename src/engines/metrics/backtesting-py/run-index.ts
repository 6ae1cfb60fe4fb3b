import { logReturn } from './log-return.js';
import { resampling, type Resampling } from './resampling.js';

/** What this profile's statistics need of the bars alone: made once, shared by all runs over the same bars. */
export interface BacktestingPyIndex extends Resampling {
  readonly instantCount: number;
  /** Closes of the traded symbol, one an instant. */
  readonly closes: Float64Array;
  /** Distances of the market's log returns from their mean; one less than instants. */
  readonly marketDeviations: Float64Array;
  /** Sum of their squares. */
  readonly marketSquares: number;
}

/**
 * @param times instants of the run, epoch milliseconds, ascending
 * @param closes of the traded symbol at the same instants, above 0
 * @throws RangeError without an instant or for different lengths
 */
export function indexBacktestingPy(times: Float64Array, closes: Float64Array): BacktestingPyIndex {
  const instantCount = times.length;
  if (instantCount === 0) throw new RangeError('A run without bars has no statistics');
  if (closes.length !== instantCount) throw new RangeError(`${closes.length} closes for ${instantCount} instants`);
  const deviations = new Float64Array(instantCount - 1);
  let sum = 0;
  for (let i = 1; i < instantCount; i += 1) {
    const value = logReturn(closes[i - 1] as number, closes[i] as number);
    deviations[i - 1] = value;
    sum += value;
  }
  const mean = instantCount > 1 ? sum / (instantCount - 1) : 0;
  let squares = 0;
  for (let i = 0; i < deviations.length; i += 1) {
    const deviation = (deviations[i] as number) - mean;
    deviations[i] = deviation;
    squares += deviation * deviation;
  }
  return { ...resampling(times), instantCount, closes, marketDeviations: deviations, marketSquares: squares };
}
