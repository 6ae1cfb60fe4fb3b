import type { KnownAction } from '../domain/account-action.js';
import type { AccountState, MarketState } from '../domain/account-state.js';
import type { Booking } from '../domain/books.js';
import type { OrderState } from '../domain/order-state.js';
import type { TradingEvent } from '../domain/trading-event.js';
import type { Account, AccountStatus } from '../domain/account.js';
import type { Instrument } from '../domain/instrument.js';
import type { BusinessTopic } from '../domain/topics.js';
import type { LoggedEvent } from '../domain/events.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { OffsetVector } from './event-bus.js';
import type { Transaction } from './unit-of-work.js';

export type FeedTopic = Extract<BusinessTopic, 'market_data' | 'trading_signals'>;

/** Up to where an account has acted: what its next reader begins with. */
export interface AccountFeed {
  /** First event of each partition that has not been acted on. */
  readonly offsets: Readonly<Record<FeedTopic, OffsetVector>>;
  /** Series whose bars a slice waits for. */
  readonly live: readonly LiveSeries[];
}

export interface LiveSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** A bar of an instrument, by its open time. */
export interface BarOfInstrument {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly timestamp: number;
}

/** An account's row, locked until the transaction ends. */
export interface LockedAccount {
  readonly account: Account;
  /** The deployment that decides for it; null for an account that none trades. */
  readonly deploymentId: string | null;
  readonly asOf: number;
  readonly feed: AccountFeed;
  /** Grows with each change of books or orders: a state loaded at this version is still good while it stands. */
  readonly version: number;
  readonly owner: string | null;
  readonly epoch: number;
}

export interface ClaimedAccount {
  readonly accountId: string;
  readonly epoch: number;
}

/** What of an account's state changed, and why: stored in one transaction with its events. */
export interface AccountChange {
  readonly broker: Account['broker'];
  readonly before: AccountState;
  readonly after: AccountState;
  readonly events: readonly TradingEvent[];
  /** Of every symbol that the events and the state speak of. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Digest of what was asked for, of an order by hand that is new. */
  readonly inputDigest?: string;
  /** The database looks a market order's price up itself: for orders by hand, whose market is the last stored bar. */
  readonly checkAtLastClose?: boolean;
  /** Left out when the feed does not move (orders by hand). */
  readonly feed?: AccountFeed;
}

/** A new account with its opening deposit. */
export interface NewAccount {
  readonly account: Omit<Account, 'createdAt' | 'status'>;
  readonly isDefault: boolean;
  readonly marketCollar: number;
  readonly asOf: number;
  readonly feed: AccountFeed;
  readonly deposit: Booking;
}

export interface StoredOrderInput {
  readonly orderId: string;
  readonly inputDigest: string | null;
}

/** What one process has of the accounts after a claim. */
export interface AccountShare {
  /** Its accounts; one that it holds is left out while somebody else keeps its row locked. */
  readonly claimed: readonly ClaimedAccount[];
  /** Ids of those that it held and that are beyond its share now: no longer its business. */
  readonly givenBack: readonly string[];
}

/** Accounts, their orders and their books. What is asked inside a transaction is asked of a locked account. */
export interface TradingStore {
  /**
   * Renews the accounts that are ours and brings them to our fair share of a data source's: takes free and expired ones, the
   * epoch growing with the new owner, or gives back. To be called by an owner that has no transaction of an account under way.
   */
  claim(owner: string, dataSource: Instrument['dataSource'], leaseMs: number): Promise<AccountShare>;
  /** Gives accounts back, so that another process need not wait for the lease. */
  release(owner: string): Promise<void>;
  /** Accounts of these that have orders no broker has accepted yet. */
  accountsWithPendingOrders(accountIds: readonly string[]): Promise<readonly string[]>;
  /** The account of an order, or null when there is no such order. */
  accountOfOrder(orderId: string): Promise<string | null>;

  /** False, and nothing done, when the account is there already. Appends its first portfolio event. */
  open(tx: Transaction, account: NewAccount): Promise<boolean>;
  /** Locks the account's row; null when there is none. */
  lock(tx: Transaction, accountId: string): Promise<LockedAccount | null>;
  /** Cash, positions, open orders, the day, and the instruments that they speak of; `markets` is left empty. */
  loadState(
    tx: Transaction,
    locked: LockedAccount,
  ): Promise<{ readonly state: AccountState; readonly instruments: ReadonlyMap<string, Instrument> }>;
  /** Where an account is locked, `tx` is its transaction: a second connection may never be had while others wait for it. */
  instrument(symbol: string, tx?: Transaction): Promise<Instrument | null>;
  /** As `instrument`, those that are stored, in one query. */
  instruments(symbols: readonly string[], tx: Transaction): Promise<ReadonlyMap<string, Instrument>>;
  /** The last stored bar of the symbol's tracked series; null when none is tracked, or all have ended. */
  market(tx: Transaction, instrument: Instrument): Promise<MarketState | null>;
  /** What the bars that opened before each of these leave behind, by symbol; none where there are none. */
  marketsBefore(tx: Transaction, bars: readonly BarOfInstrument[]): Promise<ReadonlyMap<string, MarketState>>;

  /** The stored splits and dividends of symbols as they stand with the account; by symbol and ex-date, splits first. */
  actionsOf(tx: Transaction, accountId: string, symbols: readonly string[]): Promise<readonly KnownAction[]>;

  /**
   * Stores what changed with its `orders` events and, when time went on, the snapshot and its `portfolio` event. Throws
   * FundsRefusedError when the database's own check refuses a new order.
   */
  apply(tx: Transaction, change: AccountChange): Promise<{ readonly version: number }>;
  /** Risk decisions without orders: a denial stores nothing else. */
  saveDecisions(tx: Transaction, change: Pick<AccountChange, 'events' | 'instruments'>): Promise<void>;
  setStatus(tx: Transaction, accountId: string, status: AccountStatus): Promise<void>;
  /** ACTIVE becomes REDUCING; a halt stays one. */
  restrict(tx: Transaction, accountId: string): Promise<void>;
  /** Sets an event aside that an account cannot act on, with the reason. */
  deadLetter(tx: Transaction, accountId: string, event: LoggedEvent, cause: unknown): void;
  /** Moves the feed without any slice, past events that are nobody's business. */
  moveFeed(tx: Transaction, accountId: string, feed: AccountFeed): Promise<void>;
  /** Moves feed and time past a slice that cannot be acted on: what is of its time comes too late from then on. */
  passOver(
    tx: Transaction,
    accountId: string,
    slice: { readonly feed: AccountFeed; readonly time: number },
  ): Promise<void>;
  orderByClientId(tx: Transaction, accountId: string, clientOrderId: string): Promise<StoredOrderInput | null>;
  /** An order as it stands, open or ended; null when there is none. */
  order(tx: Transaction, orderId: string): Promise<OrderState | null>;
}

/** `check_available_funds` said no: the engine and the database do not agree on what is free. */
export class FundsRefusedError extends Error {
  override readonly name = 'FundsRefusedError';
  constructor(readonly order: OrderState) {
    super(`the database refuses ${order.side} ${order.symbol} of order ${order.id}: not enough free cash or position`);
  }
}
