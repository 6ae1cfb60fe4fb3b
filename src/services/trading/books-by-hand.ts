import type { Instrument } from '../../domain/instrument.js';
import { AccountDraft } from '../../engines/execution/account-draft.js';
import { beginDay } from '../../engines/execution/process-slice.js';
import type { Clock } from '../../ports/clock.js';
import type { AccountChange, LockedAccount, TradingStore } from '../../ports/trading-store.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { tradingSettings, type TradingProfile } from './trading-profile.js';

/** What the use cases by hand (orders, cancellations, statuses) work with. */
export interface TradingDesk {
  readonly unitOfWork: UnitOfWork;
  readonly store: TradingStore;
  readonly clock: Clock;
  readonly profile: TradingProfile;
  /** New ids for what has no natural key; UUIDs. */
  readonly newId: () => string;
}

/** A locked account with its books loaded, ready to be changed. */
export interface OpenBooks {
  readonly draft: AccountDraft;
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Decision time: the market clock, but never before what the account has acted on. */
  readonly now: number;
  /** Stores what the draft has become, with its events. */
  save(options?: Pick<AccountChange, 'inputDigest'>): Promise<void>;
}

/** Loads the books of a locked account; `traded` are instruments beyond those that it holds. */
export async function openBooks(
  desk: TradingDesk,
  tx: Transaction,
  locked: LockedAccount,
  traded: readonly Instrument[] = [],
): Promise<OpenBooks> {
  const loaded = await desk.store.loadState(tx, locked);
  const instruments = new Map([...loaded.instruments, ...traded.map((each) => [each.symbol, each] as const)]);
  const markets = new Map(loaded.state.markets);
  for (const instrument of instruments.values()) {
    const market = await desk.store.market(tx, instrument);
    if (market !== null) markets.set(instrument.symbol, market);
  }
  const before = { ...loaded.state, markets };
  const draft = new AccountDraft(before, tradingSettings(desk.profile, instruments));
  const now = Math.max(desk.clock.now(), locked.asOf);
  // A loss of yesterday does not bind today, though the first slice of today is still to come.
  beginDay(draft, now);
  const { broker } = locked.account;
  return {
    draft,
    instruments,
    now,
    async save(options = {}) {
      const after = draft.finish(before.asOf);
      const { events } = draft;
      await desk.store.apply(tx, { broker, before, after, events, instruments, checkAtLastClose: true, ...options });
    },
  };
}
