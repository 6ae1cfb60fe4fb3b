import { SeededRandom } from '../ml/seeded-random.js';
import { MINIMUM_PERIODS } from '../metrics/enough-periods.js';
import { automaticBlockLengths } from './automatic-block-length.js';
import type { Caution } from './caution.js';
import { distributionOf, type Distribution } from './distribution.js';
import { PathWalk } from './path-walk.js';

export interface BootstrapOptions {
  /**
   * STATIONARY: blocks of random length around a mean (Politis and Romano 1994). CIRCULAR: all of one length (Politis
   * and Romano 1992). Both go round at the end of the series, so that every return is as likely as any other.
   */
  readonly method: 'STATIONARY' | 'CIRCULAR';
  /** Mean length of a block in periods, 1 at least; AUTOMATIC: from the autocorrelations of the returns. */
  readonly blockLength: number | 'AUTOMATIC';
  readonly paths: number;
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  /** For the Sharpe ratio: 252 for sessions, 365 for days of crypto. */
  readonly periodsPerYear: number;
}

export interface BootstrapResult {
  readonly paths: number;
  /** Length that was used. */
  readonly blockLength: number;
  /** Return from the first to the last period, as a fraction. */
  readonly totalReturn: Distribution;
  /** Deepest fall from a peak, as a fraction of it: 0 for none, -1 for all. */
  readonly maxDrawdown: Distribution;
  /** Mean / sample standard deviation x sqrt(periods a year); null below 30 periods or when a path does not vary. */
  readonly sharpe: Distribution | null;
  /** Share of paths that end below where they began. */
  readonly lossShare: number;
}

const MAX_PATHS = 1_000_000;
/** Returns drawn over all paths: some 20 s. Minute bars are to be summed to days first; days are what is resampled. */
const MAX_DRAWS = 1_000_000_000;

/**
 * Draws other histories from the one there is: blocks of consecutive returns, drawn with replacement and strung
 * together to the same length. The same seed gives the same figures.
 * @param returns of each period, as fractions, finite, at least 2
 * @throws RangeError for fewer returns, or an option out of range
 */
export function bootstrapReturns(returns: Float64Array, options: BootstrapOptions): BootstrapResult {
  checkOptions(returns, options);
  const blockLength = blockLengthOf(returns, options);
  const { paths, periodsPerYear } = options;
  const walk = new PathWalk(returns, periodsPerYear);
  const totals = new Float64Array(paths);
  const drawdowns = new Float64Array(paths);
  const sharpes = new Float64Array(paths);
  const random = new SeededRandom(options.seed);
  const nextLength = blockLengths(options.method, blockLength, random);
  let losses = 0;
  for (let path = 0; path < paths; path += 1) {
    walk.begin();
    for (let left = returns.length; left > 0;) {
      const length = Math.min(nextLength(), left);
      // 32 bits place one of some thousands with a bias below a millionth, in half the time of 53.
      walk.take(Math.floor(random.nextUint32() * 2 ** -32 * returns.length), length);
      left -= length;
    }
    totals[path] = walk.growth - 1;
    drawdowns[path] = walk.maxDrawdown;
    sharpes[path] = walk.sharpe();
    if (walk.growth < 1) losses += 1;
  }
  walk.begin();
  walk.take(0, returns.length);
  const hasSharpe = returns.length >= MINIMUM_PERIODS && sharpes.every(Number.isFinite);
  return {
    paths,
    blockLength,
    totalReturn: distributionOf(totals, walk.growth - 1),
    maxDrawdown: distributionOf(drawdowns, walk.maxDrawdown),
    sharpe: hasSharpe ? distributionOf(sharpes, walk.sharpe()) : null,
    lossShare: losses / paths,
  };
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;

/** A return whose lower twentieth is a loss may have been luck of the order in which things happened. */
export function bootstrapCautions(result: BootstrapResult): Caution[] {
  const { p5, observed } = result.totalReturn;
  if (!(observed > 0 && p5 < 0)) return [];
  const message =
    `The return was ${percent(observed)}, but ${percent(result.lossShare)} of ${result.paths} histories drawn from the same ` +
    `returns end in a loss, and the 5th percentile is ${percent(p5)}; it should not be below 0.`;
  const values = { totalReturn: observed, p5, lossShare: result.lossShare, paths: result.paths, limit: 0 };
  return [{ code: 'LOSS_WITHIN_INTERVAL', severity: 'INFO', message, values }];
}

function checkOptions(returns: Float64Array, { paths, blockLength, periodsPerYear }: BootstrapOptions): void {
  if (returns.length < 2) throw new RangeError(`a bootstrap needs 2 returns at least, not ${returns.length}`);
  if (!returns.every(Number.isFinite)) throw new RangeError('a bootstrap needs finite returns');
  if (!Number.isInteger(paths) || paths < 1 || paths > MAX_PATHS) {
    throw new RangeError(`paths must be a whole number from 1 to ${MAX_PATHS}, not ${paths}`);
  }
  if (paths * returns.length > MAX_DRAWS) {
    throw new RangeError(`${paths} paths of ${returns.length} returns; at most ${MAX_DRAWS} draws in all`);
  }
  if (blockLength !== 'AUTOMATIC' && !(blockLength >= 1 && blockLength <= returns.length)) {
    throw new RangeError(`blockLength must be from 1 to the ${returns.length} returns there are, not ${blockLength}`);
  }
  if (!(periodsPerYear > 0)) throw new RangeError(`periodsPerYear must be above 0, not ${periodsPerYear}`);
}

function blockLengthOf(returns: Float64Array, { method, blockLength }: BootstrapOptions): number {
  if (blockLength !== 'AUTOMATIC') return method === 'CIRCULAR' ? Math.round(blockLength) : blockLength;
  const lengths = automaticBlockLengths(returns);
  return method === 'CIRCULAR' ? Math.ceil(lengths.circular) : Math.max(1, lengths.stationary);
}

/** Lengths of the blocks: one length, or geometric with that mean. */
function blockLengths(method: BootstrapOptions['method'], mean: number, random: SeededRandom): () => number {
  if (method === 'CIRCULAR' || mean === 1) return () => mean;
  const scale = 1 / Math.log1p(-1 / mean);
  return () => 1 + Math.floor(Math.log1p(-random.nextFloat()) * scale);
}
