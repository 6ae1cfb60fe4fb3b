/** All drawdowns of a run in sums. Depths are fractions of the peak, 0 or below; durations milliseconds from the peak. */
export interface DrawdownSummary {
  /** Times that equity fell below its peak; one that lasts to the end counts too. */
  readonly count: number;
  readonly maxDepth: number;
  readonly depthSum: number;
  /** From the last instant at the peak to the recovery, or to the end of the run. */
  readonly maxDurationMs: number;
  readonly durationSumMs: number;
  readonly peakEquity: number;
  /** Instants below the peak at the end of the run; 0 when it ended on it. */
  readonly instantsUnderWater: number;
}

/**
 * Drawdowns at every instant (not only at day ends), in one pass.
 * @param startingEquity above 0: the first peak
 */
export function summarizeDrawdowns(times: Float64Array, equity: Float64Array, startingEquity: number): DrawdownSummary {
  const length = equity.length;
  let count = 0;
  let maxDepth = 0;
  let depthSum = 0;
  let maxDurationMs = 0;
  let durationSumMs = 0;
  let peak = startingEquity;
  let peakIndex = 0;
  let i = 0;
  while (i < length) {
    let value = equity[i] as number;
    while (value >= peak) {
      peak = value;
      i += 1;
      if (i === length) break;
      value = equity[i] as number;
    }
    peakIndex = Math.max(0, i - 1);
    if (i === length) break;
    let trough = value;
    while (value < peak) {
      if (value < trough) trough = value;
      i += 1;
      if (i === length) break;
      value = equity[i] as number;
    }
    const depth = (trough - peak) / peak;
    const durationMs = (times[Math.min(i, length - 1)] as number) - (times[peakIndex] as number);
    count += 1;
    depthSum += depth;
    durationSumMs += durationMs;
    if (depth < maxDepth) maxDepth = depth;
    if (durationMs > maxDurationMs) maxDurationMs = durationMs;
  }
  const instantsUnderWater = length > 0 && (equity[length - 1] as number) < peak ? length - 1 - peakIndex : 0;
  return { count, maxDepth, depthSum, maxDurationMs, durationSumMs, peakEquity: peak, instantsUnderWater };
}
