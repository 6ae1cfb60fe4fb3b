import type { AccountState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import type { Signal } from '../../domain/signal.js';
import { signalEvent } from '../../domain/signal-event.js';
import { processSlice, type SliceOutcome } from '../../engines/execution/process-slice.js';
import type { Slice } from '../../engines/execution/slice.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import { NO_TRACING, type OrderOrigins, type Tracing } from '../../ports/tracing.js';
import type { LockedAccount, TradingStore } from '../../ports/trading-store.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import type { AccountBooks } from './account-books.js';
import { dueActions, type LookedUpActions } from './due-actions.js';
import { DeploymentFailedError, isStrategysFault, type StrategyHosting } from './account-strategy.js';
import type { DeployedStrategy } from './deployed-strategy.js';
import type { AssembledSlice } from './slice-assembler.js';
import { traceSlices, withinSlice, type ActedSlice } from './trace-slices.js';

export interface SliceCommitterOptions {
  readonly unitOfWork: UnitOfWork;
  readonly store: TradingStore;
  readonly hosting: StrategyHosting;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly traces?: { readonly tracing: Tracing; readonly origins: OrderOrigins };
}

/** The account follows another deployment than the one at work, or none. */
export class DeploymentChangedError extends Error {
  override readonly name = 'DeploymentChangedError';
}

/** Acts on slices of one account, and commits books, events and offsets of all of them in one transaction. */
export class SliceCommitter {
  constructor(
    private readonly accountId: string,
    private readonly options: SliceCommitterOptions,
    private readonly books: AccountBooks,
    /** Locks the account, and throws where it is no longer ours. */
    private readonly lock: (tx: Transaction) => Promise<LockedAccount>,
  ) {}

  /** @param strategy at work; it and the account's deployment must be the same, or this throws DeploymentChangedError */
  async commit(slices: readonly AssembledSlice[], strategy: DeployedStrategy | null): Promise<void> {
    const { unitOfWork, store, clock, metrics } = this.options;
    const startedMs = performance.now();
    const tracing = this.options.traces?.tracing ?? NO_TRACING;
    const acted: ActedSlice[] = [];
    const remembered = await unitOfWork.transaction(async (tx) => {
      const locked = await this.lock(tx);
      if (locked.deploymentId !== (strategy?.deployment.id ?? null)) throw new DeploymentChangedError();
      let { state, instruments } = await this.books.load(tx, locked);
      let { version } = locked;
      for (const [index, slice] of slices.entries()) {
        ({ state, instruments } = await this.books.withMarkets(tx, state, instruments, slice));
        const lookedUp = await dueActions(store, tx, state, slice.bars, index === 0);
        state = await this.restrictedBy(tx, state, lookedUp);
        const decisionTime = clock.isReplay ? slice.time : Math.max(slice.time, clock.now());
        const startMs = tracing.now();
        const decided = { ...slice, decisionTime };
        const {
          state: after,
          events,
          said,
        } = await withinSlice(tracing, this.accountId, slice, () =>
          this.act(tx, state, decided, instruments, strategy, lookedUp),
        );
        if (tracing.isOn) acted.push({ slice: decided, said, events, instruments, startMs, endMs: tracing.now() });
        const { broker } = locked.account;
        ({ version } = await store.apply(tx, { broker, before: state, after, events, instruments, feed: slice.feed }));
        state = after;
      }
      return { state, instruments, version };
    });
    this.books.remember(remembered);
    this.trace(acted);
    metrics.count('tradegraph_trading_slices_total', { account: this.accountId }, slices.length);
    metrics.observe('tradegraph_trading_commit_seconds', (performance.now() - startedMs) / 1000);
    metrics.gauge('tradegraph_trading_as_of_timestamp_seconds', remembered.state.asOf / 1000, {
      account: this.accountId,
    });
  }

  /**
   * A split that was known too late: what is held may be counted in old units, or was sold as such. The account may only reduce
   * until somebody has looked at it, and its strategy, which has seen both scales as one, is ended.
   */
  private async restrictedBy(
    tx: Transaction,
    state: AccountState,
    { actions }: LookedUpActions,
  ): Promise<AccountState> {
    const { store, logger } = this.options;
    if (actions.late.length === 0) return state;
    logger.error(
      { accountId: this.accountId, actions: actions.late },
      'corporate actions were known too late: nothing was booked, look at what the account holds',
    );
    if (actions.late.every(({ kind }) => kind === 'DIVIDEND') || state.status !== 'ACTIVE') return state;
    await store.restrict(tx, this.accountId);
    return { ...state, status: 'REDUCING' };
  }

  /** Moves the account over a slice; what its strategy says of it is stored with what comes of it. */
  private async act(
    tx: Transaction,
    state: AccountState,
    slice: Slice,
    instruments: ReadonlyMap<string, Instrument>,
    strategy: DeployedStrategy | null,
    { actions, known }: LookedUpActions,
  ): Promise<SliceOutcome & { readonly said: readonly Signal[] }> {
    const settings = this.books.settings(instruments);
    if (strategy === null) return { ...processSlice(state, slice, settings, undefined, actions), said: [] };
    try {
      strategy.learn(known);
      const asked = strategy.within(slice);
      const outcome = processSlice(state, slice, settings, asked.ask, actions);
      const signals = asked.signals();
      await this.options.hosting.signals.saveSignals(tx, signals);
      for (const signal of signals) tx.append(signalEvent(signal));
      return { ...outcome, said: signals };
    } catch (error) {
      throw isStrategysFault(error) ? new DeploymentFailedError(strategy.deployment, error) : error;
    }
  }

  /** Beside the work: what is traced is committed, and the next slice need not wait for it. */
  private trace(acted: readonly ActedSlice[]): void {
    const { traces, logger } = this.options;
    if (traces === undefined || acted.length === 0) return;
    traceSlices(traces.tracing, traces.origins, this.accountId, acted).catch((error: unknown) =>
      logger.debug({ accountId: this.accountId, err: error }, 'slices could not be traced'),
    );
  }
}
