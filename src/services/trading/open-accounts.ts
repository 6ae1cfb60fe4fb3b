import type { BrokerName } from '../../domain/account.js';
import type { DataSource } from '../../domain/instrument.js';
import { invariant } from '../../domain/result.js';
import { moneyToText, parseSteps } from '../../engines/portfolio/decimal-text.js';
import { currencyIncrement } from '../../engines/portfolio/instrument-scale.js';
import { depositBooking } from '../../engines/portfolio/ledger.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Logger } from '../../ports/logger.js';
import type { LiveSeries } from '../../ports/trading-store.js';
import type { TradingDesk } from './books-by-hand.js';

/** One account to be there. */
export interface AccountPlan {
  /** Its id is `<data source>-<name>`. */
  readonly name: string;
  /** Null for orders by hand only. */
  readonly signalSource: string | null;
  readonly isDefault: boolean;
}

/** The accounts of the demo: one a signal source, and one for orders by hand. */
export const DEFAULT_ACCOUNTS: readonly AccountPlan[] = [
  { name: 'manual', signalSource: null, isDefault: true },
  { name: 'ema-cross', signalSource: 'ema-cross', isDefault: false },
  { name: 'lstm', signalSource: 'lstm', isDefault: false },
];

export interface OpenAccountsOptions {
  readonly dataSource: DataSource;
  readonly broker: BrokerName;
  readonly currency: string;
  /** Decimal text. */
  readonly startingCash: string;
  readonly accounts: readonly AccountPlan[];
  /** Series that will deliver bars: the first slice waits for all of them. Further ones join with their first bar. */
  readonly live: readonly LiveSeries[];
}

/** Opens accounts with their deposit, each exactly once. To be run before bars flow: earlier ones are history. */
export class OpenAccounts {
  constructor(
    private readonly desk: Pick<TradingDesk, 'unitOfWork' | 'store' | 'clock' | 'profile'>,
    private readonly bus: Pick<EventBus, 'head' | 'oldest'>,
    private readonly logger: Logger,
  ) {}

  /** Answers the ids of the accounts that are new. */
  async execute(options: OpenAccountsOptions): Promise<readonly string[]> {
    const { dataSource, currency, startingCash } = options;
    // Slices fill orders by simulation: an account of a real broker needs its adapter first.
    invariant(options.broker === 'paper', `broker ${options.broker} is not supported yet`);
    const cash = parseSteps(startingCash, currencyIncrement(currency));
    invariant(cash.ok, `starting cash ${startingCash} is not an amount of ${currency}`);
    const amount = moneyToText(cash.value, currencyIncrement(currency));
    const opened: string[] = [];
    for (const { name, signalSource, isDefault } of options.accounts) {
      const id = `${dataSource}-${name}`;
      const asOf = this.desk.clock.now();
      // A replay is acted on from its first bar; live, what was before an account is not its business.
      const from = this.desk.clock.isReplay ? this.bus.oldest.bind(this.bus) : this.bus.head.bind(this.bus);
      const offsets = { market_data: await from('market_data'), trading_signals: await from('trading_signals') };
      const isNew = await this.desk.unitOfWork.transaction((tx) =>
        this.desk.store.open(tx, {
          account: { id, name, dataSource, broker: options.broker, signalSource, currency, startingCash: amount },
          isDefault,
          marketCollar: this.desk.profile.limits.collarFraction,
          asOf,
          feed: { offsets, live: options.live },
          deposit: depositBooking(id, currency, cash.value, asOf),
        }),
      );
      if (!isNew) continue;
      opened.push(id);
      this.logger.info({ accountId: id, startingCash: amount, currency, signalSource }, 'account opened');
    }
    return opened;
  }
}
