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
  const last = equity.length - 1;
  const { instantsUnderWater, peakEquity, ...all } = summarizeDrawdowns(times, equity, equity[0] as number);
  const { maxDepth } = all;
  let { count, depthSum, durationSumMs, maxDurationMs } = all;
  if (instantsUnderWater === 1) {
    const depth = ((equity[last] as number) - peakEquity) / peakEquity;
    const durationMs = (times[last] as number) - (times[last - 1] as number);
    if (count === 1) return { peakEquity, maxDepth, meanDepth: depth, maxDurationMs: NaN, meanDurationMs: NaN };
    count -= 1;
    depthSum -= depth;
    durationSumMs -= durationMs;
    // Any other drawdown lasts two bars or more; only an uneven last distance can hide the longest of them.
    if (maxDurationMs === durationMs) {
      const before = summarizeDrawdowns(times, equity.subarray(0, last), equity[0] as number);
      maxDurationMs = before.maxDurationMs;
    }
  }
  if (count === 0) return { peakEquity, maxDepth, meanDepth: NaN, maxDurationMs: NaN, meanDurationMs: NaN };
  return { peakEquity, maxDepth, meanDepth: depthSum / count, maxDurationMs, meanDurationMs: durationSumMs / count };
}
