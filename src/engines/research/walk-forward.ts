import type { Caution } from './caution.js';
import type { Direction } from './objectives.js';
import type { ParameterSet } from './parameter-set.js';
import { bestIndex } from './ranking.js';
import type { SearchPlan } from './search-plan.js';
import type { WalkForwardWindow } from './walk-forward-plan.js';

/** What a run over a stretch leaves: a SimulationResult is one. It begins flat and ends closed. */
export interface RunCurve {
  /** Open times of the instants, epoch milliseconds UTC. */
  readonly times: Float64Array;
  /** Equity after each. */
  readonly equity: Float64Array;
}

/** A run of a walk forward: this set over this window's sample. */
export interface WalkForwardTask {
  readonly window: WalkForwardWindow;
  readonly setIndex: number;
  readonly values: ParameterSet;
}

/** What was chosen in a window's sample, and what it did there and after. */
export interface WalkForwardStep {
  readonly window: WalkForwardWindow;
  /** Null where no set had a score in the sample: nothing is traded then. */
  readonly setIndex: number | null;
  readonly values: ParameterSet | null;
  readonly inSampleScore: number | null;
  /** Log growth an instant; null where nothing was traded, or everything was lost. */
  readonly inSampleGrowth: number | null;
  readonly outOfSampleGrowth: number | null;
}

export interface WalkForwardResult {
  readonly steps: readonly WalkForwardStep[];
  /** What lies out of the samples, one stretch after another: each begins with what the one before it ended with. */
  readonly times: Float64Array;
  readonly equity: Float64Array;
  /**
   * Log growth an instant out of the samples over that in them: 1 when what was chosen goes on as before. Null where the
   * samples did not grow, or everything was lost.
   */
  readonly efficiency: number | null;
  /** Share of the windows that gained out of the sample. */
  readonly gainShare: number;
}

/** Runs in samples: every set in every window, as a list that workers take from (see SearchProgress). */
export const walkForwardTaskCount = (windows: readonly WalkForwardWindow[], plan: SearchPlan): number =>
  windows.length * plan.length;

/** @throws RangeError for an index out of the list */
export function walkForwardTaskAt(
  windows: readonly WalkForwardWindow[],
  plan: SearchPlan,
  index: number,
): WalkForwardTask {
  const window = windows[Math.floor(index / plan.length)];
  if (window === undefined) throw new RangeError(`task ${index} of ${walkForwardTaskCount(windows, plan)}`);
  const setIndex = index % plan.length;
  return { window, setIndex, values: plan.at(setIndex) };
}

/**
 * The set to trade after each window's sample.
 * @param scores one a task, NaN where it has none
 * @returns one index into the plan a window, null where none has a score
 */
export function chooseInSample(
  windows: readonly WalkForwardWindow[],
  plan: SearchPlan,
  scores: Float64Array,
  direction: Direction,
): (number | null)[] {
  return windows.map(({ index }) =>
    bestIndex(scores.subarray(index * plan.length, (index + 1) * plan.length), direction),
  );
}

/** A window whose sample has been searched, and the runs of the chosen set: null where none was chosen. */
export interface WalkForwardRun {
  readonly window: WalkForwardWindow;
  readonly setIndex: number | null;
  readonly inSampleScore: number | null;
  readonly inSample: RunCurve | null;
  /** Over the window's instants out of the sample, with warm-up bars before them. */
  readonly outOfSample: RunCurve | null;
}

/**
 * Joins the runs out of the samples.
 * @param runs in the order of the windows
 * @param times open times of all instants that the windows were planned over
 * @param startingCash that each run began with, above 0
 * @throws RangeError without a run
 */
export function joinWalkForward(
  runs: readonly WalkForwardRun[],
  plan: SearchPlan,
  times: Float64Array,
  startingCash: number,
): WalkForwardResult {
  const [first, end] = [runs[0]?.window.outOfSample.from, runs.at(-1)?.window.outOfSample.to];
  if (first === undefined || end === undefined) throw new RangeError('a walk forward has one window at least');
  const equity = new Float64Array(end - first);
  let carried = startingCash;
  const growth = { inside: 0, insideBars: 0, outside: 0, outsideBars: 0 };
  let gains = 0;
  const steps = runs.map((run): WalkForwardStep => {
    const { window, setIndex, inSampleScore, inSample, outOfSample } = run;
    const [from, to] = [window.outOfSample.from, window.outOfSample.to];
    const begun = carried;
    carried = chainInto(
      equity.subarray(from - first, to - first),
      times.subarray(from, to),
      outOfSample,
      startingCash,
      begun,
    );
    const outside = Math.log(carried / begun);
    const inside = inSample === null ? null : Math.log((inSample.equity.at(-1) ?? startingCash) / startingCash);
    if (carried > begun) gains += 1;
    const insideBars = window.inSample.to - window.inSample.from;
    if (inside !== null) {
      growth.inside += inside;
      growth.insideBars += insideBars;
      growth.outside += outside;
      growth.outsideBars += to - from;
    }
    return {
      window,
      setIndex,
      values: setIndex === null ? null : plan.at(setIndex),
      inSampleScore,
      inSampleGrowth: inside === null ? null : finiteOrNull(inside / insideBars),
      outOfSampleGrowth: outOfSample === null ? null : finiteOrNull(outside / (to - from)),
    };
  });
  const insideRate = growth.inside / growth.insideBars;
  return {
    steps,
    times: times.slice(first, end),
    equity,
    efficiency: insideRate > 0 ? finiteOrNull(growth.outside / growth.outsideBars / insideRate) : null,
    gainShare: gains / runs.length,
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Writes a run's equity as it would be with another starting cash; without a run the cash lies still. */
function chainInto(
  target: Float64Array,
  times: Float64Array,
  curve: RunCurve | null,
  startingCash: number,
  begun: number,
): number {
  let equity = begun;
  let next = 0;
  for (let i = 0; i < target.length; i += 1) {
    // A run may have no instant where the plan has one (a symbol that pauses): it is worth what it was.
    while ((curve?.times[next] ?? Infinity) <= (times[i] as number)) {
      equity = ((curve?.equity[next] ?? startingCash) / startingCash) * begun;
      next += 1;
    }
    target[i] = equity;
  }
  return equity;
}

/** Pardo calls a strategy robust whose efficiency is above one half. */
const MIN_EFFICIENCY = 0.5;

export function walkForwardCautions({ efficiency, steps, gainShare }: WalkForwardResult): Caution[] {
  if (efficiency !== null && efficiency >= MIN_EFFICIENCY) return [];
  const windows = steps.length;
  const what =
    efficiency === null
      ? 'The chosen sets did not grow even in their own samples, or lost everything after them'
      : `Out of the samples ${(100 * efficiency).toFixed(0)} % of the growth in them is left, and at least ${100 * MIN_EFFICIENCY} % should be`;
  const message = `${what}; ${Math.round(gainShare * windows)} of ${windows} windows gained. Choosing parameters this way did not carry over.`;
  const values = { efficiency, gainShare, windows, limit: MIN_EFFICIENCY };
  return [{ code: 'WALK_FORWARD_WEAK', severity: 'WARNING', message, values }];
}
