import { logReturn } from './log-return.js';
import { durationText, instantText } from './time-text.js';
import { resampling, type Resampling } from './resampling.js';

/** What this profile's statistics need of the bars alone: made once, shared by all runs over the same bars. */
export interface BacktestingPyIndex extends Resampling {
  readonly instantCount: number;
  /** Closes of the traded symbol, one an instant. */
  readonly closes: Float64Array;
  /** Log returns of the market; one less than instants. */
  readonly marketReturns: Float64Array;
  readonly marketMean: number;
  /** Sum of the squares of their distances from the mean. */
  readonly marketSquares: number;
  /** First and last instant, and the time between them, as the statistics show them. */
  readonly start: string;
  readonly end: string;
  readonly duration: string;
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
  const marketReturns = new Float64Array(instantCount - 1);
  let sum = 0;
  let squares = 0;
  let previous = closes[0] as number;
  for (let i = 1; i < instantCount; i += 1) {
    const close = closes[i] as number;
    const value = logReturn(previous, close);
    previous = close;
    marketReturns[i - 1] = value;
    sum += value;
    squares += value * value;
  }
  const marketMean = instantCount > 1 ? sum / (instantCount - 1) : 0;
  const start = times[0] as number;
  const end = times[instantCount - 1] as number;
  return {
    ...resampling(times),
    instantCount,
    closes,
    marketReturns,
    marketMean,
    // A mean return is far below its spread: the squares minus the mean's lose no digit that shows.
    marketSquares: Math.max(0, squares - sum * marketMean),
    start: instantText(start),
    end: instantText(end),
    duration: durationText(end - start),
  };
}
