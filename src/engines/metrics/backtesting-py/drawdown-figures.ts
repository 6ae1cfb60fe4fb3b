import { summarizeDrawdowns } from '../drawdown.js';

/** Depths as fractions, 0 or below; durations in milliseconds; NaN where the program has NaN. */
export interface DrawdownFigures {
  readonly peakEquity: number;
  readonly maxDepth: number;
  readonly meanDepth: number;
  readonly maxDurationMs: number;
  readonly meanDurationMs: number;
}

/**
 * Drawdowns of every bar. A fall that begins with the very last bar deepens the maximum but is no drawdown period of its
 * own; when it is the only one, the program shows its depth as the mean and has no duration.
 */
export function drawdownFigures(times: Float64Array, equity: Float64Array): DrawdownFigures {
  const first = equity[0] as number;
  const last = equity.length - 1;
  const all = summarizeDrawdowns(times, equity, first);
  const { peakEquity, maxDepth } = all;
  const periods = all.instantsUnderWater === 1 ? summarizeDrawdowns(times, equity.subarray(0, last), first) : all;
  const { count } = periods;
  if (count === 0) {
    const meanDepth = maxDepth < 0 ? maxDepth : NaN;
    return { peakEquity, maxDepth, meanDepth, maxDurationMs: NaN, meanDurationMs: NaN };
  }
  return {
    peakEquity,
    maxDepth,
    meanDepth: periods.depthSum / count,
    maxDurationMs: periods.maxDurationMs,
    meanDurationMs: periods.durationSumMs / count,
  };
}
