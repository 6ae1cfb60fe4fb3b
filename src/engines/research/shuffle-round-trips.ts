import { SeededRandom } from '../ml/seeded-random.js';
import { distributionOf, type Distribution } from './distribution.js';

export interface ShuffleOptions {
  /** Each path takes every round trip once (SHUFFLE), or draws as many with replacement (RESAMPLE). */
  readonly method: 'SHUFFLE' | 'RESAMPLE';
  readonly paths: number;
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  /** Equity before the first round trip, above 0. */
  readonly startingCash: number;
}

export interface ShuffleResult {
  readonly paths: number;
  /** Equity after the last round trip. Of shuffled ones it is the same on every path, but for rounding. */
  readonly finalEquity: Distribution;
  /** Deepest fall from a peak to the end of a round trip, as a fraction of the peak: 0 or below; below -1 where more was lost. */
  readonly maxDrawdown: Distribution;
  readonly longestLosingStreak: Distribution;
  /** Share of paths on which the equity was gone at some moment. */
  readonly ruinShare: number;
}

const MAX_PATHS = 1_000_000;

/**
 * What other orders of the same round trips would have been like. PnL adds up, as of positions whose size does not grow
 * with the equity; what happened inside a round trip is not seen.
 * @param pnl of each round trip, in the account's currency, finite, at least one
 * @throws RangeError for none, or an option out of range
 */
export function shuffleRoundTrips(pnl: Float64Array, options: ShuffleOptions): ShuffleResult {
  const { method, paths, startingCash } = options;
  if (pnl.length === 0 || !pnl.every(Number.isFinite)) {
    throw new RangeError('shuffling needs at least one round trip, each with a finite PnL');
  }
  if (!Number.isInteger(paths) || paths < 1 || paths > MAX_PATHS) {
    throw new RangeError(`paths must be a whole number from 1 to ${MAX_PATHS}, not ${paths}`);
  }
  if (!(startingCash > 0)) throw new RangeError(`startingCash must be above 0, not ${startingCash}`);
  const random = new SeededRandom(options.seed);
  const order = Uint32Array.from(pnl.keys());
  const drawn = new Float64Array(pnl.length);
  const columns = { final: new Float64Array(paths), fall: new Float64Array(paths), streak: new Float64Array(paths) };
  let ruined = 0;
  for (let path = 0; path < paths; path += 1) {
    if (method === 'SHUFFLE') random.shuffle(order);
    else for (let i = 0; i < order.length; i += 1) order[i] = random.nextBelow(pnl.length);
    for (let i = 0; i < order.length; i += 1) drawn[i] = pnl[order[i] as number] as number;
    const outcome = outcomeOf(drawn, startingCash);
    columns.final[path] = outcome.finalEquity;
    columns.fall[path] = outcome.maxDrawdown;
    columns.streak[path] = outcome.longestStreak;
    if (outcome.isRuined) ruined += 1;
  }
  const observed = outcomeOf(pnl, startingCash);
  return {
    paths,
    finalEquity: distributionOf(columns.final, observed.finalEquity),
    maxDrawdown: distributionOf(columns.fall, observed.maxDrawdown),
    longestLosingStreak: distributionOf(columns.streak, observed.longestStreak),
    ruinShare: ruined / paths,
  };
}

function outcomeOf(pnl: Float64Array, startingCash: number) {
  let equity = startingCash;
  let peak = startingCash;
  let maxDrawdown = 0;
  let streak = 0;
  let longestStreak = 0;
  let isRuined = false;
  for (const gain of pnl) {
    equity += gain;
    peak = Math.max(peak, equity);
    maxDrawdown = Math.min(maxDrawdown, equity / peak - 1);
    streak = gain < 0 ? streak + 1 : 0;
    longestStreak = Math.max(longestStreak, streak);
    isRuined ||= equity <= 0;
  }
  return { finalEquity: equity, maxDrawdown, longestStreak, isRuined };
}
