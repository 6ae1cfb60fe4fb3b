/** Share of the instants at which a position was open, as a fraction; null without an instant. */
export function exposure(exposed: Uint8Array): number | null {
  const length = exposed.length;
  let even = 0;
  let odd = 0;
  // Two sums at a time: an addition need not wait for the one before it.
  for (let i = 1; i < length; i += 2) {
    even += exposed[i - 1] as number;
    odd += exposed[i] as number;
  }
  if (length % 2 === 1) even += exposed[length - 1] as number;
  return length > 0 ? (even + odd) / length : null;
}
