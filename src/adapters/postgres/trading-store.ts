import type { Pool } from 'pg';
import type { KnownAction } from '../../domain/account-action.js';
import type { AccountState, MarketState } from '../../domain/account-state.js';
import type { AccountStatus } from '../../domain/account.js';
import { timedId } from '../../domain/event-id.js';
import type { LoggedEvent } from '../../domain/events.js';
import type { Instrument } from '../../domain/instrument.js';
import type { OrderState } from '../../domain/order-state.js';
import { isOrderEvent, type TradingEvent } from '../../domain/trading-event.js';
import type { Metrics } from '../../ports/metrics.js';
import type {
  AccountChange,
  AccountFeed,
  AccountShare,
  BarOfInstrument,
  LockedAccount,
  NewAccount,
  StoredOrderInput,
  TradingStore,
} from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { actionEvents, actionsOfAccount, writeActions } from './account-actions.js';
import { claimAccounts, releaseAccounts } from './account-claims.js';
import { deadLetter, reasonOf } from './event-log/dead-letter.js';
import { instrumentsBySymbol, type Queryable } from './instruments-by-symbol.js';
import { loadAccountState } from './load-account-state.js';
import { lastMarket, marketsBefore } from './market-states.js';
import { orderEvent } from './order-payload.js';
import { closeSlice } from './portfolio-payload.js';
import { iso, Scales, toAccount, toOrder, type AccountRow, type OrderRow } from './trading-rows.js';
import {
  checkFunds,
  writeAccount,
  writeBookings,
  writeDecisions,
  writeFills,
  writeOrders,
  writePositions,
} from './trading-writes.js';
import { countTradingEvents } from './trading-counts.js';
import { pgTransaction, type PgTransaction } from './transaction.js';

interface LockedColumns {
  readonly deployment_id: string | null;
  readonly as_of: Date;
  readonly feed: AccountFeed;
  readonly version: number;
  readonly owner: string | null;
  readonly epoch: number;
}

/** Accounts, orders and books in PostgreSQL. */
export class PgTradingStore implements TradingStore {
  /** `metrics` counts what is committed; without, nothing is counted. */
  constructor(
    private readonly pool: Pool,
    private readonly metrics: Metrics | null = null,
  ) {}

  claim(owner: string, dataSource: Instrument['dataSource'], leaseMs: number): Promise<AccountShare> {
    return claimAccounts(this.pool, owner, dataSource, leaseMs);
  }

  async release(owner: string): Promise<void> {
    await releaseAccounts(this.pool, owner);
  }

  async accountsWithPendingOrders(accountIds: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ account_id: string }>(
      "SELECT DISTINCT account_id FROM orders WHERE account_id = ANY($1) AND status = 'PENDING' ORDER BY account_id",
      [accountIds],
    );
    return rows.map((row) => row.account_id);
  }

  async accountOfOrder(orderId: string): Promise<string | null> {
    const { rows } = await this.pool.query<{ account_id: string }>('SELECT account_id FROM orders WHERE id = $1', [
      orderId,
    ]);
    return rows[0]?.account_id ?? null;
  }

  async instrument(symbol: string, tx?: Transaction): Promise<Instrument | null> {
    const on: Queryable = tx === undefined ? this.pool : pgTransaction(tx);
    return (await instrumentsBySymbol(on, [symbol])).get(symbol) ?? null;
  }

  instruments(symbols: readonly string[], tx: Transaction): Promise<ReadonlyMap<string, Instrument>> {
    return instrumentsBySymbol(pgTransaction(tx), symbols);
  }

  async open(tx: Transaction, opening: NewAccount): Promise<boolean> {
    const pg = pgTransaction(tx);
    const { account, deposit } = opening;
    const { rowCount } = await pg.query(
      `INSERT INTO accounts (id, name, data_source, broker, signal_source, currency, starting_cash, is_default, cash,
         net_deposits, market_collar, as_of, feed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $7, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
      [
        account.id,
        account.name,
        account.dataSource,
        account.broker,
        account.signalSource,
        account.currency,
        account.startingCash,
        opening.isDefault,
        opening.marketCollar,
        iso(opening.asOf),
        JSON.stringify(opening.feed),
      ],
    );
    if (rowCount === 0) return false;
    await writeBookings(pg, [deposit]);
    await this.#appendPortfolio(pg, account.id, opening.asOf);
    return true;
  }

  async lock(tx: Transaction, accountId: string): Promise<LockedAccount | null> {
    const { rows } = await pgTransaction(tx).query<AccountRow & LockedColumns>(
      'SELECT * FROM accounts WHERE id = $1 FOR UPDATE',
      [accountId],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const { deployment_id: deploymentId, feed, version, owner, epoch } = row;
    return { account: toAccount(row), deploymentId, asOf: row.as_of.getTime(), feed, version, owner, epoch };
  }

  loadState(
    tx: Transaction,
    locked: LockedAccount,
  ): Promise<{ readonly state: AccountState; readonly instruments: ReadonlyMap<string, Instrument> }> {
    return loadAccountState(pgTransaction(tx), locked);
  }

  market(tx: Transaction, instrument: Instrument): Promise<MarketState | null> {
    return lastMarket(pgTransaction(tx), instrument);
  }

  marketsBefore(tx: Transaction, bars: readonly BarOfInstrument[]): Promise<ReadonlyMap<string, MarketState>> {
    return marketsBefore(pgTransaction(tx), bars);
  }

  actionsOf(tx: Transaction, accountId: string, symbols: readonly string[]): Promise<readonly KnownAction[]> {
    return actionsOfAccount(pgTransaction(tx), accountId, symbols);
  }

  async apply(tx: Transaction, change: AccountChange): Promise<{ readonly version: number }> {
    const pg = pgTransaction(tx);
    const { before, after, events } = change;
    const scales = new Scales(change.instruments);
    await writeDecisions(pg, events, scales);
    await writeActions(pg, events, scales);
    await writeOrders(pg, events, scales, change.inputDigest ?? null);
    await writeFills(pg, change.broker, events, scales);
    await writePositions(pg, before, after, scales);
    const version = await writeAccount(pg, change);
    await checkFunds(pg, change, scales);
    for (const event of events) if (isOrderEvent(event)) pg.append(orderEvent(event, scales.of(event.order.symbol)));
    for (const event of actionEvents(events, scales)) pg.append(event);
    this.#count(pg, events);
    if (after.asOf > before.asOf) await this.#appendPortfolio(pg, after.accountId, after.asOf);
    return { version };
  }

  async saveDecisions(tx: Transaction, change: Pick<AccountChange, 'events' | 'instruments'>): Promise<void> {
    const pg = pgTransaction(tx);
    await writeDecisions(pg, change.events, new Scales(change.instruments));
    this.#count(pg, change.events);
  }

  #count(tx: Transaction, events: readonly TradingEvent[]): void {
    const { metrics } = this;
    if (metrics !== null) tx.onCommit(() => countTradingEvents(metrics, events));
  }

  async setStatus(tx: Transaction, accountId: string, status: AccountStatus): Promise<void> {
    await pgTransaction(tx).query('UPDATE accounts SET status = $2, version = version + 1 WHERE id = $1', [
      accountId,
      status,
    ]);
  }

  async restrict(tx: Transaction, accountId: string): Promise<void> {
    await pgTransaction(tx).query(
      "UPDATE accounts SET status = 'REDUCING', version = version + 1 WHERE id = $1 AND status = 'ACTIVE'",
      [accountId],
    );
  }

  deadLetter(tx: Transaction, accountId: string, event: LoggedEvent, cause: unknown): void {
    pgTransaction(tx).appendRecord(deadLetter(`account:${accountId}`, event, reasonOf(cause)));
  }

  async moveFeed(tx: Transaction, accountId: string, feed: AccountFeed): Promise<void> {
    await pgTransaction(tx).query('UPDATE accounts SET feed = $2 WHERE id = $1', [accountId, JSON.stringify(feed)]);
  }

  async passOver(
    tx: Transaction,
    accountId: string,
    { feed, time }: { readonly feed: AccountFeed; readonly time: number },
  ): Promise<void> {
    const pg = pgTransaction(tx);
    await pg.query('UPDATE accounts SET feed = $2, as_of = $3, version = version + 1 WHERE id = $1', [
      accountId,
      JSON.stringify(feed),
      iso(time),
    ]);
    await this.#appendPortfolio(pg, accountId, time);
  }

  async orderByClientId(tx: Transaction, accountId: string, clientOrderId: string): Promise<StoredOrderInput | null> {
    const { rows } = await pgTransaction(tx).query<{ id: string; input_digest: string | null }>(
      'SELECT id, input_digest FROM orders WHERE account_id = $1 AND client_order_id = $2',
      [accountId, clientOrderId],
    );
    const [row] = rows;
    return row === undefined ? null : { orderId: row.id, inputDigest: row.input_digest };
  }

  async order(tx: Transaction, orderId: string): Promise<OrderState | null> {
    const pg = pgTransaction(tx);
    const { rows } = await pg.query<OrderRow>('SELECT * FROM orders WHERE id = $1', [orderId]);
    const [row] = rows;
    if (row === undefined) return null;
    return toOrder(row, new Scales(await instrumentsBySymbol(pg, [row.symbol])).of(row.symbol));
  }

  async #appendPortfolio(pg: PgTransaction, accountId: string, asOf: number): Promise<void> {
    pg.append({
      topic: 'portfolio',
      type: 'portfolio_updated',
      key: accountId,
      eventId: timedId(asOf, 'portfolio', accountId),
      payload: await closeSlice(pg, accountId, asOf),
    });
  }
}
