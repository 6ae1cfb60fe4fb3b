import { DAY_MS } from './calendar-months.js';

/** One fall of equity below its peak. */
export interface DrawdownPeriod {
  /** Indexes of instants: the last one at the peak, the lowest one, the recovery (null: not before the end). */
  readonly peakIndex: number;
  readonly troughIndex: number;
  readonly recoveryIndex: number | null;
  /** Open times of the same, epoch milliseconds. */
  readonly peakTime: number;
  readonly troughTime: number;
  readonly recoveryTime: number | null;
  /** Percent of the peak, below 0. */
  readonly depthPct: number;
  /** From the peak to the recovery or the end of the run, in days of 24 hours. */
  readonly days: number;
}

/** Drawdown at every instant as a fraction of the peak so far, 0 or below; the starting equity is the first peak. */
export function drawdownCurve(equity: Float64Array, startingEquity: number = equity[0] ?? NaN): Float64Array {
  const curve = new Float64Array(equity.length);
  let peak = startingEquity;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] as number;
    if (value >= peak) peak = value;
    else curve[i] = (value - peak) / peak;
  }
  return curve;
}

/**
 * The drawdowns of a run, the deepest first.
 * @param limit how many of them at most
 */
export function drawdownPeriods(
  times: Float64Array,
  equity: Float64Array,
  limit: number,
  startingEquity: number = equity[0] ?? NaN,
): DrawdownPeriod[] {
  const curve = drawdownCurve(equity, startingEquity);
  const found: DrawdownPeriod[] = [];
  let troughIndex = -1;
  let peakIndex = 0;
  for (let i = 0; i <= curve.length; i += 1) {
    const depth = curve[i] ?? 0;
    if (depth < 0) {
      if (troughIndex < 0 || depth < (curve[troughIndex] as number)) troughIndex = i;
      continue;
    }
    if (troughIndex >= 0) found.push(describePeriod(times, curve, peakIndex, troughIndex, i));
    troughIndex = -1;
    peakIndex = i;
    if (found.length >= 2 * limit + 64) keepDeepest(found, limit);
  }
  keepDeepest(found, limit);
  return found;
}

function describePeriod(
  times: Float64Array,
  curve: Float64Array,
  peakIndex: number,
  troughIndex: number,
  endIndex: number,
): DrawdownPeriod {
  const isRecovered = endIndex < curve.length;
  const peakTime = times[peakIndex] as number;
  const endTime = times[isRecovered ? endIndex : curve.length - 1] as number;
  return {
    peakIndex,
    troughIndex,
    recoveryIndex: isRecovered ? endIndex : null,
    peakTime,
    troughTime: times[troughIndex] as number,
    recoveryTime: isRecovered ? endTime : null,
    depthPct: (curve[troughIndex] as number) * 100,
    days: (endTime - peakTime) / DAY_MS,
  };
}

/** A million bars have a hundred thousand drawdowns: only the deepest stay. Of equal ones the earlier. */
function keepDeepest(periods: DrawdownPeriod[], limit: number): void {
  periods.sort((a, b) => a.depthPct - b.depthPct || a.peakIndex - b.peakIndex);
  periods.length = Math.min(periods.length, limit);
}
