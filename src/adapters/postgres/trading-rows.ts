import type { Account } from '../../domain/account.js';
import type { Position } from '../../domain/books.js';
import type { Instrument } from '../../domain/instrument.js';
import type { OrderState } from '../../domain/order-state.js';
import { stepsToText, storedSteps, storedTickLots, tickLotsToText } from '../../engines/portfolio/decimal-text.js';
import { instrumentScale, type InstrumentScale } from '../../engines/portfolio/instrument-scale.js';

/** Rows as PostgreSQL gives them: numeric as text, timestamptz as Date, int8 as number. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly data_source: Account['dataSource'];
  readonly broker: Account['broker'];
  readonly signal_source: string | null;
  readonly currency: string;
  readonly starting_cash: string;
  readonly status: Account['status'];
  readonly cash: string;
  readonly fees: string;
  readonly net_deposits: string;
  readonly created_at: Date;
}

export interface PositionRow {
  readonly symbol: string;
  readonly quantity: string;
  readonly cost_basis: string;
  readonly current_price: string;
  readonly realized_pnl: string;
  readonly market_value: string;
  readonly opened_at: Date | null;
  readonly last_updated: Date;
}

export interface OrderRow {
  readonly id: string;
  readonly account_id: string;
  readonly client_order_id: string;
  readonly symbol: string;
  readonly side: OrderState['side'];
  readonly order_type: OrderState['orderType'];
  readonly time_in_force: OrderState['timeInForce'];
  readonly cause: OrderState['cause'];
  readonly quantity: string;
  readonly limit_price: string | null;
  readonly stop_price: string | null;
  readonly stop_distance: string | null;
  readonly take_profit_distance: string | null;
  readonly protection_mode: OrderState['protectionMode'];
  readonly parent_order_id: string | null;
  readonly status: OrderState['status'];
  readonly end_reason: OrderState['endReason'];
  readonly triggered: boolean;
  readonly filled_quantity: string;
  readonly filled_value: string;
  readonly reserved_cash: string;
  readonly reserve_price: string | null;
  readonly risk_decision_id: string | null;
  readonly signal_id: string | null;
  readonly decided_at: Date;
  readonly filled_at: Date | null;
  readonly ended_at: Date | null;
  readonly version: number;
}

export const iso = (time: number): string => new Date(time).toISOString();
const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));
const msOrNull = (time: Date | null): number | null => time?.getTime() ?? null;
const stepsOrNull = (text: string | null, step: string): number | null =>
  text === null ? null : storedSteps(text, step);
const textOrNull = (steps: number | null, step: string): string | null =>
  steps === null ? null : stepsToText(steps, step);

export const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  dataSource: row.data_source,
  broker: row.broker,
  signalSource: row.signal_source,
  currency: row.currency,
  startingCash: row.starting_cash,
  status: row.status,
  createdAt: row.created_at.getTime(),
});

export const toPosition = (row: PositionRow, scale: InstrumentScale): Position => ({
  symbol: row.symbol,
  lots: storedSteps(row.quantity, scale.lotSize),
  costBasisCents: storedSteps(row.cost_basis, scale.moneyIncrement),
  realizedPnlCents: storedSteps(row.realized_pnl, scale.moneyIncrement),
  markTicks: storedSteps(row.current_price, scale.tickSize),
  marketValueCents: storedSteps(row.market_value, scale.moneyIncrement),
  openedAt: msOrNull(row.opened_at),
  updatedAt: row.last_updated.getTime(),
});

export const toOrder = (row: OrderRow, scale: InstrumentScale): OrderState => ({
  id: row.id,
  accountId: row.account_id,
  clientOrderId: row.client_order_id,
  symbol: row.symbol,
  side: row.side,
  orderType: row.order_type,
  timeInForce: row.time_in_force,
  cause: row.cause,
  lots: storedSteps(row.quantity, scale.lotSize),
  limitTicks: stepsOrNull(row.limit_price, scale.tickSize),
  stopTicks: stepsOrNull(row.stop_price, scale.tickSize),
  stopDistanceTicks: stepsOrNull(row.stop_distance, scale.tickSize),
  takeProfitDistanceTicks: stepsOrNull(row.take_profit_distance, scale.tickSize),
  protectionMode: row.protection_mode,
  parentOrderId: row.parent_order_id,
  status: row.status,
  endReason: row.end_reason,
  triggered: row.triggered,
  filledLots: storedSteps(row.filled_quantity, scale.lotSize),
  filledTickLots: storedTickLots(row.filled_value, scale.tickSize, scale.lotSize),
  reservedCents: storedSteps(row.reserved_cash, scale.moneyIncrement),
  reservePriceTicks: stepsOrNull(row.reserve_price, scale.tickSize),
  riskDecisionId: row.risk_decision_id,
  signalId: row.signal_id,
  decidedAt: row.decided_at.getTime(),
  filledAt: msOrNull(row.filled_at),
  endedAt: msOrNull(row.ended_at),
  version: row.version,
});

/** An order as a record for jsonb_to_recordset: names and texts of its columns. */
export const orderRecord = (order: OrderState, scale: InstrumentScale, inputDigest: string | null) => ({
  id: order.id,
  account_id: order.accountId,
  client_order_id: order.clientOrderId,
  symbol: order.symbol,
  side: order.side,
  order_type: order.orderType,
  time_in_force: order.timeInForce,
  cause: order.cause,
  quantity: stepsToText(order.lots, scale.lotSize),
  limit_price: textOrNull(order.limitTicks, scale.tickSize),
  stop_price: textOrNull(order.stopTicks, scale.tickSize),
  stop_distance: textOrNull(order.stopDistanceTicks, scale.tickSize),
  take_profit_distance: textOrNull(order.takeProfitDistanceTicks, scale.tickSize),
  protection_mode: order.protectionMode,
  parent_order_id: order.parentOrderId,
  status: order.status,
  end_reason: order.endReason,
  triggered: order.triggered,
  filled_quantity: stepsToText(order.filledLots, scale.lotSize),
  filled_value: tickLotsToText(order.filledTickLots, scale.tickSize, scale.lotSize),
  reserved_cash: stepsToText(order.reservedCents, scale.moneyIncrement),
  reserve_price: textOrNull(order.reservePriceTicks, scale.tickSize),
  input_digest: inputDigest,
  risk_decision_id: order.riskDecisionId,
  signal_id: order.signalId,
  decided_at: iso(order.decidedAt),
  filled_at: isoOrNull(order.filledAt),
  ended_at: isoOrNull(order.endedAt),
  version: order.version,
});

/** An instrument never changes its tick and lot, and its scale is needed at each slice: made once for each. */
const SCALES = new WeakMap<Instrument, InstrumentScale>();

/** Scales by symbol. Throws for an instrument that was not loaded. */
export class Scales {
  constructor(private readonly instruments: ReadonlyMap<string, Instrument>) {}

  of(symbol: string): InstrumentScale {
    const instrument = this.instruments.get(symbol);
    if (instrument === undefined) throw new Error(`the instrument ${symbol} was not loaded`);
    const known = SCALES.get(instrument);
    if (known !== undefined) return known;
    const scale = instrumentScale(instrument);
    SCALES.set(instrument, scale);
    return scale;
  }
}
