import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PgOrderOrigins } from '../../src/adapters/postgres/pg-order-origins.js';
import { barSpan, barTrace, orderSpan, orderTrace, signalSpan, type SpanRef } from '../../src/domain/trace.js';
import { CreateOrder } from '../../src/services/trading/create-order.js';
import { NO_TRACING, type FinishedSpan, type Tracing } from '../../src/ports/tracing.js';
import { eventually } from '../support/eventually.js';
import { makeBar, SYMBOL } from '../support/trading-engine.js';
import { EMA, makeCommand, MANUAL, TradingWorld } from '../support/trading-world.js';

const BAR = { open: 400, high: 402, low: 399, close: 401, volume: 90 };

/** Keeps what it is told; every span has a place, made up where it was given none. */
function recordingTracing(): Tracing & { readonly spans: (FinishedSpan & { readonly ref?: SpanRef })[] } {
  const spans: FinishedSpan[] = [];
  return { ...NO_TRACING, isOn: true, keeps: () => true, now: () => 1, record: (span) => void spans.push(span), spans };
}

describe('the trace of an order', () => {
  let world: TradingWorld;
  const tracing = recordingTracing();
  const spansOf = (name: string) => tracing.spans.filter((span) => span.name === name);
  let byHand: string;

  /** Plays minutes in a service of their own, as another process would. */
  async function play(from: number, to: number, buyAt: number | null): Promise<void> {
    const traces = { tracing, origins: new PgOrderOrigins(world.database.pool) };
    const service = world.service({ traces });
    service.start();
    for (let minute = from; minute < to; minute += 1) {
      await world.minute(makeBar(minute, BAR), minute === buyAt ? 'BUY' : 'HOLD', null, 5);
      await eventually('all accounts caught up', () => world.isCaughtUp(), 30_000);
    }
    await service.stop();
  }

  beforeAll(async () => {
    world = await TradingWorld.open();
    await play(0, 3, 2);
    const placed = await new CreateOrder(world.desk).execute(makeCommand({ accountId: MANUAL, quantity: '1' }));
    byHand = placed.ok ? placed.value.orderId : '';
    await play(3, 6, null);
    await eventually('the fills are traced', () => spansOf('book fill').length >= 2, 30_000);
  }, 90_000);
  afterAll(() => world?.close());

  const traceId = barTrace({ symbol: SYMBOL, timeframe: 'ONE_MINUTE', closeTime: makeBar(2, BAR).closeTime });

  it('is the trace of the bar whose signal it follows, from slice over decision to order', () => {
    const slice = spansOf('trading slice').find(
      ({ ref, attributes }) => ref?.traceId === traceId && attributes?.['tradegraph.account'] === EMA,
    );
    const decision = spansOf('risk decision').find(({ ref }) => ref?.traceId === traceId);
    const order = spansOf('submit order').find(({ parent }) => parent?.spanId === decision?.ref?.spanId);
    expect(slice?.attributes).toMatchObject({ 'tradegraph.signal.action': 'BUY' });
    expect(slice?.parent?.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(decision).toMatchObject({ parent: slice?.ref, attributes: { 'tradegraph.decision.approved': true } });
    expect(order).toMatchObject({ ref: { traceId }, attributes: { 'tradegraph.order.cause': 'ENTRY' } });
  });

  it('goes on in another process: fills are below the order, linked to the bar that filled it, and so is its protection', async () => {
    const [entry] = await world.query<{ id: string; signal_id: string }>(
      "SELECT id, signal_id FROM orders WHERE cause = 'ENTRY'",
    );
    const place = orderSpan(traceId, entry!.id);
    const fills = spansOf('book fill').filter(({ parent }) => parent?.spanId === place.spanId);
    expect(fills.length).toBeGreaterThan(0);
    const filledBy = barTrace({ symbol: SYMBOL, timeframe: 'ONE_MINUTE', closeTime: makeBar(3, BAR).closeTime });
    expect(fills[0]).toMatchObject({ parent: place, links: [barSpan(filledBy)] });
    expect(spansOf('trading slice').map(({ parent }) => parent)).toContainEqual(signalSpan(traceId, entry!.signal_id));
    const protection = spansOf('submit order').filter(({ parent }) => parent?.spanId === place.spanId);
    expect(protection.map(({ attributes }) => attributes?.['tradegraph.order.cause'])).toContain('STOP_LOSS');
  });

  it('of one by hand is a trace of its own', () => {
    const fills = spansOf('book fill').filter(({ parent }) => parent?.traceId === orderTrace(byHand));
    expect(fills.map(({ parent }) => parent)).toContainEqual(orderSpan(orderTrace(byHand), byHand));
  });
});
