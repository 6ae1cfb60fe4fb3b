import { SeededRandom } from '../ml/seeded-random.js';
import { barsBetween, countBefore } from './bars-between.js';
import type { Caution } from './caution.js';
import type { Decision } from './decision-log.js';
import { timeText } from './describe-trace.js';
import { decisionText, runRecorded, type CheckedRun } from './recorded-run.js';

export interface WarmUpOptions {
  /** Instants at which a run is begun, 1 at least. Each costs two runs over at most `MAX_COMPARED_BARS` bars and history. */
  readonly starts: number;
  /** Whole number in [0, 2^32). */
  readonly seed: number;
}

export interface WarmUpReport {
  readonly warmUpBars: number;
  /** Open times, ascending. None where there is not twice the warm-up of history. */
  readonly startTimes: readonly number[];
  /** Instants and symbols at which either run decided something, over all starts. */
  readonly comparedDecisions: number;
  readonly changedDecisions: number;
  /** Of the changed ones the one that came the most bars after its start. */
  readonly lastChange: WarmUpChange | null;
}

export interface WarmUpChange {
  /** Open time of the first bar that traded. */
  readonly startTime: number;
  /** The instant (close time) of the change. */
  readonly time: number;
  /** Instants from the start to here. */
  readonly barsAfterStart: number;
  readonly symbol: string;
  readonly withMoreHistory: string;
  readonly withWarmUpOnly: string;
}

/** Instants after a start that are compared: what has not settled by then is no matter of warming up. */
const MAX_COMPARED_BARS = 1000;
/** An indicator that never quite forgets its first value (an EMA) may turn one decision of a hundred. */
const MAX_CHANGED_SHARE = 0.01;

/**
 * Begins to trade at several instants twice: once with all of history behind it, once with the warm-up alone. Both
 * begin flat, so they decide the same unless the warm-up is too short for what the strategy looks at.
 */
export function analyzeWarmUp(run: CheckedRun, { starts, seed }: WarmUpOptions): WarmUpReport {
  // A simulator may ask for one bar behind the first decision, whatever the strategy says.
  const warmUpBars = Math.max(1, run.strategy.warmUpBars(run.values));
  // One more of each of several symbols: at the first instant not all of them have a bar, and all must be ready.
  const historyBars = warmUpBars + (run.bars.series.length > 1 ? 1 : 0);
  const startTimes = chooseStarts(run, warmUpBars, starts, new SeededRandom(seed));
  const report = { comparedDecisions: 0, changedDecisions: 0, lastChange: null as WarmUpChange | null };
  for (const startTime of startTimes) {
    const [long, short] = [decisionsFrom(run, startTime, Infinity), decisionsFrom(run, startTime, historyBars)];
    for (const place of new Set([...long.at.keys(), ...short.at.keys()])) {
      report.comparedDecisions += 1;
      const [a, b] = [long.at.get(place), short.at.get(place)];
      const [withMoreHistory, withWarmUpOnly] = [textOf(a), textOf(b)];
      if (withMoreHistory === withWarmUpOnly) continue;
      report.changedDecisions += 1;
      const { time, symbol } = (a ?? b) as Decision;
      const barsAfterStart = countBefore(long.closeTimes, time);
      if (report.lastChange !== null && report.lastChange.barsAfterStart >= barsAfterStart) continue;
      report.lastChange = { startTime, time, barsAfterStart, symbol, withMoreHistory, withWarmUpOnly };
    }
  }
  return { warmUpBars, startTimes, ...report };
}

/** What is decided from a start on, by instant and symbol, with so many bars of history behind it. */
function decisionsFrom(
  run: CheckedRun,
  startTime: number,
  historyBars: number,
): { readonly at: ReadonlyMap<string, Decision>; readonly closeTimes: Float64Array } {
  const times = timesOf(run);
  const last = Math.min(times.length - 1, countBefore(times, startTime) + MAX_COMPARED_BARS);
  const bars = barsBetween(run.bars, startTime, times[last] as number, historyBars);
  const { decisions, result } = runRecorded(run, bars);
  const firstInstant = result.closeTimes[0] ?? Infinity;
  // A simulator may ask before it trades; what is decided then changes nothing.
  const counting = decisions.filter(({ time }) => time >= firstInstant);
  return { at: new Map(counting.map((each) => [`${each.time} ${each.symbol}`, each])), closeTimes: result.closeTimes };
}

export function warmUpCautions(report: WarmUpReport): Caution[] {
  const { changedDecisions, comparedDecisions, lastChange, warmUpBars } = report;
  if (lastChange === null || changedDecisions <= MAX_CHANGED_SHARE * comparedDecisions) return [];
  const { time, barsAfterStart, withMoreHistory, withWarmUpOnly } = lastChange;
  const message =
    `${changedDecisions} of ${comparedDecisions} decisions change when the warm-up of ${warmUpBars} bars is all the history ` +
    `there is; at most ${100 * MAX_CHANGED_SHARE} % should. The last of them is ${barsAfterStart} bars after the start, at ` +
    `${timeText(time)}: ${withWarmUpOnly} instead of ${withMoreHistory}. A run that begins elsewhere, or live, trades otherwise.`;
  const values = { changedDecisions, comparedDecisions, warmUpBars, barsAfterStart, limit: MAX_CHANGED_SHARE };
  return [{ code: 'WARM_UP_TOO_SHORT', severity: 'WARNING', message, values }];
}

/** Open times of the symbol that begins last: before it nothing can be decided. */
function timesOf({ bars }: CheckedRun): Float64Array {
  const columns = bars.series.map(({ timestamps }) => timestamps);
  return columns.reduce((latest, times) => ((times[0] ?? Infinity) > (latest[0] ?? Infinity) ? times : latest));
}

/** Different instants, ascending, with the warm-up twice over behind them and something to decide before them. */
function chooseStarts(run: CheckedRun, warmUpBars: number, starts: number, random: SeededRandom): number[] {
  const times = timesOf(run);
  const first = 2 * warmUpBars + 1;
  const order = Uint32Array.from({ length: Math.max(0, times.length - 1 - first) }, (_, i) => first + i);
  random.shuffle(order, starts);
  return Array.from(order.subarray(0, starts), (index) => times[index] as number).sort((a, b) => a - b);
}

const textOf = (decision: Decision | undefined): string =>
  decision === undefined ? 'no decision' : decisionText(decision);
