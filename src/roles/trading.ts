import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ReadinessCheck } from '../api/health.js';
import { isDatabaseFault } from '../adapters/postgres/event-log/database-fault.js';
import { PgOrderOrigins } from '../adapters/postgres/pg-order-origins.js';
import { PgTradingStore } from '../adapters/postgres/trading-store.js';
import type { Tracing } from '../ports/tracing.js';
import type { Services } from '../resolvers/context.js';
import type { TradingDesk } from '../services/trading/books-by-hand.js';
import { CancelOrder } from '../services/trading/cancel-order.js';
import { CreateOrder } from '../services/trading/create-order.js';
import { FlattenAccount } from '../services/trading/flatten-account.js';
import { DEFAULT_ACCOUNTS, OpenAccounts, type AccountPlan } from '../services/trading/open-accounts.js';
import { PreviewOrder } from '../services/trading/preview-order.js';
import { ReplaceOrder } from '../services/trading/replace-order.js';
import { SetAccountStatus } from '../services/trading/set-account-status.js';
import { NATIVE_PROFILE } from '../services/trading/trading-profile.js';
import { tracedByHand } from '../services/trading/trace-by-hand.js';
import { TradingService } from '../services/trading/trading-service.js';
import { openDeployments, type Deployments } from './deployments.js';
import type { Foundation } from './foundation.js';

const STARTING_CASH = '100000';
const CURRENCY = 'USD';
/** Long enough for a stop-the-world pause, short enough that the accounts of a crashed process are soon taken over. */
const LEASE_MS = 10_000;

type TradingByHand = Pick<
  Services,
  'createOrder' | 'previewOrder' | 'replaceOrder' | 'cancelOrder' | 'flattenAccount' | 'setAccountStatus'
>;

/** Trading as every process knows it: orders by hand anywhere, the accounts where `start` is called. */
export interface Trading {
  /** What is done by hand. */
  readonly byHand: TradingByHand;
  readonly deployments: Deployments['useCases'];
  /** Opens the accounts of this data source, each exactly once. To be called before bars flow. */
  openAccounts(): Promise<void>;
  start(): Promise<void>;
  /** Whether this process has its share of the accounts. */
  readonly readiness: ReadinessCheck;
}

export function openTrading(foundation: Foundation): Trading {
  const { database, eventLog, instruments, clock, source, metrics, tracing, config, shutdown } = foundation;
  const { unitOfWork, eventBus: bus } = eventLog;
  const logger = foundation.logger.child({ role: 'trading' });
  const store = new PgTradingStore(database.pool, metrics);
  const desk = { unitOfWork, store, clock, profile: NATIVE_PROFILE, newId: randomUUID };
  const openAccounts = async (accounts: readonly AccountPlan[]): Promise<void> => {
    await new OpenAccounts(desk, bus, logger).execute({
      dataSource: source.name,
      broker: config.BROKER,
      currency: CURRENCY,
      startingCash: STARTING_CASH,
      accounts,
      live: (await instruments.tracked()).map(({ instrument, timeframe }) => ({
        symbol: instrument.symbol,
        timeframe,
      })),
    });
  };
  const deployments = openDeployments(foundation, desk, async (name) => {
    await openAccounts([{ name, signalSource: null, isDefault: false }]);
    return `${source.name}-${name}`;
  });
  let service: TradingService | null = null;
  return {
    readiness: async () => ({
      ok: service?.holdsLeases === true,
      detail: { accounts: service?.accountIds.length ?? 0 },
    }),
    byHand: tradingByHand(desk, tracing),
    deployments: deployments.useCases,
    openAccounts: () => openAccounts(DEFAULT_ACCOUNTS),
    async start() {
      const started = new TradingService({
        unitOfWork,
        store,
        hosting: deployments.hosting,
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
        ...(tracing.isOn && { traces: { tracing, origins: new PgOrderOrigins(database.pool) } }),
      });
      started.start();
      service = started;
      shutdown.add('trading', () => started.stop());
    },
  };
}

function tradingByHand(desk: TradingDesk, tracing: Tracing): TradingByHand {
  const [createOrder, previewOrder] = [new CreateOrder(desk), new PreviewOrder(desk)];
  const [replaceOrder, cancelOrder] = [new ReplaceOrder(desk), new CancelOrder(desk)];
  const [flattenAccount, setAccountStatus] = [new FlattenAccount(desk), new SetAccountStatus(desk)];
  return {
    createOrder: tracedByHand(tracing, (command) => createOrder.execute(command)),
    previewOrder: (command) => previewOrder.execute(command),
    replaceOrder: (command) => replaceOrder.execute(command),
    cancelOrder: (orderId) => cancelOrder.execute(orderId),
    flattenAccount: (accountId) => flattenAccount.execute(accountId),
    setAccountStatus: (accountId, status) => setAccountStatus.execute(accountId, status),
  };
}
