import { describe, expect, it } from 'vitest';
import { boundedCall, StrategyStuckError } from './bounded-call.js';

const loop = (): never => {
  for (;;);
};

describe('a bounded call', () => {
  it('answers what the work answers, and throws what it throws', () => {
    const bounded = boundedCall(5_000);
    const answer = { of: 'the work' };
    expect(bounded(() => answer)).toBe(answer);
    expect(bounded(() => undefined)).toBeUndefined();
    const fault = new RangeError('no');
    expect(() =>
      bounded(() => {
        throw fault;
      }),
    ).toThrow(fault);
  });

  it('ends work that loops for ever, also in a function that it calls, and goes on with the next', () => {
    const bounded = boundedCall(50);
    expect(() => bounded(() => [1].map(loop))).toThrow(StrategyStuckError);
    expect(() => bounded(loop)).toThrow('the strategy did not answer within 50 ms and was ended');
    expect(bounded(() => 7)).toBe(7);
  });

  it('bounds the calls within it as one', () => {
    const [outer, inner] = [boundedCall(50), boundedCall(60_000)];
    expect(() => outer(() => inner(loop))).toThrow('the strategy did not answer within 50 ms');
    expect(outer(() => inner(() => 7))).toBe(7);
    expect(() => outer(loop)).toThrow(StrategyStuckError);
  });
});
