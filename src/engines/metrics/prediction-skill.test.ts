import { describe, expect, it } from 'vitest';
import { predictionSkill } from './prediction-skill.js';

const skillOf = (predicted: number[], actual: number[]) =>
  predictionSkill(Float64Array.from(predicted), Float64Array.from(actual));

describe('the prediction skill', () => {
  it('is 0 for the last price and 1 for a perfect model', () => {
    expect(skillOf([0, 0], [0.01, -0.02]).skill).toBe(0);
    expect(skillOf([0.01, -0.02], [0.01, -0.02]).skill).toBe(1);
  });

  it('is below 0 for a model that is worse than the last price', () => {
    const measured = skillOf([0.01, 0.01], [-0.01, -0.01]);
    expect(measured.skill).toBeCloseTo(-3, 12);
    expect(measured.modelMse).toBeCloseTo(4e-4, 12);
    expect(measured.naiveMse).toBeCloseTo(1e-4, 12);
  });

  it('counts directions only where price and prediction both moved', () => {
    const measured = skillOf([1, -1, 1, 0, 1], [2, -1, -1, 3, 0]);
    expect(measured.directionalCount).toBe(3);
    expect(measured.directionalAccuracy).toBeCloseTo(2 / 3, 12);
    expect(measured.count).toBe(5);
  });

  it('is null, not 0 or infinite, where it has no meaning', () => {
    expect(skillOf([0.1], [0])).toMatchObject({ skill: null, directionalAccuracy: null, naiveMse: 0 });
    expect(skillOf([], [])).toMatchObject({ skill: null, modelMse: null, naiveMse: null, count: 0 });
  });

  it('carries a standard error that shrinks with the square root of the samples', () => {
    const actual = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.02));
    const predicted = actual.map((value, i) => value * (i % 3 === 0 ? 0.5 : -0.1));
    const hundred = skillOf(predicted, actual);
    const fourHundred = skillOf(
      [1, 2, 3, 4].flatMap(() => predicted),
      [1, 2, 3, 4].flatMap(() => actual),
    );
    expect(hundred.skillStandardError! / fourHundred.skillStandardError!).toBeCloseTo(2, 1);
    expect(skillOf([0.005, 0.005], [0.01, 0.01]).skillStandardError).toBeCloseTo(0, 12);
    expect(skillOf([0.005], [0.01]).skillStandardError).toBeNull();
  });

  it('refuses different lengths and values that are not finite', () => {
    expect(() => skillOf([1], [1, 2])).toThrow(RangeError);
    expect(() => skillOf([NaN], [1])).toThrow(RangeError);
    expect(() => skillOf([1], [Infinity])).toThrow(RangeError);
  });
});
