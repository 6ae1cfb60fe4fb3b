/** empyrical skips returns that are NaN in sums and means but not in lengths: these do the same. NaN without a value. */
export function meanOfDefined(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** Sample standard deviation (n - 1) of the values that are not NaN; NaN under two. */
export function deviationOfDefined(values: Float64Array): number {
  const mean = meanOfDefined(values);
  let squares = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    squares += (value - mean) ** 2;
    count += 1;
  }
  return count < 2 ? NaN : Math.sqrt(squares / (count - 1));
}

/** `values` less a number, or less a series of the same length. */
export function less(values: Float64Array, other: number | Float64Array): Float64Array {
  return values.map((value, i) => value - (typeof other === 'number' ? other : (other[i] ?? NaN)));
}

/**
 * Quantile with linear interpolation (NumPy's default) of values that are not NaN.
 * @param share in [0, 1]
 */
export function quantileOf(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below] ?? NaN;
  return lower + (position - below) * ((sorted[below + 1] ?? lower) - lower);
}
