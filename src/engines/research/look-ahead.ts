import { SimulationError } from '../backtest/simulation-error.js';
import { SeededRandom } from '../ml/seeded-random.js';
import { barsUntil, countUntil } from './bars-between.js';
import type { Caution } from './caution.js';
import type { Decision } from './decision-log.js';
import { timeText } from './describe-trace.js';
import { decisionText, runRecorded, type CheckedRun, type RecordedRun } from './recorded-run.js';

export interface LookAheadOptions {
  /** Places at which history is cut off, 1 at least. Each costs a run over what lies before it. */
  readonly cuts: number;
  /** Whole number in [0, 2^32). */
  readonly seed: number;
}

/** A place where a run over shorter history did something else than the run over all of it. */
export interface LookAheadChange {
  /** The last instant (close time) that the shorter run had. */
  readonly cutTime: number;
  /** Instant of the first difference. */
  readonly time: number;
  /** What the two runs did there. */
  readonly withFuture: string;
  readonly withoutFuture: string;
}

export interface LookAheadReport {
  /** Ascending. None where history is too short to be cut. */
  readonly cutTimes: readonly number[];
  /** Decisions compared, over all cuts. None compared is nothing proven. */
  readonly comparedDecisions: number;
  readonly changes: readonly LookAheadChange[];
  /** The first difference of two runs over the same bars; null when they are equal, as they must be. */
  readonly repeat: LookAheadChange | null;
}

/**
 * Runs again with the future cut off at several places: whatever was decided up to a cut must stay the same. Half of the
 * cuts are at instants where the strategy decided something, as a glance at the next bar shows nowhere else.
 * A strategy that fails on the shorter history counts as a change: it was the future that it missed.
 * @throws what the simulator throws over all of history, and what is no SimulationError (a run that was stopped)
 */
export function analyzeLookAhead(run: CheckedRun, { cuts, seed }: LookAheadOptions): LookAheadReport {
  const whole = runRecorded(run, run.bars);
  const endTime = whole.result.closeTimes.at(-1) ?? NaN;
  const repeat = changeAt(whole, runRecorded(run, run.bars), endTime, true);
  const cutTimes = chooseCuts(whole, cuts, new SeededRandom(seed));
  const changes: LookAheadChange[] = [];
  let comparedDecisions = 0;
  for (const cutTime of cutTimes) {
    comparedDecisions += countOfDecisions(whole.decisions, cutTime);
    let short: RecordedRun;
    try {
      short = runRecorded(
        run,
        barsUntil(run.bars, cutTime, (series) => run.closeTimesOf(series)),
      );
    } catch (error) {
      // Anything else is not the strategy's doing: whoever runs this has stopped it.
      if (!(error instanceof SimulationError)) throw error;
      const withoutFuture = `failed: ${error.message}`;
      changes.push({ cutTime, time: cutTime, withFuture: 'ran', withoutFuture });
      continue;
    }
    const change = changeAt(whole, short, cutTime, false);
    if (change !== null) changes.push(change);
  }
  return { cutTimes, comparedDecisions, changes, repeat };
}

export function lookAheadCautions({ cutTimes, changes, repeat }: LookAheadReport): Caution[] {
  if (repeat !== null) {
    const message =
      `Two runs over the same bars differ, first at ${timeText(repeat.time)}: ${repeat.withFuture} against ` +
      `${repeat.withoutFuture}. The strategy keeps something between runs, or reads a clock or random numbers.`;
    return [{ code: 'NOT_REPRODUCIBLE', severity: 'CRITICAL', message, values: { time: repeat.time } }];
  }
  const [first] = changes;
  if (first === undefined) return [];
  const message =
    `With history cut off at ${timeText(first.cutTime)} the strategy did something else at ${timeText(first.time)}: ` +
    `${first.withoutFuture} instead of ${first.withFuture}. That happened at ${changes.length} of ${cutTimes.length} cuts, ` +
    'and may happen at none: it sees bars that have not closed yet.';
  const values = {
    changedCuts: changes.length,
    cuts: cutTimes.length,
    time: first.time,
    cutTime: first.cutTime,
    limit: 0,
  };
  return [{ code: 'LOOK_AHEAD', severity: 'CRITICAL', message, values }];
}

/** Different instants, ascending, from the first that could decide to the last but one. */
function chooseCuts({ result, decisions }: RecordedRun, cuts: number, random: SeededRandom): number[] {
  const { closeTimes, firstDecisionIndex } = result;
  const candidates = closeTimes.subarray(firstDecisionIndex, Math.max(firstDecisionIndex, closeTimes.length - 1));
  const decided = new Set(decisions.map(({ time }) => time));
  const telling = Float64Array.from(decided).filter(
    (time) => candidates.length > 0 && time <= (candidates.at(-1) as number),
  );
  const chosen = new Set(drawn(telling, Math.ceil(cuts / 2), random));
  // As many again as wanted: whatever was chosen before, that is enough.
  for (const time of drawn(candidates, cuts, random)) if (chosen.size < cuts) chosen.add(time);
  return [...chosen].sort((a, b) => a - b);
}

function drawn(times: Float64Array, count: number, random: SeededRandom): number[] {
  const order = Uint32Array.from(times.keys());
  random.shuffle(order, count);
  return Array.from(order.subarray(0, count), (index) => times[index] as number);
}

function countOfDecisions(decisions: readonly Decision[], until: number): number {
  return decisions.findLastIndex(({ time }) => time <= until) + 1;
}

/**
 * The first instant at which two runs differ, up to a cut. The equity of the cut itself is not compared: a broker may
 * close what is open on the last bar there is. Decisions of the cut are, where the strategy was asked on the last bar.
 */
function changeAt(whole: RecordedRun, short: RecordedRun, cutTime: number, atEnd: boolean): LookAheadChange | null {
  const until = Math.min(cutTime, whole.lastAskedTime, Math.max(short.lastAskedTime, previousTime(whole, cutTime)));
  const decision = firstOtherDecision(whole.decisions, short.decisions, until);
  const equity = firstOtherEquity(whole, short, atEnd ? cutTime + 1 : cutTime);
  const first = decision !== null && (equity === null || decision.time <= equity.time) ? decision : equity;
  return first === null ? null : { cutTime, ...first };
}

/** The instant before a time: a run that is not asked on its last bar must have been asked on the one before. */
function previousTime({ result: { closeTimes } }: RecordedRun, time: number): number {
  return closeTimes[countUntil(closeTimes, time) - 2] ?? -Infinity;
}

type Change = Omit<LookAheadChange, 'cutTime'>;

function firstOtherDecision(whole: readonly Decision[], short: readonly Decision[], until: number): Change | null {
  for (let i = 0; ; i += 1) {
    const [a, b] = [within(whole[i], until), within(short[i], until)];
    if (a === null && b === null) return null;
    const [aText, bText] = [textOf(a), textOf(b)];
    if (a !== null && b !== null && a.time === b.time && aText === bText) continue;
    const time = Math.min(a?.time ?? Infinity, b?.time ?? Infinity);
    const nothing = 'no decision';
    return {
      time,
      withFuture: a?.time === time ? aText : nothing,
      withoutFuture: b?.time === time ? bText : nothing,
    };
  }
}

const within = (decision: Decision | undefined, until: number): Decision | null =>
  decision !== undefined && decision.time <= until ? decision : null;
const textOf = (decision: Decision | null): string =>
  decision === null ? '' : `${decision.symbol} ${decisionText(decision)}`;

function firstOtherEquity(whole: RecordedRun, short: RecordedRun, before: number): Change | null {
  const { closeTimes, equity } = whole.result;
  for (let i = 0; i < closeTimes.length && (closeTimes[i] as number) < before; i += 1) {
    const [a, b] = [equity[i] as number, short.result.equity[i] ?? NaN];
    if (Object.is(a, b)) continue;
    return { time: closeTimes[i] as number, withFuture: `equity ${a}`, withoutFuture: `equity ${b}` };
  }
  return null;
}
