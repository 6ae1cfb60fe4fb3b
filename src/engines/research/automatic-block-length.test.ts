import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { automaticBlockLengths } from './automatic-block-length.js';

/** x(t) = phi x(t-1) + u(t), u uniform in [-0.5, 0.5) from the generator of Numerical Recipes, seed 12345. */
function autoregression(phi: number, count: number): Float64Array {
  let state = 12345;
  let value = 0;
  return Float64Array.from({ length: count }, () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return (value = phi * value + state / 2 ** 32 - 0.5);
  });
}

// Golden values: arch 8.0.0 (Python), arch.bootstrap.optimal_block_length over the same series.
it.each([
  [0, 100, 1.9989464358831515, 2.288222455256664],
  [0, 1000, 2.045581487284551, 2.3416062627980523],
  [0.6, 100, 7.015885464087061, 8.031184014863351],
  [0.6, 1000, 27.100601681798064, 31.022444726919026],
  [0.9, 100, 9.689415791671404, 11.091612258747425],
  [0.9, 1000, 44.00205082484965, 50.36977428076097],
  [-0.5, 100, 2.4279129230967245, 2.7792665027481127],
  [-0.5, 1000, 10.371631327805272, 11.872554099451019],
])('of an autoregression with phi %s over %s values is what arch computes', (phi, count, stationary, circular) => {
  const lengths = automaticBlockLengths(autoregression(phi, count));
  expect(lengths.stationary).toBeCloseTo(stationary, 9);
  expect(lengths.circular).toBeCloseTo(circular, 9);
});

const google = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'bars/GOOG.csv');

it.skipIf(!existsSync(google))('of real daily returns is what arch computes (needs REFERENCE_DATA)', () => {
  const rows = readFileSync(google, 'utf8').trim().split('\n').slice(1);
  const closes = rows.map((row) => Number(row.split(',')[4]));
  const returns = Float64Array.from(closes.slice(1), (close, i) => close / closes[i]! - 1);
  expect(automaticBlockLengths(returns).stationary).toBeCloseTo(0.6423806789955511, 9);
  const absolute = automaticBlockLengths(returns.map(Math.abs));
  expect(absolute.stationary).toBeCloseTo(84.55174738156687, 8);
  expect(absolute.circular).toBeCloseTo(96.78758946045099, 8);
});

it('of too few or constant values is one', () => {
  expect(automaticBlockLengths(Float64Array.of(1, 2, 3))).toEqual({ stationary: 1, circular: 1 });
  expect(automaticBlockLengths(new Float64Array(50))).toEqual({ stationary: 1, circular: 1 });
});
