import type { BarColumns } from '../../src/engines/ml/bar-columns.js';
import { SeededRandom } from '../../src/engines/ml/seeded-random.js';

/** Numbers uniform in [-1, 1), the same for the same seed. */
export function randomNumbers(count: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  return Float32Array.from({ length: count }, () => random.nextFloat() * 2 - 1);
}

/** Minute bars whose returns swing: each return is -`reversal` times the one before, plus noise. */
export function makeBars(count: number, reversal = 0): BarColumns {
  const random = new SeededRandom(11);
  let logReturn = 0;
  let close = 100;
  const rows = Array.from({ length: count }, () => {
    const open = close;
    logReturn = -reversal * logReturn + (random.nextFloat() - 0.5) * 0.002;
    close = open * Math.exp(logReturn);
    return { open, close, high: Math.max(open, close) * 1.0002, low: Math.min(open, close) * 0.9998 };
  });
  return {
    timestamps: Float64Array.from(rows, (_, i) => i * 60_000),
    opens: Float64Array.from(rows, (row) => row.open),
    highs: Float64Array.from(rows, (row) => row.high),
    lows: Float64Array.from(rows, (row) => row.low),
    closes: Float64Array.from(rows, (row) => row.close),
    volumes: Float64Array.from(rows, () => random.nextFloat() * 10),
  };
}
