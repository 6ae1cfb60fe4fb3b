import type { SeededRandom } from './seeded-random.js';

/**
 * The trees of a forest in flat columns, one entry a node, trees one after the other.
 * `feature` is -1 at a leaf. `value` is the split's threshold at a branch (a row goes left when x <= threshold) and the
 * path length depth + c(rows in the leaf) at a leaf. The right child stands right behind the left one, and children
 * stand behind their parent, so every walk ends.
 */
export interface IsolationTrees {
  readonly roots: Int32Array;
  readonly feature: Int16Array;
  readonly leftChild: Int32Array;
  readonly value: Float64Array;
}

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Mean path length c(n) of an unsuccessful search in a binary search tree of n rows: 0 for n <= 1, 1 for n = 2, else
 * 2 (ln(n - 1) + gamma) - 2 (n - 1) / n, as scikit-learn's `_average_path_length`.
 * @see Liu, Ting, Zhou, "Isolation Forest" (2008), equation 1
 */
export function averagePathLength(rowCount: number): number {
  if (rowCount <= 1) return 0;
  if (rowCount === 2) return 1;
  return 2 * (Math.log(rowCount - 1) + EULER_MASCHERONI) - (2 * (rowCount - 1)) / rowCount;
}

interface OpenNode {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/**
 * Grows isolation trees, each on `samplesPerTree` rows drawn without replacement, to depth
 * ceil(log2(max(samplesPerTree, 2))): a random feature among those that are not constant in the node, split uniformly
 * between its minimum and maximum.
 * @param rows row-major [rowCount, featureCount], finite
 */
export function growIsolationTrees(
  rows: Float64Array,
  featureCount: number,
  treeCount: number,
  samplesPerTree: number,
  random: SeededRandom,
): IsolationTrees {
  const maxNodes = treeCount * (2 * samplesPerTree - 1);
  const maxDepth = Math.ceil(Math.log2(Math.max(samplesPerTree, 2)));
  const roots = new Int32Array(treeCount);
  const feature = new Int16Array(maxNodes);
  const leftChild = new Int32Array(maxNodes);
  const value = new Float64Array(maxNodes);
  const drawn = Uint32Array.from({ length: rows.length / featureCount }, (_, i) => i);
  const features = Uint32Array.from({ length: featureCount }, (_, i) => i);
  const bounds = new Float64Array(2);
  let nodeCount = 0;

  for (let tree = 0; tree < treeCount; tree += 1) {
    random.shuffle(drawn, samplesPerTree);
    roots[tree] = nodeCount;
    const open: OpenNode[] = [{ node: nodeCount, start: 0, end: samplesPerTree, depth: 0 }];
    nodeCount += 1;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, start, end, depth } = next;
      const chosen = depth < maxDepth ? chooseFeature(rows, drawn, start, end, features, bounds, random) : -1;
      feature[node] = chosen;
      if (chosen < 0) {
        value[node] = depth + averagePathLength(end - start);
        continue;
      }
      const threshold = drawThreshold(bounds, random);
      const middle = partition(rows, featureCount, drawn, start, end, chosen, threshold);
      value[node] = threshold;
      leftChild[node] = nodeCount;
      open.push({ node: nodeCount + 1, start: middle, end, depth: depth + 1 });
      open.push({ node: nodeCount, start, end: middle, depth: depth + 1 });
      nodeCount += 2;
    }
  }
  return {
    roots,
    feature: feature.slice(0, nodeCount),
    leftChild: leftChild.slice(0, nodeCount),
    value: value.slice(0, nodeCount),
  };
}

/**
 * Picks a feature at random among those that vary in drawn[start, end) and puts its minimum and maximum in `bounds`;
 * -1 when none varies. Drawing until one varies is the same distribution as listing the varying ones first.
 */
function chooseFeature(
  rows: Float64Array,
  drawn: Uint32Array,
  start: number,
  end: number,
  features: Uint32Array,
  bounds: Float64Array,
  random: SeededRandom,
): number {
  if (end - start < 2) return -1;
  const featureCount = features.length;
  for (let tried = 0; tried < featureCount; tried += 1) {
    const other = tried + random.nextBelow(featureCount - tried);
    const candidate = features[other] as number;
    features[other] = features[tried] as number;
    features[tried] = candidate;
    let low = Infinity;
    let high = -Infinity;
    for (let i = start; i < end; i += 1) {
      const x = rows[(drawn[i] as number) * featureCount + candidate] as number;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    // scikit-learn also calls a feature constant within 1e-7; log returns of calm minutes are that small, so we do not.
    if (high > low) {
      bounds[0] = low;
      bounds[1] = high;
      return candidate;
    }
  }
  return -1;
}

/** A threshold in [low, high): rounding must not reach `high`, or the right side would be empty. */
function drawThreshold(bounds: Float64Array, random: SeededRandom): number {
  const low = bounds[0] as number;
  const high = bounds[1] as number;
  // Each bound is weighed by itself, so that a spread wider than the largest double does not overflow.
  const share = random.nextFloat();
  const threshold = low * (1 - share) + high * share;
  return threshold >= low && threshold < high ? threshold : low;
}

function partition(
  rows: Float64Array,
  featureCount: number,
  drawn: Uint32Array,
  start: number,
  end: number,
  feature: number,
  threshold: number,
): number {
  let left = start;
  let right = end;
  while (left < right) {
    const row = drawn[left] as number;
    if ((rows[row * featureCount + feature] as number) <= threshold) {
      left += 1;
    } else {
      right -= 1;
      drawn[left] = drawn[right] as number;
      drawn[right] = row;
    }
  }
  return left;
}
