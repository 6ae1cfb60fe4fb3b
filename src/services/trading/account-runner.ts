import { PARTITIONS } from '../../domain/topics.js';
import { AccountDraft } from '../../engines/execution/account-draft.js';
import { acceptPending } from '../../engines/execution/process-slice.js';
import { LogGapError, type EventBus, type OffsetVector } from '../../ports/event-bus.js';
import type { AccountFeed, ClaimedAccount, FeedTopic, LockedAccount } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { AccountBooks } from './account-books.js';
import { AccountSetbacks } from './account-setbacks.js';
import { DeploymentFailedError, openDeployment } from './account-strategy.js';
import type { DeployedStrategy } from './deployed-strategy.js';
import type { FeedEvent } from './feed-event.js';
import { DeploymentChangedError, SliceCommitter, type SliceCommitterOptions } from './slice-committer.js';
import { SliceAssembler, type AssembledSlice } from './slice-assembler.js';
import type { TradingProfile } from './trading-profile.js';

export interface RunnerOptions extends SliceCommitterOptions {
  readonly bus: Pick<EventBus, 'read' | 'oldest'>;
  readonly profile: TradingProfile;
  /** Unique to the process. */
  readonly owner: string;
  /** How long a live slice waits for what is missing; a replay waits for ever. */
  readonly boundMs: number;
  /** True for faults that say nothing of the work (a lost connection, a deadlock): tried again without end. */
  readonly isTransient: (error: unknown) => boolean;
}

/** Somebody else owns the account now: whatever is remembered of it is void. */
export class AccountFencedError extends Error {
  override readonly name = 'AccountFencedError';
}

type Heads = Readonly<Record<FeedTopic, OffsetVector>>;
const FEED_TOPICS: readonly FeedTopic[] = ['market_data', 'trading_signals'];
/** Events read of a partition at a time. */
const READ_LIMIT = 500;
/** Slices of one transaction at most: catching up commits less often, and a rollback loses little. */
const SLICES_PER_TRANSACTION = 25;
/** A strategy whose file took too long to be looked at is awaited for so long: a machine that is busy is no reason to end a deployment. */
const STRATEGY_AWAITED_MS = 600_000;
/** Times that a slice is tried before it is given up. */
const ATTEMPTS_MAX = 3;

/**
 * Moves one claimed account along the log: reads its events from its own offsets, makes slices, and commits each with
 * books, events and offsets in one transaction that is fenced by owner and epoch. Nothing in memory outlives a rollback.
 */
export class AccountRunner {
  readonly accountId: string;
  readonly epoch: number;
  private assembler: SliceAssembler | null = null;
  private stored: AccountFeed | null = null;
  private strategy: DeployedStrategy | null = null;
  private strategyLateSince: number | null = null;
  private readonly setbacks: AccountSetbacks;
  private readonly books: AccountBooks;
  private readonly committer: SliceCommitter;
  /** Failures of the slice at hand that it may be the cause of. */
  private failures = 0;
  /** Slices of the next transaction at most: one after a failure, so that the one that fails is known; then more again. */
  private runLength = SLICES_PER_TRANSACTION;

  constructor(
    claimed: ClaimedAccount,
    private readonly options: RunnerOptions,
  ) {
    this.accountId = claimed.accountId;
    this.epoch = claimed.epoch;
    this.books = new AccountBooks(options.store, options.profile);
    this.committer = new SliceCommitter(this.accountId, options, this.books, (tx) => this.lock(tx));
    const { deployments } = options.hosting;
    this.setbacks = new AccountSetbacks(this.accountId, { ...options, deployments }, (tx) => this.lock(tx));
  }

  /**
   * Acts on what has been appended up to `heads`. True when there may be more to do at once. Throws AccountFencedError when
   * the account is another's, transient faults, and DeploymentFailedError while its strategy may yet come.
   */
  async advance(heads: Heads): Promise<boolean> {
    try {
      const assembler = await this.openAssembler();
      const read = await this.read(assembler, heads);
      const slices = this.readySlices(assembler);
      if (slices.length === 0) await this.moveFeed(assembler.feed);
      else {
        await this.committer.commit(slices, this.strategy);
        this.stored = slices.at(-1)?.feed ?? this.stored;
        this.failures = 0;
        this.runLength = Math.min(SLICES_PER_TRANSACTION, this.runLength * 2);
      }
      return read || slices.length > 0;
    } catch (error) {
      this.forget();
      this.runLength = 1;
      if (error instanceof AccountFencedError || this.options.isTransient(error)) throw error;
      // Begun or ended by hand: what is open is opened anew.
      if (error instanceof DeploymentChangedError) return true;
      if (error instanceof DeploymentFailedError) {
        if (error.retriable && this.mayYetCome()) throw error;
        await this.setbacks.endDeployment(error.deployment, error);
        return true;
      }
      this.options.metrics.count('tradegraph_trading_slice_failures_total', { account: this.accountId });
      this.options.logger.error({ accountId: this.accountId, err: error }, 'a slice failed and was rolled back');
      if (error instanceof LogGapError) await this.setbacks.skipGap(error);
      else if ((this.failures += 1) >= ATTEMPTS_MAX) await this.giveUpSlice(heads, error);
      return true;
    }
  }

  /** Whether a strategy that is late is waited for still. */
  private mayYetCome(): boolean {
    this.strategyLateSince ??= performance.now();
    return performance.now() - this.strategyLateSince < STRATEGY_AWAITED_MS;
  }

  /** The paper broker accepts what was placed by hand. */
  async acceptOrders(): Promise<void> {
    // The version moves on: the next slice loads the books anew, with the markets that are known.
    await this.options.unitOfWork.transaction(async (tx) => {
      const locked = await this.lock(tx);
      const { state, instruments } = await this.books.load(tx, locked);
      const draft = new AccountDraft(state, this.books.settings(instruments));
      acceptPending(draft, Math.max(this.options.clock.now(), state.asOf));
      if (draft.events.length === 0) return;
      const after = draft.finish(state.asOf);
      const { broker } = locked.account;
      await this.options.store.apply(tx, { broker, before: state, after, events: draft.events, instruments });
    });
  }

  private forget(): void {
    this.assembler = null;
    this.stored = null;
    this.strategy = null;
    this.books.forget();
  }

  private async openAssembler(): Promise<SliceAssembler> {
    if (this.assembler !== null) return this.assembler;
    const locked = await this.options.unitOfWork.transaction(async (tx) => {
      const account = await this.lock(tx);
      const symbols = account.feed.live.map(({ symbol }) => symbol);
      await this.books.know(tx, symbols);
      return account;
    });
    this.stored = locked.feed;
    const { deploymentId } = locked;
    this.strategy =
      deploymentId === null ? null : await openDeployment(this.options.hosting, deploymentId, locked.asOf);
    this.strategyLateSince = null;
    this.assembler = new SliceAssembler(locked.feed, locked.asOf, {
      // A deployed strategy is asked within the slice: there is nothing to wait for.
      signalSource: deploymentId === null ? locked.account.signalSource : null,
      boundMs: this.options.clock.isReplay ? null : this.options.boundMs,
      marketIsOpen: (symbol, time) => this.books.marketIsOpen(symbol, time),
    });
    return this.assembler;
  }

  private async read(assembler: SliceAssembler, heads: Heads): Promise<boolean> {
    let more = false;
    for (const topic of FEED_TOPICS) {
      for (let part = 0; part < PARTITIONS; part += 1) {
        const from = assembler.nextToRead(topic, part);
        const known = (heads[topic][part] ?? 0) - from;
        if (known <= 0 || !assembler.mayRead(topic, part)) continue;
        const limit = Math.min(READ_LIMIT, known);
        const events: readonly FeedEvent[] = await this.options.bus.read(topic, part, from, limit);
        for (const event of events) await this.take(assembler, event);
        more ||= events.length === READ_LIMIT;
      }
    }
    return more;
  }

  /** An event that cannot be read is set aside; the account may only reduce until somebody has looked at it. */
  private async take(assembler: SliceAssembler, event: FeedEvent): Promise<void> {
    try {
      assembler.take(event, this.wallMs());
    } catch (error) {
      await this.setbacks.setAside([event], error);
    }
  }

  private readySlices(assembler: SliceAssembler): AssembledSlice[] {
    const slices: AssembledSlice[] = [];
    while (slices.length < this.runLength) {
      const slice = assembler.next(this.wallMs());
      if (slice === null) break;
      slices.push(slice);
    }
    return slices;
  }

  /** Locks the account and proves that it is still ours. */
  private async lock(tx: Transaction): Promise<LockedAccount> {
    const locked = await this.options.store.lock(tx, this.accountId);
    if (locked === null || locked.owner !== this.options.owner || locked.epoch !== this.epoch) {
      throw new AccountFencedError(`${this.accountId} is no longer owned at epoch ${this.epoch}`);
    }
    return locked;
  }

  /** Events that are nobody's business move the offsets too, or they would be read for ever. */
  private async moveFeed(feed: AccountFeed): Promise<void> {
    if (this.stored !== null && sameOffsets(this.stored, feed)) return;
    await this.options.unitOfWork.transaction(async (tx) => {
      await this.lock(tx);
      await this.options.store.moveFeed(tx, this.accountId, feed);
    });
    this.stored = feed;
  }

  /** The slice that keeps failing is passed over: its events go to the dead letters, and the account may only reduce. */
  private async giveUpSlice(heads: Heads, cause: unknown): Promise<void> {
    const assembler = await this.openAssembler();
    await this.read(assembler, heads);
    const slice = assembler.next(this.wallMs());
    if (slice !== null) await this.setbacks.setAside(slice.events, cause, slice);
    this.forget();
    this.failures = 0;
  }

  /** Only for the bound of live slices, where market time is wall time. */
  private wallMs(): number {
    return this.options.clock.now();
  }
}

const sameOffsets = (a: AccountFeed, b: AccountFeed): boolean =>
  FEED_TOPICS.every((topic) => a.offsets[topic].every((off, part) => off === b.offsets[topic][part])) &&
  a.live.length === b.live.length;
