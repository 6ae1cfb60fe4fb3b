import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isDatabaseFault } from '../adapters/postgres/event-log/database-fault.js';
import { PgBarHistory } from '../adapters/postgres/bar-history.js';
import { PgDeploymentStore } from '../adapters/postgres/deployment-store.js';
import { boundedCall } from '../adapters/strategies/bounded-call.js';
import { StrategyFolder } from '../adapters/strategies/strategy-folder.js';
import { PgTradingStore } from '../adapters/postgres/trading-store.js';
import type { Services } from '../resolvers/context.js';
import type { StrategyHosting } from '../services/trading/account-strategy.js';
import type { TradingDesk } from '../services/trading/books-by-hand.js';
import { CancelOrder } from '../services/trading/cancel-order.js';
import { CreateOrder } from '../services/trading/create-order.js';
import { FlattenAccount } from '../services/trading/flatten-account.js';
import { DEFAULT_ACCOUNTS, OpenAccounts } from '../services/trading/open-accounts.js';
import { PreviewOrder } from '../services/trading/preview-order.js';
import { ReplaceOrder } from '../services/trading/replace-order.js';
import { SetAccountStatus } from '../services/trading/set-account-status.js';
import { NATIVE_PROFILE } from '../services/trading/trading-profile.js';
import { TradingService } from '../services/trading/trading-service.js';
import type { Foundation } from './foundation.js';

const STARTING_CASH = '100000';
const CURRENCY = 'USD';
/** Long enough for a stop-the-world pause, short enough that the accounts of a crashed process are soon taken over. */
const LEASE_MS = 10_000;

/** A strategy of the user's decides on one bar in microseconds; one that takes so long never will. */
const STRATEGY_ANSWER_MS = 1_000;

type TradingByHand = Pick<
  Services,
  'createOrder' | 'previewOrder' | 'replaceOrder' | 'cancelOrder' | 'flattenAccount' | 'setAccountStatus'
>;

/** Trading as every process knows it: orders by hand anywhere, the accounts where `start` is called. */
export interface Trading {
  /** What is done by hand. */
  readonly byHand: TradingByHand;
  /** Opens the accounts of this data source, each exactly once. To be called before bars flow. */
  openAccounts(): Promise<void>;
  start(): Promise<void>;
}

export function openTrading(foundation: Foundation): Trading {
  const { database, eventLog, instruments, clock, source, metrics, config, shutdown } = foundation;
  const { unitOfWork, eventBus: bus } = eventLog;
  const logger = foundation.logger.child({ role: 'trading' });
  const store = new PgTradingStore(database.pool);
  const desk = { unitOfWork, store, clock, profile: NATIVE_PROFILE, newId: randomUUID };
  const hosting = strategyHosting(foundation);
  return {
    byHand: tradingByHand(desk),
    async openAccounts() {
      await new OpenAccounts(desk, bus, logger).execute({
        dataSource: source.name,
        broker: config.BROKER,
        currency: CURRENCY,
        startingCash: STARTING_CASH,
        accounts: DEFAULT_ACCOUNTS,
        live: (await instruments.tracked()).map(({ instrument, timeframe }) => ({
          symbol: instrument.symbol,
          timeframe,
        })),
      });
    },
    async start() {
      const service = new TradingService({
        unitOfWork,
        store,
        hosting,
        bus,
        clock,
        logger,
        metrics,
        profile: NATIVE_PROFILE,
        dataSource: source.name,
        owner: `${hostname()}:${process.pid}:${randomUUID()}`,
        leaseMs: LEASE_MS,
        boundMs: config.SLICE_WAIT_SECONDS * 1000,
        isTransient: isDatabaseFault,
      });
      service.start();
      shutdown.add('trading', () => service.stop());
    },
  };
}

function tradingByHand(desk: TradingDesk): TradingByHand {
  const [createOrder, previewOrder] = [new CreateOrder(desk), new PreviewOrder(desk)];
  const [replaceOrder, cancelOrder] = [new ReplaceOrder(desk), new CancelOrder(desk)];
  const [flattenAccount, setAccountStatus] = [new FlattenAccount(desk), new SetAccountStatus(desk)];
  return {
    createOrder: (command) => createOrder.execute(command),
    previewOrder: (command) => previewOrder.execute(command),
    replaceOrder: (command) => replaceOrder.execute(command),
    cancelOrder: (orderId) => cancelOrder.execute(orderId),
    flattenAccount: (accountId) => flattenAccount.execute(accountId),
    setAccountStatus: (accountId, status) => setAccountStatus.execute(accountId, status),
  };
}

function strategyHosting({ database, instruments, mlStore, config }: Foundation): StrategyHosting {
  return {
    deployments: new PgDeploymentStore(database.pool),
    strategies: new StrategyFolder(config.TRADEGRAPH_STRATEGIES),
    bars: new PgBarHistory(database.pool),
    signals: mlStore,
    instrument: (symbol) => instruments.instrument(symbol),
    bounded: boundedCall(STRATEGY_ANSWER_MS),
  };
}
