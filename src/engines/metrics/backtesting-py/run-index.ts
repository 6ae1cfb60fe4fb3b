import { marketReturns, type MarketReturns } from './market-beta.js';
import { durationText, instantText } from './time-text.js';
import { resampling, type Resampling } from './resampling.js';

/** What this profile's statistics need of the bars alone: made once, shared by all runs over the same bars. */
export interface BacktestingPyIndex extends Resampling {
  readonly instantCount: number;
  /** Closes of the traded symbol, one an instant. */
  readonly closes: Float64Array;
  /** Log returns of the closes where the index is made for many runs, else null. */
  readonly market: MarketReturns | null;
  /** First and last instant, and the time between them, as the statistics show them. */
  readonly start: string;
  readonly end: string;
  readonly duration: string;
}

/**
 * @param times instants of the run, epoch milliseconds, ascending
 * @param closes of the traded symbol at the same instants, above 0
 * @param isShared keeps what many runs over the same bars have in common: dearer for one run, cheaper from the second on
 * @throws RangeError without an instant or for different lengths
 */
export function indexBacktestingPy(times: Float64Array, closes: Float64Array, isShared = false): BacktestingPyIndex {
  const instantCount = times.length;
  if (instantCount === 0) throw new RangeError('A run without bars has no statistics');
  if (closes.length !== instantCount) throw new RangeError(`${closes.length} closes for ${instantCount} instants`);
  const start = times[0] as number;
  const end = times[instantCount - 1] as number;
  return {
    ...resampling(times),
    instantCount,
    closes,
    market: isShared ? marketReturns(closes) : null,
    start: instantText(start),
    end: instantText(end),
    duration: durationText(end - start),
  };
}
