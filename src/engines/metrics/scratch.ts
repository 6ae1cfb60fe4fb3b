const arrays = [new Float64Array(4096), new Float64Array(4096), new Float64Array(4096)];

/**
 * Memory that is used over and over, so that the statistics of ten thousand parameter sets leave no garbage. Its content
 * is whatever was left in it; nothing may be kept or returned to a caller outside of this folder.
 * @param slot 0 period returns, 1 lower tail, 2 upper tail
 */
export function scratch(slot: 0 | 1 | 2, length: number): Float64Array {
  const present = arrays[slot];
  if (present && present.length >= length) return present;
  const larger = new Float64Array(Math.ceil(length * 1.25));
  arrays[slot] = larger;
  return larger;
}
