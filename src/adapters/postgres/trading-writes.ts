import type { AccountState } from '../../domain/account-state.js';
import { naturalId } from '../../domain/event-id.js';
import type { OrderState } from '../../domain/order-state.js';
import { isOrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import { moneyToText, stepsToText } from '../../engines/portfolio/decimal-text.js';
import { currencyIncrement } from '../../engines/portfolio/instrument-scale.js';
import { FundsRefusedError, type AccountChange } from '../../ports/trading-store.js';
import type { PgTransaction } from './transaction.js';
import { iso, orderRecord, type Scales } from './trading-rows.js';
import type { Booking } from '../../domain/books.js';

/** Each writes all rows of one table in one statement. They are named: planned once a connection, run once a slice. */

export async function writeDecisions(
  tx: PgTransaction,
  events: readonly TradingEvent[],
  scales: Scales,
): Promise<void> {
  const records = events.flatMap((event) =>
    event.type === 'risk_decided'
      ? [
          {
            id: event.decision.id,
            account_id: event.decision.accountId,
            symbol: event.decision.symbol,
            side: event.decision.side,
            quantity: stepsToText(event.decision.lots, scales.of(event.decision.symbol).lotSize),
            cause: event.decision.cause,
            approved: event.decision.approved,
            denied_code: event.decision.deniedCode,
            checks: event.decision.checks,
            signal_id: event.decision.signalId,
            decided_at: iso(event.decision.decidedAt),
          },
        ]
      : [],
  );
  if (records.length === 0) return;
  await tx.query({
    name: 'trading-decisions',
    text: `INSERT INTO risk_decisions (id, account_id, symbol, side, quantity, cause, approved, denied_code, checks, signal_id, decided_at)
     SELECT id, account_id, symbol, side, quantity, cause, approved, denied_code, checks, signal_id, decided_at
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, account_id text, symbol text, side text, quantity numeric, cause text,
       approved boolean, denied_code text, checks jsonb, signal_id uuid, decided_at timestamptz)`,
    values: [JSON.stringify(records)],
  });
}

/** Writes the last version of each order that the events speak of. */
export async function writeOrders(
  tx: PgTransaction,
  events: readonly TradingEvent[],
  scales: Scales,
  inputDigest: string | null,
): Promise<void> {
  const last = new Map<string, OrderState>();
  for (const event of events) if (isOrderEvent(event)) last.set(event.order.id, event.order);
  if (last.size === 0) return;
  const records = [...last.values()].map((order) => orderRecord(order, scales.of(order.symbol), inputDigest));
  await tx.query({
    name: 'trading-orders',
    text: `INSERT INTO orders (id, account_id, client_order_id, symbol, side, order_type, time_in_force, cause, quantity, limit_price,
       stop_price, stop_distance, take_profit_distance, protection_mode, parent_order_id, status, end_reason, triggered,
       filled_quantity, filled_value, reserved_cash, reserve_price, input_digest, risk_decision_id, signal_id, decided_at,
       filled_at, ended_at, version, created_at)
     SELECT id, account_id, client_order_id, symbol, side, order_type, time_in_force, cause, quantity, limit_price,
       stop_price, stop_distance, take_profit_distance, protection_mode, parent_order_id, status, end_reason, triggered,
       filled_quantity, filled_value, reserved_cash, reserve_price, input_digest, risk_decision_id, signal_id, decided_at,
       filled_at, ended_at, version, decided_at
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, account_id text, client_order_id text, symbol text, side text,
       order_type text, time_in_force text, cause text, quantity numeric, limit_price numeric, stop_price numeric,
       stop_distance numeric, take_profit_distance numeric, protection_mode text, parent_order_id uuid, status text,
       end_reason text, triggered boolean, filled_quantity numeric, filled_value numeric, reserved_cash numeric,
       reserve_price numeric, input_digest uuid, risk_decision_id uuid, signal_id uuid, decided_at timestamptz,
       filled_at timestamptz, ended_at timestamptz, version integer)
     ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, limit_price = excluded.limit_price,
       stop_price = excluded.stop_price, stop_distance = excluded.stop_distance,
       take_profit_distance = excluded.take_profit_distance, reserve_price = excluded.reserve_price, status = excluded.status, end_reason = excluded.end_reason,
       triggered = excluded.triggered, filled_quantity = excluded.filled_quantity, filled_value = excluded.filled_value,
       reserved_cash = excluded.reserved_cash, filled_at = excluded.filled_at, ended_at = excluded.ended_at,
       version = excluded.version`,
    values: [JSON.stringify(records)],
  });
}

export async function writeFills(
  tx: PgTransaction,
  broker: string,
  events: readonly TradingEvent[],
  scales: Scales,
): Promise<void> {
  const booked = events.flatMap((event) => (event.type === 'fill_booked' ? [event] : []));
  if (booked.length === 0) return;
  const records = booked.map(({ fill }) => {
    const scale = scales.of(fill.symbol);
    const { referenceTicks, ...assumptions } = fill.assumptions;
    return {
      id: fill.id,
      order_id: fill.orderId,
      account_id: fill.accountId,
      broker,
      execution_id: fill.executionId,
      symbol: fill.symbol,
      side: fill.side,
      quantity: stepsToText(fill.lots, scale.lotSize),
      price: stepsToText(fill.priceTicks, scale.tickSize),
      fee: moneyToText(fill.feeCents, scale.moneyIncrement),
      realized_pnl: moneyToText(fill.realizedPnlCents, scale.moneyIncrement),
      assumptions: { ...assumptions, referencePrice: stepsToText(referenceTicks, scale.tickSize) },
      timestamp: iso(fill.timestamp),
      bar_timestamp: iso(fill.barTimestamp),
    };
  });
  await tx.query({
    name: 'trading-fills',
    text: `INSERT INTO fills (id, order_id, account_id, broker, execution_id, symbol, side, quantity, price, fee, realized_pnl,
       assumptions, "timestamp", bar_timestamp)
     SELECT id, order_id, account_id, broker, execution_id, symbol, side, quantity, price, fee, realized_pnl,
       assumptions, "timestamp", bar_timestamp
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, order_id uuid, account_id text, broker text, execution_id text, symbol text,
       side text, quantity numeric, price numeric, fee numeric, realized_pnl numeric, assumptions jsonb,
       "timestamp" timestamptz, bar_timestamp timestamptz)`,
    values: [JSON.stringify(records)],
  });

  await writeBookings(
    tx,
    booked.map(({ booking }) => booking),
  );
}

export async function writeBookings(tx: PgTransaction, bookings: readonly Booking[]): Promise<void> {
  const records = bookings.flatMap((booking) =>
    booking.postings.map(({ ledger, symbol, amountCents }) => ({
      transaction_id: booking.id,
      account_id: booking.accountId,
      ledger,
      symbol,
      currency: booking.currency,
      amount: moneyToText(amountCents, currencyIncrement(booking.currency)),
      fill_id: booking.fillId,
      timestamp: iso(booking.timestamp),
    })),
  );
  await tx.query({
    name: 'trading-bookings',
    text: `INSERT INTO ledger_entries (transaction_id, account_id, ledger, symbol, currency, amount, fill_id, "timestamp")
     SELECT transaction_id, account_id, ledger, symbol, currency, amount, fill_id, "timestamp"
     FROM jsonb_to_recordset($1::jsonb) AS r (transaction_id uuid, account_id text, ledger text, symbol text, currency text,
       amount numeric, fill_id uuid, "timestamp" timestamptz)`,
    values: [JSON.stringify(records)],
  });
}

export async function writePositions(
  tx: PgTransaction,
  before: AccountState,
  after: AccountState,
  scales: Scales,
): Promise<void> {
  const changed = [...after.positions.values()].filter(
    (position) => before.positions.get(position.symbol) !== position,
  );
  if (changed.length === 0) return;
  const records = changed.map((position) => {
    const scale = scales.of(position.symbol);
    return {
      id: naturalId('position', after.accountId, position.symbol),
      symbol: position.symbol,
      quantity: stepsToText(position.lots, scale.lotSize),
      cost_basis: moneyToText(position.costBasisCents, scale.moneyIncrement),
      current_price: stepsToText(position.markTicks, scale.tickSize),
      realized_pnl: moneyToText(position.realizedPnlCents, scale.moneyIncrement),
      market_value: moneyToText(position.marketValueCents, scale.moneyIncrement),
      opened_at: position.openedAt === null ? null : iso(position.openedAt),
      last_updated: iso(position.updatedAt),
    };
  });
  await tx.query({
    name: 'trading-positions',
    text: `INSERT INTO positions (id, account_id, symbol, quantity, cost_basis, current_price, realized_pnl, market_value, opened_at, last_updated)
     SELECT id, $2, symbol, quantity, cost_basis, current_price, realized_pnl, market_value, opened_at, last_updated
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, symbol text, quantity numeric, cost_basis numeric, current_price numeric,
       realized_pnl numeric, market_value numeric, opened_at timestamptz, last_updated timestamptz)
     ON CONFLICT (account_id, symbol) DO UPDATE SET quantity = excluded.quantity, cost_basis = excluded.cost_basis,
       current_price = excluded.current_price, realized_pnl = excluded.realized_pnl, market_value = excluded.market_value,
       opened_at = excluded.opened_at, last_updated = excluded.last_updated`,
    values: [JSON.stringify(records), after.accountId],
  });
}

/** The account itself, last of all: its new as_of is the time of the snapshot that the deferred trigger writes. */
export async function writeAccount(tx: PgTransaction, { after, feed }: AccountChange): Promise<number> {
  const increment = currencyIncrement(after.currency);
  const { rows } = await tx.query<{ version: number }>({
    name: 'trading-account',
    text: `UPDATE accounts SET cash = $2, fees = $3, as_of = $4, feed = COALESCE($5, feed), version = version + 1
     WHERE id = $1 RETURNING version`,
    values: [
      after.accountId,
      moneyToText(after.cashCents, increment),
      moneyToText(after.feesCents, increment),
      iso(after.asOf),
      feed === undefined ? null : JSON.stringify(feed),
    ],
  });

  return rows[0]?.version ?? 0;
}

/** The database's own backstop behind the risk engine, for every new order that is not protective. */
export async function checkFunds(tx: PgTransaction, change: AccountChange, scales: Scales): Promise<void> {
  for (const event of change.events) {
    if (event.type !== 'order_created' || event.order.parentOrderId !== null) continue;
    const order = change.after.orders.get(event.order.id);
    if (order === undefined) continue;
    const { lotSize, tickSize } = scales.of(order.symbol);
    const atLastClose = change.checkAtLastClose === true && order.orderType === 'MARKET';
    const price =
      atLastClose || order.reservePriceTicks === null ? null : stepsToText(order.reservePriceTicks, tickSize);
    const { rows } = await tx.query<{ fits: boolean }>('SELECT check_available_funds($1, $2, $3, $4, $5) AS fits', [
      order.id,
      order.symbol,
      order.side,
      stepsToText(order.lots, lotSize),
      price,
    ]);
    if (rows[0]?.fits !== true) throw new FundsRefusedError(order);
  }
}
