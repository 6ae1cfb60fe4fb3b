import { alignCloses } from '../../engines/metrics/benchmark-returns.js';

/**
 * What `cash` would be worth, one value an instant, had it bought an equal share of every symbol at its first close and
 * held it; a share waits as cash until its symbol has a bar.
 */
export function heldWorth(
  held: readonly { readonly timestamps: Float64Array; readonly closes: Float64Array }[],
  times: Float64Array,
  cash: number,
): Float64Array {
  const worth = new Float64Array(times.length);
  for (const { timestamps, closes } of held) {
    const aligned = alignCloses(times, timestamps, closes);
    const first = aligned.find((close) => !Number.isNaN(close)) ?? NaN;
    for (let index = 0; index < worth.length; index += 1) {
      const close = aligned[index] as number;
      worth[index] = (worth[index] as number) + (cash / held.length) * (Number.isNaN(close) ? 1 : close / first);
    }
  }
  return worth;
}
