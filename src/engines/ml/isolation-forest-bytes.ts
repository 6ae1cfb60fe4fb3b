import type { IsolationTrees } from './isolation-trees.js';
import { ModelFormatError } from './model-format-error.js';

/** "TGIF" read as a little-endian number: tradegraph isolation forest. */
const MAGIC = 0x46494754;
const VERSION = 1;
/** magic u32, version u16, features u16, samples a tree u32, trees u32, nodes u32, offset f64. */
const HEADER_BYTES = 28;
const ROOT_BYTES = 4;
/** feature i16, left child u32, value f64. */
const NODE_BYTES = 14;

export interface StoredIsolationForest {
  readonly trees: IsolationTrees;
  readonly featureCount: number;
  readonly samplesPerTree: number;
  readonly offset: number;
}

/** Writes a forest as versioned little-endian bytes: 14 bytes a node, some 400 KB for 100 trees of 256 rows. */
export function encodeIsolationForest(
  trees: IsolationTrees,
  featureCount: number,
  samplesPerTree: number,
  offset: number,
): Uint8Array {
  const nodeCount = trees.feature.length;
  const bytes = new Uint8Array(HEADER_BYTES + trees.roots.length * ROOT_BYTES + nodeCount * NODE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, featureCount, true);
  view.setUint32(8, samplesPerTree, true);
  view.setUint32(12, trees.roots.length, true);
  view.setUint32(16, nodeCount, true);
  view.setFloat64(20, offset, true);
  let at = HEADER_BYTES;
  for (const root of trees.roots) {
    view.setUint32(at, root, true);
    at += ROOT_BYTES;
  }
  for (let node = 0; node < nodeCount; node += 1, at += NODE_BYTES) {
    view.setInt16(at, trees.feature[node] as number, true);
    view.setUint32(at + 2, trees.leftChild[node] as number, true);
    view.setFloat64(at + 6, trees.value[node] as number, true);
  }
  return bytes;
}

/**
 * Reads what {@link encodeIsolationForest} wrote.
 * @throws ModelFormatError when the bytes are of another kind or version, cut short, or hold a tree that a walk could
 *   leave or never end in
 */
export function decodeIsolationForest(bytes: Uint8Array): StoredIsolationForest {
  if (bytes.byteLength < HEADER_BYTES) throw new ModelFormatError('Not an isolation forest: too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new ModelFormatError('Not an isolation forest: other magic number');
  const version = view.getUint16(4, true);
  if (version !== VERSION)
    throw new ModelFormatError(`Isolation forest version ${version}, this program reads ${VERSION}`);
  const featureCount = view.getUint16(6, true);
  const samplesPerTree = view.getUint32(8, true);
  const treeCount = view.getUint32(12, true);
  const nodeCount = view.getUint32(16, true);
  const offset = view.getFloat64(20, true);
  if (bytes.byteLength !== HEADER_BYTES + treeCount * ROOT_BYTES + nodeCount * NODE_BYTES) {
    throw new ModelFormatError(`Isolation forest of ${bytes.byteLength} bytes does not hold its ${nodeCount} nodes`);
  }
  const roots = new Int32Array(treeCount);
  const feature = new Int16Array(nodeCount);
  const leftChild = new Int32Array(nodeCount);
  const value = new Float64Array(nodeCount);
  let at = HEADER_BYTES;
  for (let tree = 0; tree < treeCount; tree += 1, at += ROOT_BYTES) roots[tree] = view.getUint32(at, true);
  for (let node = 0; node < nodeCount; node += 1, at += NODE_BYTES) {
    feature[node] = view.getInt16(at, true);
    leftChild[node] = view.getUint32(at + 2, true);
    value[node] = view.getFloat64(at + 6, true);
  }
  const stored = { trees: { roots, feature, leftChild, value }, featureCount, samplesPerTree, offset };
  assertWalkable(stored);
  return stored;
}

function assertWalkable({ trees, featureCount, samplesPerTree, offset }: StoredIsolationForest): void {
  const nodeCount = trees.feature.length;
  const rootsInside = trees.roots.every((root) => root >= 0 && root < nodeCount);
  const nodesSound = trees.feature.every((feature, node) => {
    const child = trees.leftChild[node] as number;
    const isBranch = feature >= 0 && feature < featureCount && child > node && child + 1 < nodeCount;
    return (feature === -1 || isBranch) && Number.isFinite(trees.value[node]);
  });
  const headSound = trees.roots.length > 0 && featureCount > 0 && samplesPerTree >= 2 && Number.isFinite(offset);
  if (!headSound || !rootsInside || !nodesSound) throw new ModelFormatError('Isolation forest with a broken tree');
}
