/**
 * Moves the `wanted` smallest of the first `count` values to the front, in any order (Hoare's FIND; the pivot is the
 * median of three). Linear on average. The values must not be NaN.
 */
export function selectSmallest(values: Float64Array, count: number, wanted: number): void {
  let left = 0;
  let right = count - 1;
  const target = wanted - 1;
  while (left < right) {
    const pivot = medianOfThree(values, left, right);
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] as number) < pivot) i += 1;
      while ((values[j] as number) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] as number;
      values[i] = values[j] as number;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (target <= j) right = j;
    else if (target >= i) left = i;
    else return;
  }
}

function medianOfThree(values: Float64Array, left: number, right: number): number {
  const first = values[left] as number;
  const middle = values[(left + right) >> 1] as number;
  const last = values[right] as number;
  if (first < middle) {
    if (middle < last) return middle;
    return first < last ? last : first;
  }
  if (first < last) return first;
  return middle < last ? last : middle;
}
