import { decodeIsolationForest, encodeIsolationForest } from './isolation-forest-bytes.js';
import { averagePathLength, growIsolationTrees, type IsolationTrees } from './isolation-trees.js';
import { quantile } from './quantile.js';
import { SeededRandom } from './seeded-random.js';

export interface IsolationForestOptions {
  /** Trees to grow, 1 to 10,000; 100 as in scikit-learn and the paper. */
  readonly trees?: number;
  /** Rows drawn for each tree without replacement (all rows when there are fewer), 2 to 65,536; 256 as in the paper. */
  readonly maxSamples?: number;
  /** 'auto' puts the border at a score of -0.5; a share in (0, 0.5] puts it so that this share of the rows is below. */
  readonly contamination?: 'auto' | number;
  /** Whole number in [0, 2^32); the same rows, options and seed give the same forest. */
  readonly seed: number;
}

const AUTO_OFFSET = -0.5;
/** Scores are rounded to it: identical rows score -0.5 exactly, and would fall below the border by summing a hundred path lengths. */
const SCORE_STEP = 2 ** -40;

/**
 * Isolation Forest with scikit-learn's semantics: the fewer random splits it takes to isolate a row, the more anomalous
 * it is. Plain JavaScript on typed arrays; scoring a row takes some microseconds, so it needs no worker.
 * @see Liu, Ting, Zhou, "Isolation Forest" (2008); sklearn.ensemble.IsolationForest
 */
export class IsolationForest {
  /** Columns of a row. */
  readonly featureCount: number;
  /** Rows each tree was grown on; normalises the path length. */
  readonly samplesPerTree: number;
  /** Score below which a row is anomalous, in [-1, 0). */
  readonly offset: number;
  private readonly forest: IsolationTrees;

  private constructor(forest: IsolationTrees, featureCount: number, samplesPerTree: number, offset: number) {
    this.forest = forest;
    this.featureCount = featureCount;
    this.samplesPerTree = samplesPerTree;
    this.offset = offset;
  }

  /**
   * Grows a forest.
   * @param rows Float64Array, row-major [rows, featureCount], at least two rows, finite
   * @throws RangeError for a shape, a value or an option out of range
   */
  static fit(rows: Float64Array, featureCount: number, options: IsolationForestOptions): IsolationForest {
    const { trees = 100, maxSamples = 256, contamination = 'auto', seed } = options;
    assertWholeNumber('trees', trees, 1, 10_000);
    assertWholeNumber('maxSamples', maxSamples, 2, 65_536);
    assertWholeNumber('featureCount', featureCount, 1, 1_000);
    if (contamination !== 'auto' && !(contamination > 0 && contamination <= 0.5)) {
      throw new RangeError(`contamination must be 'auto' or in (0, 0.5], not ${contamination}`);
    }
    const rowCount = assertRows(rows, featureCount);
    if (rowCount < 2) throw new RangeError(`An isolation forest needs at least 2 rows, not ${rowCount}`);
    const samplesPerTree = Math.min(maxSamples, rowCount);
    const grown = growIsolationTrees(rows, featureCount, trees, samplesPerTree, new SeededRandom(seed));
    const unshifted = new IsolationForest(grown, featureCount, samplesPerTree, AUTO_OFFSET);
    if (contamination === 'auto') return unshifted;
    const offset = quantile(unshifted.scoreSamples(rows), contamination);
    return new IsolationForest(grown, featureCount, samplesPerTree, offset);
  }

  /** Trees in the forest. */
  get treeCount(): number {
    return this.forest.roots.length;
  }

  /**
   * Opposite of the paper's anomaly score, -2^(-mean path length / c(samplesPerTree)): in [-1, 0), lower is more
   * anomalous, about -0.5 or above for ordinary rows.
   * @param rows Float64Array, row-major [rows, featureCount], finite
   * @returns Float64Array [rows]
   * @throws RangeError for a shape that does not fit or a value that is not finite
   */
  scoreSamples(rows: Float64Array): Float64Array {
    const rowCount = assertRows(rows, this.featureCount);
    const scores = new Float64Array(rowCount);
    const normalizer = averagePathLength(this.samplesPerTree) * this.treeCount;
    for (let row = 0; row < rowCount; row += 1) {
      const score = 2 ** (-this.pathLengthSum(rows, row * this.featureCount) / normalizer);
      scores[row] = -Math.round(score / SCORE_STEP) * SCORE_STEP;
    }
    return scores;
  }

  /** scoreSamples - offset: below 0 is anomalous. Same shapes and errors as {@link scoreSamples}. */
  decisionFunction(rows: Float64Array): Float64Array {
    return this.scoreSamples(rows).map((score) => score - this.offset);
  }

  /** Versioned little-endian bytes; {@link IsolationForest.fromBytes} gives back an equal forest. */
  toBytes(): Uint8Array {
    return encodeIsolationForest(this.forest, this.featureCount, this.samplesPerTree, this.offset);
  }

  /** @throws ModelFormatError for bytes that {@link toBytes} did not write. */
  static fromBytes(bytes: Uint8Array): IsolationForest {
    const stored = decodeIsolationForest(bytes);
    return new IsolationForest(stored.trees, stored.featureCount, stored.samplesPerTree, stored.offset);
  }

  private pathLengthSum(rows: Float64Array, rowStart: number): number {
    const { roots, feature, leftChild, value } = this.forest;
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree += 1) {
      let node = roots[tree] as number;
      let split = feature[node] as number;
      while (split >= 0) {
        const goesRight = (rows[rowStart + split] as number) > (value[node] as number);
        node = (leftChild[node] as number) + (goesRight ? 1 : 0);
        split = feature[node] as number;
      }
      sum += value[node] as number;
    }
    return sum;
  }
}

function assertWholeNumber(name: string, value: number, lowest: number, highest: number): void {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new RangeError(`${name} must be a whole number from ${lowest} to ${highest}, not ${value}`);
  }
}

function assertRows(rows: Float64Array, featureCount: number): number {
  if (rows.length % featureCount !== 0) {
    throw new RangeError(`${rows.length} values are no whole number of rows of ${featureCount} features`);
  }
  const bad = rows.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`Row ${Math.floor(bad / featureCount)}, feature ${bad % featureCount} is ${rows[bad]}`);
  }
  return rows.length / featureCount;
}
