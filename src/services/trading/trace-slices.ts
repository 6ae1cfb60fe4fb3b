import type { Instrument } from '../../domain/instrument.js';
import type { Signal } from '../../domain/signal.js';
import { barSpan, barTrace, decisionSpan, orderSpan, orderTrace, signalSpan, sliceSpan } from '../../domain/trace.js';
import { isOrderEvent, type OrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import { stepsToText } from '../../engines/portfolio/decimal-text.js';
import type { Slice, SliceSignal } from '../../engines/execution/slice.js';
import type { OrderOrigins, Tracing } from '../../ports/tracing.js';

/** A slice that an account has acted on, and what came of it. */
export interface ActedSlice {
  readonly slice: Slice;
  /** What the account's own strategy said within the slice. */
  readonly said: readonly Signal[];
  readonly events: readonly TradingEvent[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly startMs: number;
  readonly endMs: number;
}

type TracedSignal = Pick<SliceSignal, 'id' | 'source' | 'symbol' | 'timeframe' | 'timestamp' | 'action'>;

const traceOf = (signal: TracedSignal): string => barTrace({ ...signal, closeTime: signal.timestamp });

/** Runs work as a part of the trace of the slice's first signal; of a slice without any it belongs to none. */
export function withinSlice<T>(tracing: Tracing, accountId: string, slice: Pick<Slice, 'signals'>, work: () => T): T {
  const [signal] = slice.signals;
  if (!tracing.isOn || signal === undefined) return work();
  return tracing.within(sliceSpan(traceOf(signal), accountId), work);
}

/**
 * What an account did on slices that are committed: below each signal the slice that it was weighed in, the risk decision and
 * the order; below an order its fills, however many bars later, linked to the bar that filled it.
 */
export async function traceSlices(
  tracing: Tracing,
  origins: OrderOrigins,
  accountId: string,
  acted: readonly ActedSlice[],
): Promise<void> {
  const committedMs = tracing.now();
  const ordersOf = ({ events }: ActedSlice) => events.filter(isOrderEvent).map(({ order }) => order.id);
  const causes = await origins.of([...new Set(acted.flatMap(ordersOf))]);
  for (const one of acted) {
    for (const signal of one.said) traceOwnSignal(tracing, signal, one);
    const signals = new Map([...one.slice.signals, ...one.said].map((signal) => [signal.id, signal]));
    for (const signal of signals.values()) traceSlice(tracing, accountId, signal, one, committedMs);
    for (const event of one.events) {
      if (event.type === 'risk_decided') {
        const signal = signals.get(event.decision.signalId ?? '');
        if (signal !== undefined) traceDecision(tracing, traceOf(signal), event.decision, one);
      } else if (isOrderEvent(event)) {
        const cause = causes.get(event.order.id);
        const bar = cause?.bar ?? null;
        const traceId = bar === null ? orderTrace(cause?.rootOrderId ?? event.order.id) : barTrace(bar);
        traceOrder(tracing, traceId, event, one, committedMs);
      }
    }
  }
}

function traceOwnSignal(tracing: Tracing, signal: Signal, { startMs, endMs }: ActedSlice): void {
  const traceId = traceOf(signal);
  if (!tracing.keeps(traceId)) return;
  const attributes = {
    'tradegraph.signal.id': signal.id,
    'tradegraph.signal.source': signal.source,
    'tradegraph.signal.action': signal.action,
  };
  const parent = barSpan(traceId);
  tracing.record({ name: 'signal', ref: signalSpan(traceId, signal.id), parent, startMs, endMs, attributes });
}

function traceSlice(
  tracing: Tracing,
  accountId: string,
  signal: TracedSignal,
  { slice, startMs }: ActedSlice,
  endMs: number,
): void {
  const traceId = traceOf(signal);
  if (!tracing.keeps(traceId)) return;
  tracing.record({
    name: 'trading slice',
    ref: sliceSpan(traceId, accountId),
    parent: signalSpan(traceId, signal.id),
    kind: 'CONSUMER',
    startMs,
    endMs,
    attributes: {
      'tradegraph.account': accountId,
      'tradegraph.signal.action': signal.action,
      'tradegraph.slice.time': new Date(slice.time).toISOString(),
      'tradegraph.slice.bars': slice.bars.length,
    },
  });
}

function traceDecision(
  tracing: Tracing,
  traceId: string,
  decision: Extract<TradingEvent, { type: 'risk_decided' }>['decision'],
  { startMs, endMs }: ActedSlice,
): void {
  if (!tracing.keeps(traceId)) return;
  const failed = decision.checks.find(({ passed }) => !passed);
  tracing.record({
    name: 'risk decision',
    ref: decisionSpan(traceId, decision.id),
    parent: sliceSpan(traceId, decision.accountId),
    startMs,
    endMs,
    attributes: {
      'tradegraph.account': decision.accountId,
      'tradegraph.decision.approved': decision.approved,
      ...(decision.deniedCode !== null && { 'tradegraph.decision.denied': decision.deniedCode }),
      ...(failed !== undefined && {
        'tradegraph.decision.limit': failed.limit ?? '',
        'tradegraph.decision.value': failed.value,
      }),
    },
  });
}

function traceOrder(
  tracing: Tracing,
  traceId: string,
  { type, order, fill }: OrderEvent,
  { slice, instruments, startMs, endMs }: ActedSlice,
  committedMs: number,
): void {
  if (!tracing.keeps(traceId)) return;
  const place = orderSpan(traceId, order.id);
  const about = { 'tradegraph.account': order.accountId, 'tradegraph.order.id': order.id };
  const instrument = instruments.get(order.symbol);
  const units = (lots: number): string => (instrument === undefined ? '' : stepsToText(lots, instrument.lotSize));
  if (type === 'order_created') {
    const { parentOrderId, riskDecisionId } = order;
    const cause =
      parentOrderId === null ? decisionSpan(traceId, riskDecisionId ?? '') : orderSpan(traceId, parentOrderId);
    tracing.record({
      name: 'submit order',
      ref: place,
      parent: cause,
      startMs,
      endMs: committedMs,
      attributes: {
        ...about,
        'tradegraph.order.cause': order.cause,
        'tradegraph.order.side': order.side,
        'tradegraph.order.type': order.orderType,
        'tradegraph.order.quantity': units(order.lots),
      },
    });
  } else if (type === 'order_filled' && fill !== null) {
    const filledBy = slice.bars.find((bar) => bar.symbol === fill.symbol && bar.timestamp === fill.barTimestamp);
    tracing.record({
      name: 'book fill',
      parent: place,
      startMs,
      endMs: committedMs,
      attributes: {
        ...about,
        'tradegraph.fill.id': fill.id,
        'tradegraph.fill.quantity': units(fill.lots),
        'tradegraph.fill.price': instrument === undefined ? '' : stepsToText(fill.priceTicks, instrument.tickSize),
      },
      links: filledBy === undefined ? [] : [barSpan(barTrace(filledBy))],
    });
  } else if (type === 'order_ended' && order.endReason !== null) {
    const attributes = { ...about, 'tradegraph.order.end': order.endReason, 'tradegraph.order.status': order.status };
    tracing.record({ name: 'end order', parent: place, startMs, endMs, attributes });
  }
}
