import type { AccountState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import { invariant } from '../../domain/result.js';
import { dayStartOf } from '../../engines/execution/valuation.js';
import { storedSteps } from '../../engines/portfolio/decimal-text.js';
import { currencyIncrement } from '../../engines/portfolio/instrument-scale.js';
import type { LockedAccount } from '../../ports/trading-store.js';
import { instrumentsBySymbol } from './instruments-by-symbol.js';
import { iso, Scales, toOrder, toPosition, type AccountRow, type OrderRow, type PositionRow } from './trading-rows.js';
import type { PgTransaction } from './transaction.js';

const OPEN = "('PENDING', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN')";

/** A locked account's money, positions and open orders, without markets, and the instruments that they speak of. */
export async function loadAccountState(
  pg: PgTransaction,
  locked: LockedAccount,
): Promise<{ readonly state: AccountState; readonly instruments: ReadonlyMap<string, Instrument> }> {
  const { id, currency } = locked.account;
  const increment = currencyIncrement(currency);
  const money = await pg.query<Pick<AccountRow, 'cash' | 'fees' | 'net_deposits'> & { day_start: string | null }>(
    `SELECT cash, fees, net_deposits, (
         SELECT total_value FROM portfolio_snapshots s
         WHERE s.account_id = a.id AND s."timestamp" <= $2 ORDER BY s."timestamp" DESC LIMIT 1
       ) AS day_start FROM accounts a WHERE id = $1`,
    [id, iso(dayStartOf(locked.asOf))],
  );
  const positions = await pg.query<PositionRow>('SELECT * FROM positions WHERE account_id = $1 ORDER BY symbol', [id]);
  const orders = await pg.query<OrderRow>(`SELECT * FROM orders WHERE account_id = $1 AND status IN ${OPEN}`, [id]);
  const instruments = await instrumentsBySymbol(
    pg,
    [...positions.rows, ...orders.rows].map((row) => row.symbol),
  );
  const scales = new Scales(instruments);
  const [row] = money.rows;
  invariant(row !== undefined, `account ${id} is there, it was locked`);
  const state: AccountState = {
    accountId: id,
    status: locked.account.status,
    currency,
    signalSource: locked.account.signalSource,
    cashCents: storedSteps(row.cash, increment),
    feesCents: storedSteps(row.fees, increment),
    netDepositsCents: storedSteps(row.net_deposits, increment),
    asOf: locked.asOf,
    day: {
      start: dayStartOf(locked.asOf),
      startEquityCents: storedSteps(row.day_start ?? row.net_deposits, increment),
    },
    positions: new Map(positions.rows.map((each) => [each.symbol, toPosition(each, scales.of(each.symbol))])),
    orders: new Map(orders.rows.map((each) => [each.id, toOrder(each, scales.of(each.symbol))])),
    markets: new Map(),
  };
  return { state, instruments };
}
