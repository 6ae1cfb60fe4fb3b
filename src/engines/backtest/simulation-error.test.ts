import { describe, expect, it } from 'vitest';
import { strategyFailed } from './simulation-error.js';

const textless = {
  toString(): string {
    throw new Error('never shown');
  },
};

describe("a strategy's own error", () => {
  it.each([
    [new Error('no data'), /^strategy mine failed at the bar of 1970-01-01T00:00:00.000Z: no data$/],
    ['a text', /: a text$/],
    [null, /: null$/],
    [Symbol('s'), /: Symbol\(s\)$/],
    [textless, /: an error without a text$/],
  ])('is told with its bar, whatever was thrown', (thrown, message) => {
    expect(strategyFailed('mine', 0, thrown).message).toMatch(message);
  });

  it('is cut where its message has no end', () => {
    expect(strategyFailed('mine', NaN, new Error('x'.repeat(1_000_000))).message).toHaveLength(2_038);
  });
});
