import type { AccountAction, KnownAction } from '../../domain/account-action.js';
import type { CorporateActionKind } from '../../domain/corporate-action.js';
import type { NewEvent } from '../../domain/events.js';
import type { Adjustment } from '../../domain/bar.js';
import type { TradingEvent } from '../../domain/trading-event.js';
import { moneyToText, stepsToText } from '../../engines/portfolio/decimal-text.js';
import type { InstrumentScale } from '../../engines/portfolio/instrument-scale.js';
import { iso, type Scales } from './trading-rows.js';
import { writeBookings } from './trading-writes.js';
import type { PgTransaction } from './transaction.js';

interface KnownActionRow {
  readonly symbol: string;
  readonly ex_date: number;
  readonly kind: CorporateActionKind;
  readonly value: number;
  readonly basis: Adjustment;
  readonly is_taken: boolean;
  readonly was_held: boolean;
}

/** The stored actions of symbols as they stand with an account; by symbol and ex-date, splits first. */
export async function actionsOfAccount(
  tx: PgTransaction,
  accountId: string,
  symbols: readonly string[],
): Promise<readonly KnownAction[]> {
  const { rows } = await tx.query<KnownActionRow>({
    name: 'trading-known-actions',
    text: `SELECT known.symbol, extract(epoch FROM known.ex_date)::float8 * 1000 AS ex_date, known.kind, known.value, known.basis,
         taken.id IS NOT NULL AS is_taken,
         COALESCE((
           SELECT f.held > 0 FROM fills f
           WHERE f.account_id = $1 AND f.symbol = known.symbol AND f.bar_timestamp < known.ex_date::timestamp AT TIME ZONE 'UTC'
           ORDER BY f.seq DESC LIMIT 1
         ), false) AS was_held
       FROM corporate_actions known
       LEFT JOIN account_actions taken ON taken.account_id = $1 AND taken.symbol = known.symbol
         AND taken.ex_date = known.ex_date AND taken.kind = known.kind
       WHERE known.symbol = ANY ($2) ORDER BY known.symbol, known.ex_date, known.kind DESC`,
    values: [accountId, symbols],
  });
  return rows.map(({ symbol, ex_date, kind, value, basis, is_taken, was_held }) => ({
    symbol,
    exDate: ex_date,
    kind,
    value,
    basis,
    isTaken: is_taken,
    wasHeld: was_held,
  }));
}

/** Before their fills and orders are written: both are counted from what a split left. */
export async function writeActions(tx: PgTransaction, events: readonly TradingEvent[], scales: Scales): Promise<void> {
  const actions = actionsIn(events);
  if (actions.length === 0) return;
  await tx.query(
    `INSERT INTO account_actions (id, account_id, symbol, ex_date, kind, outcome, value, quantity_before, quantity, cash,
       realized_pnl, "timestamp", bar_timestamp)
     SELECT id, account_id, symbol, ex_date, kind, outcome, value, quantity_before, quantity, cash, realized_pnl,
       "timestamp", bar_timestamp
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, account_id text, symbol text, ex_date date, kind text, outcome text,
       value float8, quantity_before numeric, quantity numeric, cash numeric, realized_pnl numeric,
       "timestamp" timestamptz, bar_timestamp timestamptz)`,
    [JSON.stringify(actions.map((action) => actionRecord(action, scales.of(action.symbol))))],
  );
  const rescaled = actions.flatMap(({ symbol, rescaled: orders }) =>
    orders.map(({ orderId, version, filledLotsBefore, filledLots }) => ({
      order_id: orderId,
      version,
      filled_before: stepsToText(filledLotsBefore, scales.of(symbol).lotSize),
      filled_quantity: stepsToText(filledLots, scales.of(symbol).lotSize),
    })),
  );
  if (rescaled.length > 0) {
    await tx.query(
      `INSERT INTO order_rescalings (order_id, version, filled_before, filled_quantity)
       SELECT order_id, version, filled_before, filled_quantity FROM jsonb_to_recordset($1::jsonb)
         AS r (order_id uuid, version integer, filled_before numeric, filled_quantity numeric)`,
      [JSON.stringify(rescaled)],
    );
  }
  const bookings = actions.flatMap(({ booking }) => booking ?? []);
  if (bookings.length > 0) await writeBookings(tx, bookings);
}

/** The `portfolio` events of what was booked, or came too late. */
export const actionEvents = (events: readonly TradingEvent[], scales: Scales): NewEvent[] =>
  actionsIn(events).map((action) => {
    const { id: _id, bar_timestamp: _bar, ...payload } = actionRecord(action, scales.of(action.symbol));
    return { topic: 'portfolio', type: 'account_action', key: action.accountId, eventId: action.id, payload };
  });

const actionsIn = (events: readonly TradingEvent[]): AccountAction[] =>
  events.flatMap((event) => (event.type === 'action_taken' ? [event.action] : []));

const actionRecord = (action: AccountAction, scale: InstrumentScale) => ({
  id: action.id,
  account_id: action.accountId,
  symbol: action.symbol,
  ex_date: iso(action.exDate).slice(0, 10),
  kind: action.kind,
  outcome: action.outcome,
  value: action.value,
  quantity_before: stepsToText(action.lotsBefore, scale.lotSize),
  quantity: stepsToText(action.lots, scale.lotSize),
  cash: moneyToText(action.cashCents, scale.moneyIncrement),
  realized_pnl: moneyToText(action.realizedPnlCents, scale.moneyIncrement),
  timestamp: iso(action.timestamp),
  bar_timestamp: iso(action.barTimestamp),
});
