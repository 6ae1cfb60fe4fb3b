import type { Deployment } from '../../domain/deployment.js';
import type { LogGapError, EventBus } from '../../ports/event-bus.js';
import type { DeploymentStore } from '../../ports/deployment-store.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { FeedTopic, LockedAccount, TradingStore } from '../../ports/trading-store.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import type { FeedEvent } from './feed-event.js';
import type { AssembledSlice } from './slice-assembler.js';

export interface SetbackOptions {
  readonly unitOfWork: UnitOfWork;
  readonly store: TradingStore;
  readonly deployments: Pick<DeploymentStore, 'end'>;
  readonly bus: Pick<EventBus, 'oldest'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What is done where an account cannot act as it should: it is said, nothing blocks for ever, and exposure only falls. */
export class AccountSetbacks {
  constructor(
    private readonly accountId: string,
    private readonly options: SetbackOptions,
    /** Locks the account and proves that it is still ours. */
    private readonly lock: (tx: Transaction) => Promise<LockedAccount>,
  ) {}

  /** Events that cannot be acted on go to the dead letters, with their slice where they are one; the account may only reduce. */
  async setAside(events: readonly FeedEvent[], cause: unknown, slice?: AssembledSlice): Promise<void> {
    const { unitOfWork, store, logger, metrics } = this.options;
    await unitOfWork.transaction(async (tx) => {
      await this.lock(tx);
      await store.restrict(tx, this.accountId);
      for (const event of events) store.deadLetter(tx, this.accountId, event, cause);
      if (slice !== undefined) await store.passOver(tx, this.accountId, slice);
    });
    metrics.count('tradegraph_trading_dead_letters_total', { account: this.accountId }, events.length);
    logger.error(
      { accountId: this.accountId, err: cause, eventIds: events.map((event) => event.eventId) },
      'events that cannot be acted on were set aside; the account may only reduce now',
    );
  }

  /** Events that the account had not acted on are deleted: it goes on from the oldest, and may only reduce. */
  async skipGap(gap: LogGapError): Promise<void> {
    const { unitOfWork, store, bus, logger } = this.options;
    const oldest = {
      market_data: await bus.oldest('market_data'),
      trading_signals: await bus.oldest('trading_signals'),
    };
    await unitOfWork.transaction(async (tx) => {
      const { feed } = await this.lock(tx);
      const after = (topic: FeedTopic) =>
        feed.offsets[topic].map((off, part) => Math.max(off, oldest[topic][part] ?? 0));
      const offsets = { market_data: after('market_data'), trading_signals: after('trading_signals') };
      await store.restrict(tx, this.accountId);
      await store.moveFeed(tx, this.accountId, { ...feed, offsets });
    });
    logger.error({ accountId: this.accountId, err: gap }, 'events were deleted before they were acted on');
  }

  /** A strategy that throws decides nothing any more: its account keeps what it holds, with its protection. */
  async endDeployment(deployment: Deployment, cause: Error): Promise<void> {
    const { unitOfWork, deployments, logger, metrics } = this.options;
    await unitOfWork.transaction(async (tx) => {
      await this.lock(tx);
      await deployments.end(tx, deployment, 'FAILED', cause.message);
    });
    metrics.count('tradegraph_deployment_failures_total', { strategy: deployment.strategy });
    logger.error(
      { accountId: this.accountId, deploymentId: deployment.id, err: cause },
      'a deployed strategy failed: it is ended, and decides nothing any more',
    );
  }
}
