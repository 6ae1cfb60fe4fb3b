import type { OrderState } from '../../domain/order-state.js';
import type { RiskDecision } from '../../domain/risk-decision.js';
import { isOrderEvent, type Fill, type TradingEvent } from '../../domain/trading-event.js';
import { moneyToText, stepsToText } from '../portfolio/decimal-text.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { RunTrace, TracedEquity, TracedFill, TracedOrder } from '../../domain/run-trace.js';

/** What an account did, as it is stored: of a live account from its tables, of a backtest from its events. */
export interface AccountRecords {
  /** As they stand in the end, each once. */
  readonly orders: Iterable<OrderState>;
  readonly fills: Iterable<Fill>;
  /** Decisions of risk; approved ones are left out, as their orders are there. */
  readonly decisions: Iterable<RiskDecision>;
  readonly equity: readonly TracedEquity[];
}

type Scale = Pick<InstrumentScale, 'tickSize' | 'lotSize' | 'moneyIncrement'>;

/**
 * An account's records as a trace. Whole ticks, lots and cents become the nearest float64 of the exact decimal: equal
 * counts give equal numbers, and others do not.
 */
export function traceOfAccount(label: string, records: AccountRecords, scaleOf: (symbol: string) => Scale): RunTrace {
  const orders: TracedOrder[] = [];
  for (const order of records.orders) orders.push(tracedOrder(order, scaleOf(order.symbol)));
  for (const decision of records.decisions) {
    if (!decision.approved) orders.push(deniedOrder(decision, scaleOf(decision.symbol)));
  }
  const fills: TracedFill[] = [];
  for (const fill of records.fills) fills.push(tracedFill(fill, scaleOf(fill.symbol)));
  return { label, orders, fills, equity: records.equity };
}

/** The records that a stream of events leaves. */
export function recordsOfEvents(events: Iterable<TradingEvent>, equity: readonly TracedEquity[]): AccountRecords {
  const orders = new Map<string, OrderState>();
  const fills: Fill[] = [];
  const decisions: RiskDecision[] = [];
  for (const event of events) {
    if (isOrderEvent(event)) orders.set(event.order.id, event.order);
    else if (event.type === 'fill_booked') fills.push(event.fill);
    else if (event.type === 'risk_decided') decisions.push(event.decision);
  }
  return { orders: orders.values(), fills, decisions, equity };
}

/** Equity of a simulation at the close of each instant. */
export const equityPointsOf = (result: {
  readonly closeTimes: Float64Array;
  readonly equity: Float64Array;
}): TracedEquity[] =>
  Array.from(result.equity, (value, index) => ({ time: result.closeTimes[index] as number, value }));

const times = (step: string, count: number): number => Number(stepsToText(count, step));

const tracedOrder = (order: OrderState, { tickSize, lotSize }: Scale): TracedOrder => ({
  time: order.decidedAt,
  symbol: order.symbol,
  cause: order.cause,
  side: order.side,
  type: order.orderType,
  quantity: times(lotSize, order.lots),
  limitPrice: order.limitTicks === null ? null : times(tickSize, order.limitTicks),
  stopPrice: order.stopTicks === null ? null : times(tickSize, order.stopTicks),
  outcome: order.endReason === null ? order.status : `${order.status} ${order.endReason}`,
});

const deniedOrder = (decision: RiskDecision, { lotSize }: Scale): TracedOrder => ({
  time: decision.decidedAt,
  symbol: decision.symbol,
  cause: decision.cause,
  side: decision.side,
  type: null,
  quantity: times(lotSize, decision.lots),
  limitPrice: null,
  stopPrice: null,
  outcome: `DENIED ${decision.deniedCode ?? ''}`.trim(),
});

const tracedFill = (fill: Fill, { tickSize, lotSize, moneyIncrement }: Scale): TracedFill => ({
  time: fill.timestamp,
  symbol: fill.symbol,
  side: fill.side,
  quantity: times(lotSize, fill.lots),
  price: times(tickSize, fill.priceTicks),
  commission: Number(moneyToText(fill.feeCents, moneyIncrement)),
});
