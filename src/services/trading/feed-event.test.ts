import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBar, SYMBOL } from '../../../tests/support/trading-engine.js';
import type { Deployment } from '../../domain/deployment.js';
import { signalEvent } from '../../domain/signal-event.js';
import { StrategyMarket } from '../../engines/backtest/market.js';
import { takeSignal } from '../../engines/backtest/native-signal.js';
import { deploymentSignal } from './deployment-signal.js';
import { readFeedEvent, type FeedEvent } from './feed-event.js';

const column = Float64Array.of(100);
const COLUMNS = { timestamps: column, opens: column, highs: column, lows: column, closes: column, volumes: column };
const NO_INDICATORS = {
  linesOf(): never {
    throw new Error('none is asked for');
  },
};
const bar = makeBar(0, { open: 100, close: 100 });
const deployment = { source: 'mine@1f0c2d3e', params: {} } as Deployment;

/** The event that a deployed strategy's order becomes in the log, as an account reads it. */
function published(order: { readonly stopLoss?: number; readonly takeProfit?: number }): FeedEvent {
  const market = new StrategyMarket(SYMBOL, 'ONE_MINUTE', COLUMNS, NO_INDICATORS);
  market.cursor.index = 0;
  market.buy(order);
  const context = { source: deployment.source, time: bar.closeTime, timeInForce: 'GTC', newId: () => 'id' } as const;
  const event = signalEvent(deploymentSignal(deployment, bar, takeSignal(market, context)));
  const payload = JSON.parse(JSON.stringify(event.payload)) as typeof event.payload;
  return { ...event, payload, part: 0, off: 1 } as unknown as FeedEvent;
}

describe('the signal of a deployed strategy', () => {
  it('is read whatever protection it asks for: on the wrong side risk denies it, and no other account is concerned', () => {
    expect(readFeedEvent(published({ stopLoss: 200, takeProfit: 1 }))).toMatchObject({
      kind: 'evaluated',
      signal: { action: 'BUY', stopDistance: -100, takeProfitDistance: -99 },
    });
    const price = fc.double({ min: 0, max: Number.MAX_VALUE, minExcluded: true, noNaN: true });
    fc.assert(
      fc.property(price, price, (stopLoss, takeProfit) => {
        expect(readFeedEvent(published({ stopLoss, takeProfit })).kind).toBe('evaluated');
      }),
    );
  });

  it('is not read where a distance is no number', () => {
    const event = published({});
    expect(() => readFeedEvent({ ...event, payload: { ...event.payload, stop_distance: '5' } } as never)).toThrow(
      'number 5',
    );
  });
});
