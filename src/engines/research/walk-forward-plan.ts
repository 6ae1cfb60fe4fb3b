import { err, ok, type Result } from '../../domain/result.js';
import type { ParameterSet } from './parameter-set.js';
import type { SearchPlan } from './search-plan.js';

export interface WalkForwardOptions {
  /** ANCHORED: every sample begins at the first instant, and grows. ROLLING: all are of one length. */
  readonly mode: 'ANCHORED' | 'ROLLING';
  /** Instants to choose parameters on; of anchored windows in the first one. Above 0. */
  readonly inSampleBars: number;
  /** Instants to trade what was chosen, and by how much the windows move on. Above 0. */
  readonly outOfSampleBars: number;
  /**
   * Instants between the two that belong to neither. The largest warm-up of the search keeps indicators of the one from
   * reaching into the other; a model that forecasts h bars needs h.
   */
  readonly embargoBars: number;
}

/** Instants as indexes: from <= i < to. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface WalkForwardWindow {
  readonly index: number;
  readonly inSample: Stretch;
  readonly outOfSample: Stretch;
}

export interface WalkForwardRefusal {
  readonly code: 'BAD_WINDOWS' | 'HISTORY_TOO_SHORT' | 'TOO_MANY_WINDOWS';
  /** Names the figure and the limit. */
  readonly message: string;
}

const MAX_WINDOWS = 1000;

/**
 * Windows of a walk forward over so many instants. What lies out of the samples follows one on another without a gap;
 * the last stretch may be shorter than the others.
 */
export function planWalkForward(
  instantCount: number,
  { mode, inSampleBars, outOfSampleBars, embargoBars }: WalkForwardOptions,
): Result<readonly WalkForwardWindow[], WalkForwardRefusal> {
  const given = { inSampleBars, outOfSampleBars, embargoBars };
  for (const [name, value] of Object.entries(given)) {
    const least = name === 'embargoBars' ? 0 : 1;
    if (Number.isInteger(value) && value >= least) continue;
    return err({ code: 'BAD_WINDOWS', message: `${name}: ${value} is not a whole number of ${least} or more` });
  }
  const firstOut = inSampleBars + embargoBars;
  const count = Math.ceil((instantCount - firstOut) / outOfSampleBars);
  if (count < 1) {
    const message = `${instantCount} instants; ${inSampleBars} in the sample and ${embargoBars} between leave none to trade`;
    return err({ code: 'HISTORY_TOO_SHORT', message });
  }
  if (count > MAX_WINDOWS) {
    const message = `${count} windows of ${outOfSampleBars} instants; at most ${MAX_WINDOWS}`;
    return err({ code: 'TOO_MANY_WINDOWS', message });
  }
  return ok(
    Array.from({ length: count }, (_, index) => {
      const from = firstOut + index * outOfSampleBars;
      const sampleEnd = from - embargoBars;
      return {
        index,
        inSample: { from: mode === 'ANCHORED' ? 0 : sampleEnd - inSampleBars, to: sampleEnd },
        outOfSample: { from, to: Math.min(from + outOfSampleBars, instantCount) },
      };
    }),
  );
}

/** Warm-up of the set that looks back furthest: the embargo that keeps indicators out of the samples. */
export function largestWarmUpBars(strategy: { warmUpBars(values: ParameterSet): number }, plan: SearchPlan): number {
  let largest = 0;
  for (let index = 0; index < plan.length; index += 1) largest = Math.max(largest, strategy.warmUpBars(plan.at(index)));
  return largest;
}
