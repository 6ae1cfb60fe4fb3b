import type { DataSource } from '../../domain/instrument.js';
import type { EventBus } from '../../ports/event-bus.js';
import { AccountFencedError, AccountRunner, type RunnerOptions } from './account-runner.js';
import { TurnReads } from './turn-reads.js';

export interface TradingServiceOptions extends Omit<RunnerOptions, 'bus'> {
  readonly bus: Pick<EventBus, 'read' | 'oldest' | 'head' | 'onAppend'>;
  readonly dataSource: DataSource;
  /** How long an account stays with a process that is not heard of. */
  readonly leaseMs: number;
  /** Pause after a transient fault, doubled up to 5 s while no account moves. Milliseconds; 100 when left out. */
  readonly backOffMs?: number;
}

/** Poll as a fall-back for wake-ups that were missed. */
const POLL_MS = 250;
const FIRST_BACK_OFF_MS = 100;
const LAST_BACK_OFF_MS = 5000;

/** What one turn over the accounts came to. */
interface Turn {
  /** There is more to do at once. */
  more: boolean;
  /** At least one account went without a fault. */
  moved: boolean;
  /** The first transient fault. */
  fault: unknown;
}

/** Claims accounts and moves each along the log, until it is stopped. */
export class TradingService {
  private readonly runners = new Map<string, AccountRunner>();
  private running: Promise<void> | null = null;
  private stopping = false;
  private wake: () => void = () => undefined;
  private woken = false;
  private claimAgainAtMs = 0;
  private claimedAtMs = Number.NEGATIVE_INFINITY;
  private backOffMs = 0;

  private readonly reads: TurnReads;

  constructor(private readonly options: TradingServiceOptions) {
    this.reads = new TurnReads(options.bus);
  }

  /** Ids of the accounts that this process moves. */
  get accountIds(): readonly string[] {
    return [...this.runners.keys()];
  }

  /** Whether its leases hold: it has renewed them, and looked for more, in time. */
  get holdsLeases(): boolean {
    return performance.now() - this.claimedAtMs < this.options.leaseMs;
  }

  start(): void {
    if (this.running !== null) return;
    this.stopping = false;
    const unsubscribe = this.options.bus.onAppend((topic) => {
      if (topic === 'market_data' || topic === 'trading_signals' || topic === 'orders') this.wakeUp();
    });
    this.running = this.run().finally(unsubscribe);
  }

  /** Finishes the transaction at hand and gives the accounts back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp();
    await this.running;
    this.running = null;
    this.runners.clear();
    await this.options.store.release(this.options.owner);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const turn = await this.turn().catch((error: unknown): Turn => ({ more: false, moved: false, fault: error }));
      if (turn.fault === undefined) {
        this.backOffMs = 0;
        if (!turn.more) await this.sleep(POLL_MS);
        continue;
      }
      const { backOffMs: first = FIRST_BACK_OFF_MS } = this.options;
      this.backOffMs = turn.moved ? first : Math.min(LAST_BACK_OFF_MS, Math.max(first, this.backOffMs * 2));
      this.options.metrics.count('tradegraph_trading_faults_total');
      this.options.logger.warn({ err: turn.fault, retryInMs: this.backOffMs }, 'trading will try again');
      await this.sleep(this.backOffMs);
    }
  }

  /** One turn over all accounts: a fault of one does not keep the others from moving. */
  private async turn(): Promise<Turn> {
    await this.claimWhenDue();
    const turn: Turn = { more: false, moved: false, fault: undefined };
    if (this.runners.size === 0) return turn;
    const { bus, store } = this.options;
    this.reads.begin();
    const heads = { market_data: await bus.head('market_data'), trading_signals: await bus.head('trading_signals') };
    for (const runner of this.runners.values()) {
      if (this.stopping) return turn;
      // A turn over many accounts may take longer than a lease: what is not renewed within it would be taken by others.
      await this.claimWhenDue();
      if (this.runners.get(runner.accountId) !== runner) continue;
      await this.owned(runner, turn, async () => {
        const more = await runner.advance(heads);
        turn.more ||= more;
        turn.moved = true;
      });
    }
    for (const accountId of await store.accountsWithPendingOrders(this.accountIds)) {
      const runner = this.runners.get(accountId);
      if (runner !== undefined) await this.owned(runner, turn, () => runner.acceptOrders());
    }
    return turn;
  }

  /** Runs an act of an account, and lets the account go when it is another's. */
  private async owned(runner: AccountRunner, turn: Turn, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof AccountFencedError) {
        const { accountId, epoch } = runner;
        this.options.logger.warn({ accountId, epoch }, 'the account is owned elsewhere now');
        this.runners.delete(accountId);
      } else turn.fault ??= error;
    }
  }

  private async claimWhenDue(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs < this.claimAgainAtMs) return;
    const { store, owner, dataSource, leaseMs, logger } = this.options;
    const { claimed: accounts, givenBack } = await store.claim(owner, dataSource, leaseMs);
    for (const accountId of givenBack) {
      this.runners.delete(accountId);
      logger.info({ accountId }, 'account given back: another process takes its share');
    }
    for (const claimed of accounts) {
      if (this.runners.get(claimed.accountId)?.epoch === claimed.epoch) continue;
      this.runners.set(claimed.accountId, new AccountRunner(claimed, { ...this.options, bus: this.reads }));
      logger.info(claimed, 'account claimed');
    }
    this.claimAgainAtMs = nowMs + leaseMs / 3;
    this.claimedAtMs = nowMs;
  }

  private wakeUp(): void {
    this.woken = true;
    this.wake();
  }

  /** Until something is appended, `ms` at most. */
  private async sleep(ms: number): Promise<void> {
    // Back-off is a pause, not a wait for news.
    if (this.woken && this.backOffMs === 0) {
      this.woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        if (this.backOffMs > 0 && !this.stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
    this.woken = false;
  }
}
