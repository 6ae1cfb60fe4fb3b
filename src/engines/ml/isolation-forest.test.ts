import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IsolationForest } from './isolation-forest.js';
import { averagePathLength } from './isolation-trees.js';
import { ModelFormatError } from './model-format-error.js';
import { quantile } from './quantile.js';
import { SeededRandom } from './seeded-random.js';

// Results of running scikit-learn 1.2.1.
const file = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'isolation-forest', 'iforest_sklearn.json');
const isPresent = existsSync(file);
if (!isPresent) console.warn(`Skipped: no reference data in ${file} (set REFERENCE_DATA)`);

interface Reference {
  average_path_length: Record<string, number>;
  toy: {
    X: number[][];
    n_estimators: number;
    max_samples: number;
    score_samples_mean: number[];
    score_samples_std_over_seeds: number[];
    predict_contamination_0_25: number[];
  };
  performance: {
    X_train: number[][];
    X_test: number[][];
    y_test: number[];
    auc_over_50_seeds: { min: number; mean: number };
  };
}

const flat = (rows: number[][]) => Float64Array.from(rows.flat());
const seeds = Array.from({ length: 50 }, (_, i) => i);

function areaUnderRoc(anomalyScores: Float64Array, labels: number[]): number {
  let won = 0;
  let pairs = 0;
  for (const [i, positive] of labels.entries()) {
    for (const [j, negative] of labels.entries()) {
      if (positive !== 1 || negative !== 0) continue;
      pairs += 1;
      const difference = anomalyScores[i]! - anomalyScores[j]!;
      won += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
    }
  }
  return won / pairs;
}

describe.skipIf(!isPresent)('the isolation forest beside scikit-learn', () => {
  const reference = (isPresent ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Reference;

  it('has the same average path lengths', () => {
    for (const [rows, expected] of Object.entries(reference.average_path_length)) {
      expect(averagePathLength(Number(rows)), `c(${rows})`).toBeCloseTo(expected, 12);
    }
  });

  it('scores the toy sample alike on average over seeds', () => {
    const { X, n_estimators, max_samples, score_samples_mean, score_samples_std_over_seeds } = reference.toy;
    const sums = new Float64Array(X.length);
    for (const seed of seeds) {
      const forest = IsolationForest.fit(flat(X), 2, { trees: n_estimators, maxSamples: max_samples, seed });
      forest.scoreSamples(flat(X)).forEach((score, i) => (sums[i]! += score));
    }
    for (const [i, expected] of score_samples_mean.entries()) {
      // Four standard errors of a difference between a mean over 50 and one over 100 seeds.
      const tolerance = 4 * score_samples_std_over_seeds[i]! * Math.sqrt(1 / 50 + 1 / 100);
      expect(Math.abs(sums[i]! / seeds.length - expected), `row ${i}`).toBeLessThan(tolerance);
    }
  });

  it('finds the two outliers of the toy sample with every seed', () => {
    const rows = flat(reference.toy.X);
    for (const seed of seeds) {
      const forest = IsolationForest.fit(rows, 2, { maxSamples: 8, contamination: 0.25, seed });
      const predicted = Array.from(forest.decisionFunction(rows), (score) => (score < 0 ? -1 : 1));
      expect(predicted).toEqual(reference.toy.predict_contamination_0_25);
    }
  });

  it('tells the anomalies of the performance set apart as well', () => {
    const { X_train, X_test, y_test, auc_over_50_seeds } = reference.performance;
    const areas = seeds.map((seed) => {
      const forest = IsolationForest.fit(flat(X_train), 2, { maxSamples: 100, seed });
      return areaUnderRoc(
        forest.scoreSamples(flat(X_test)).map((score) => -score),
        y_test,
      );
    });
    expect(Math.min(...areas)).toBeGreaterThan(0.98);
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    expect(Math.abs(mean - auc_over_50_seeds.mean)).toBeLessThan(0.001);
  });
});

const someRows = (count: number, features = 3) => {
  const random = new SeededRandom(7);
  return Float64Array.from({ length: count * features }, () => random.nextFloat() - 0.5);
};

describe('the isolation forest', () => {
  it('has the path lengths 0, 0 and 1 for 0, 1 and 2 rows', () => {
    expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1]);
  });

  it('gives scores in [-1, 0), and the decision is score minus offset', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 }), fc.nat(), (rows, seed) => {
        const forest = IsolationForest.fit(flat(rows), 2, { trees: 10, maxSamples: 16, seed });
        const scores = forest.scoreSamples(flat(rows));
        expect(scores.every((score) => score >= -1 && score < 0)).toBe(true);
        expect(forest.offset).toBe(-0.5);
        expect(forest.decisionFunction(flat(rows))).toEqual(scores.map((score) => score + 0.5));
      }),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const rows = someRows(400);
    const fit = (seed: number) => IsolationForest.fit(rows, 3, { trees: 20, seed }).toBytes();
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1)).not.toEqual(fit(2));
  });

  it('puts the asked share of the training rows below the border', () => {
    const rows = someRows(1000);
    const forest = IsolationForest.fit(rows, 3, { contamination: 0.05, seed: 3 });
    expect(forest.decisionFunction(rows).filter((score) => score < 0).length).toBe(50);
  });

  it('calls identical rows equally ordinary', () => {
    const forest = IsolationForest.fit(new Float64Array(30).fill(4), 3, { seed: 1 });
    expect(forest.scoreSamples(new Float64Array(6).fill(4))).toEqual(Float64Array.of(-0.5, -0.5));
  });

  it('survives being stored: same scores and offset', () => {
    const rows = someRows(300);
    const forest = IsolationForest.fit(rows, 3, { contamination: 0.1, seed: 9 });
    const restored = IsolationForest.fromBytes(forest.toBytes());
    expect(restored.scoreSamples(rows)).toEqual(forest.scoreSamples(rows));
    expect(restored.offset).toBe(forest.offset);
    expect(restored.toBytes()).toEqual(forest.toBytes());
  });

  it('refuses stored bytes that were cut, are foreign, or of another version', () => {
    const bytes = IsolationForest.fit(someRows(20), 3, { trees: 2, seed: 1 }).toBytes();
    const otherVersion = bytes.slice();
    otherVersion[4] = 99;
    for (const bad of [new Uint8Array(0), bytes.slice(0, -1), bytes.slice().reverse(), otherVersion]) {
      expect(() => IsolationForest.fromBytes(bad)).toThrow(ModelFormatError);
    }
  });

  it('never hangs or leaves its arrays on damaged bytes', () => {
    const bytes = IsolationForest.fit(someRows(20), 3, { trees: 2, seed: 1 }).toBytes();
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const damaged = bytes.slice();
        damaged[at] = byte;
        let forest: IsolationForest;
        try {
          forest = IsolationForest.fromBytes(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelFormatError);
          return;
        }
        expect(forest.scoreSamples(new Float64Array(forest.featureCount))[0]).not.toBeNaN();
      }),
    );
  });

  it.each([
    ['no seed range', () => IsolationForest.fit(someRows(5), 3, { seed: -1 })],
    ['one row', () => IsolationForest.fit(Float64Array.of(1, 2, 3), 3, { seed: 1 })],
    ['a ragged row', () => IsolationForest.fit(Float64Array.of(1, 2, 3, 4), 3, { seed: 1 })],
    ['NaN', () => IsolationForest.fit(Float64Array.of(1, NaN), 1, { seed: 1 })],
    ['Infinity', () => IsolationForest.fit(Float64Array.of(1, Infinity), 1, { seed: 1 })],
    ['no trees', () => IsolationForest.fit(someRows(5), 3, { trees: 0, seed: 1 })],
    ['a contamination of 0.6', () => IsolationForest.fit(someRows(5), 3, { contamination: 0.6, seed: 1 })],
    ['a score of NaN', () => IsolationForest.fit(someRows(5), 3, { seed: 1 }).scoreSamples(Float64Array.of(1, NaN, 2))],
  ])('refuses %s', (_name, act) => {
    expect(act).toThrow(RangeError);
  });
});

describe('the quantile', () => {
  it('interpolates between ranks like numpy', () => {
    expect(quantile(Float64Array.of(4, 1, 3, 2), 0.25)).toBe(1.75);
    expect(quantile(Float64Array.of(4, 1, 3, 2), 1)).toBe(4);
    expect(() => quantile(new Float64Array(), 0.5)).toThrow(RangeError);
  });
});

function drawFloats(seed: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: 20_000 }, () => random.nextFloat());
}

describe('the seeded random numbers', () => {
  it('are uniform in [0, 1) and repeat for a seed', () => {
    const numbers = drawFloats(5);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).toBeCloseTo(0.5, 2);
    expect(drawFloats(5)).toEqual(numbers);
    expect(drawFloats(6)).not.toEqual(numbers);
  });

  it('draw without replacement', () => {
    const items = Uint32Array.from({ length: 50 }, (_, i) => i);
    new SeededRandom(1).shuffle(items, 10);
    expect(new Set(items).size).toBe(50);
    expect(items).not.toEqual(Uint32Array.from({ length: 50 }, (_, i) => i));
  });
});
