import { describe, expect, it } from 'vitest';
import { assertOrderRequest } from './order-request.js';

const assert = (order: unknown) => () => assertOrderRequest('GOOG', order as never);

describe('an order request', () => {
  it('may leave everything out, and takes numbers in their ranges', () => {
    expect(assert({})).not.toThrow();
    expect(assert({ sizePct: 100, limit: 1e-9, stopLoss: 1, takeProfit: 2 })).not.toThrow();
    expect(assert({ units: 5e-324 })).not.toThrow();
  });

  it.each([
    [null, 'GOOG: the order null is no object'],
    ['all', 'GOOG: the order all is no object'],
    [{ sizePct: '50' }, 'GOOG: sizePct 50 is not a number above 0'],
    [{ sizePct: NaN }, 'GOOG: sizePct NaN is not a number above 0'],
    [{ sizePct: -0 }, 'GOOG: sizePct 0 is not a number above 0'],
    [{ units: { valueOf: (): number => 5 } }, 'GOOG: units [object Object] is not a number'],
    [{ units: Infinity }, 'GOOG: units Infinity is not a number'],
    [{ limit: null }, 'GOOG: limit null is not a price above 0'],
    [{ stopLoss: '9' }, 'GOOG: stopLoss 9 is not a price above 0'],
    [{ takeProfit: 7n }, 'GOOG: takeProfit 7 is not a price above 0'],
  ])('of %o is refused, naming the field', (order, message) => {
    expect(assert(order)).toThrow(message);
  });
});
