import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '../../src/adapters/postgres/database.js';
import { isDatabaseFault } from '../../src/adapters/postgres/event-log/database-fault.js';
import { openEventLog, type EventLog } from '../../src/adapters/postgres/event-log/index.js';
import { PgBarHistory } from '../../src/adapters/postgres/bar-history.js';
import { PgCorporateActionStore } from '../../src/adapters/postgres/corporate-action-store.js';
import { PgDeploymentStore } from '../../src/adapters/postgres/deployment-store.js';
import { PgMlStore } from '../../src/adapters/postgres/ml-store.js';
import { boundedCall } from '../../src/adapters/strategies/bounded-call.js';
import { StrategyFolder } from '../../src/adapters/strategies/strategy-folder.js';
import type { StrategyHosting } from '../../src/services/trading/account-strategy.js';
import { PgTradingStore } from '../../src/adapters/postgres/trading-store.js';
import { pgTransaction } from '../../src/adapters/postgres/transaction.js';
import { naturalId, timedId } from '../../src/domain/event-id.js';
import type { Transaction } from '../../src/ports/unit-of-work.js';
import type { SignalAction } from '../../src/domain/signal.js';
import type { SliceBar } from '../../src/engines/execution/slice.js';
import type { TradingDesk } from '../../src/services/trading/books-by-hand.js';
import { DEFAULT_ACCOUNTS, OpenAccounts } from '../../src/services/trading/open-accounts.js';
import type { CreateOrderCommand } from '../../src/services/trading/order-request.js';
import { NATIVE_PROFILE } from '../../src/services/trading/trading-profile.js';
import { TradingService, type TradingServiceOptions } from '../../src/services/trading/trading-service.js';
import { startTestDatabase } from './postgres.js';
import { RecordedMetrics, silentLogger } from './silent.js';
import { START, SYMBOL } from './trading-engine.js';

export const MANUAL = 'replay-manual';
export const EMA = 'replay-ema-cross';
export const LSTM = 'replay-lstm';

/** A database with BTC-USD, the three accounts and an event log; bars and signals are appended as the services would. */
export class TradingWorld {
  now = START;
  private lastClose = START;
  readonly metrics = new RecordedMetrics();
  readonly clock: { now(): number; isReplay: boolean };
  readonly store: PgTradingStore;
  readonly deployments: PgDeploymentStore;
  readonly desk: TradingDesk;

  private constructor(
    readonly connectionString: string,
    readonly database: Database,
    readonly log: EventLog,
    private readonly drop: () => Promise<void>,
  ) {
    this.clock = { now: () => this.now, isReplay: true };
    this.store = new PgTradingStore(database.pool, this.metrics);
    this.deployments = new PgDeploymentStore(database.pool);
    this.desk = {
      unitOfWork: log.unitOfWork,
      store: this.store,
      clock: this.clock,
      profile: NATIVE_PROFILE,
      newId: () => randomUUID(),
    };
  }

  static async open({ poolSize = 10 } = {}): Promise<TradingWorld> {
    const { connectionString, drop } = await startTestDatabase();
    const database = await openDatabase({ connectionString, poolSize });
    const log = await openEventLog({
      pool: database.pool,
      connectionString,
      logger: silentLogger,
      metrics: new RecordedMetrics(),
    });
    const world = new TradingWorld(connectionString, database, log, drop);
    await world.addSymbol(SYMBOL);
    await world.openAccounts();
    return world;
  }

  /** A tracked symbol with bitcoin's tick and lot. */
  async addSymbol(symbol: string): Promise<void> {
    await this.query(
      `INSERT INTO instruments (symbol, name, asset_class, currency, tick_size, lot_size, calendar, data_source)
       VALUES ($1, $1, 'CRYPTO', 'USD', 0.01, 0.00000001, 'crypto', 'replay')`,
      [symbol],
    );
    await this.query("INSERT INTO tracked_symbols (symbol, timeframe) VALUES ($1, 'ONE_MINUTE')", [symbol]);
  }

  openAccounts(): Promise<readonly string[]> {
    return new OpenAccounts(this.desk, this.log.eventBus, silentLogger).execute({
      dataSource: 'replay',
      broker: 'paper',
      currency: 'USD',
      startingCash: '100000',
      accounts: DEFAULT_ACCOUNTS,
      live: [{ symbol: SYMBOL, timeframe: 'ONE_MINUTE' }],
    });
  }

  /** Built-in strategies, and what a test adds. */
  get hosting(): StrategyHosting {
    const { pool } = this.database;
    return {
      deployments: this.deployments,
      strategies: new StrategyFolder('there is no such folder'),
      bars: new PgBarHistory(pool),
      actions: new PgCorporateActionStore(pool),
      signals: new PgMlStore(pool),
      instrument: (symbol) => this.store.instrument(symbol),
      bounded: boundedCall(1_000),
    };
  }

  service(change: Partial<TradingServiceOptions> = {}): TradingService {
    return new TradingService({
      unitOfWork: this.log.unitOfWork,
      store: this.store,
      hosting: this.hosting,
      bus: this.log.eventBus,
      clock: this.clock,
      logger: silentLogger,
      metrics: this.metrics,
      profile: NATIVE_PROFILE,
      owner: randomUUID(),
      boundMs: 5000,
      isTransient: isDatabaseFault,
      dataSource: 'replay',
      leaseMs: 10_000,
      backOffMs: 1,
      ...change,
    });
  }

  /** A bar and what both sources say of it, stored with their events; market time moves to its close. */
  async minute(
    bar: SliceBar,
    ema: SignalAction = 'HOLD',
    lstm: SignalAction | null = null,
    distance: number | null = null,
  ): Promise<void> {
    await this.log.unitOfWork.transaction(async (tx) => {
      await storeBar(tx, bar);
      await storeEvaluation(tx, 'ema-cross', bar, ema, distance);
      await storeEvaluation(tx, 'lstm', bar, lstm, distance);
    });
    this.now = Math.max(this.now, bar.closeTime);
    this.lastClose = Math.max(this.lastClose, bar.closeTime);
  }

  async endSeries(reason: 'REPLAY_OVER' | 'UNTRACKED'): Promise<void> {
    await this.log.unitOfWork.transaction(async (tx) => {
      const at = iso(this.now);
      await pgTransaction(tx).query('UPDATE tracked_symbols SET ended_at = $1', [at]);
      tx.append({
        topic: 'market_data',
        type: 'series_ended',
        key: SYMBOL,
        eventId: naturalId('ended', SYMBOL, 'ONE_MINUTE', reason, this.now),
        payload: { symbol: SYMBOL, timeframe: 'ONE_MINUTE', timestamp: at, reason },
      });
    });
  }

  /** True when every account has acted on all that was appended. */
  async isCaughtUp(): Promise<boolean> {
    // Asked often: the cheap question first.
    const behind = await this.query('SELECT FROM accounts WHERE as_of < $1 LIMIT 1', [iso(this.lastClose)]);
    if (behind.length > 0) return false;
    return (await this.log.eventBus.lag()).every(({ group, events }) => !group.startsWith('account:') || events === 0);
  }

  async query<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    const { rows } = await this.database.pool.query(sql, values);
    return rows as R[];
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.database.close();
    await this.drop();
  }
}

export const makeCommand = (change: Partial<CreateOrderCommand> = {}): CreateOrderCommand => ({
  clientOrderId: randomUUID(),
  accountId: MANUAL,
  symbol: SYMBOL,
  side: 'BUY',
  orderType: 'MARKET',
  quantity: '10',
  limitPrice: null,
  stopPrice: null,
  timeInForce: 'GTC',
  stopLoss: null,
  takeProfit: null,
  ...change,
});

const iso = (time: number): string => new Date(time).toISOString();

async function storeBar(tx: Transaction, bar: SliceBar): Promise<void> {
  const times = { timestamp: iso(bar.timestamp), close_time: iso(bar.closeTime) };
  await pgTransaction(tx).query(
    `INSERT INTO market_data (symbol, timeframe, "timestamp", close_time, open, high, low, close, volume, adjustment, source)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'RAW', 'replay')`,
    [bar.symbol, bar.timeframe, times.timestamp, times.close_time, bar.open, bar.high, bar.low, bar.close, bar.volume],
  );
  const { closeTime: _, ...rest } = bar;
  tx.append({
    topic: 'market_data',
    type: 'bar',
    key: bar.symbol,
    eventId: timedId(bar.timestamp, 'bar', bar.symbol, bar.timeframe, 0),
    payload: { ...rest, ...times, vwap: null, adjustment: 'RAW', source: 'replay', revision: 0 },
  });
}

/** What a source says of a bar: a signal, or null when it has nothing to say. */
async function storeEvaluation(
  tx: Transaction,
  source: string,
  bar: SliceBar,
  action: SignalAction | null,
  distance: number | null,
): Promise<void> {
  const { symbol, timeframe, timestamp, closeTime, close } = bar;
  const about = { source, symbol, timeframe, timestamp: iso(closeTime), bar_timestamp: iso(timestamp) };
  if (action === null) {
    const eventId = timedId(timestamp, 'evaluated', source, symbol, timeframe);
    const payload = { ...about, reason: 'TOO_FEW_BARS' as const };
    tx.append({ topic: 'trading_signals', type: 'bar_evaluated', key: symbol, eventId, payload });
    return;
  }
  const id = timedId(timestamp, 'signal', source, symbol, timeframe);
  await pgTransaction(tx).query(
    `INSERT INTO trading_signals (id, source, symbol, timeframe, "timestamp", bar_timestamp, action, reason, confidence,
       current_price, settings) VALUES ($1, $2, $3, $4, $5, $6, $7, 'NO_CROSS', 0.5, $8, '{}')`,
    [id, source, symbol, timeframe, about.timestamp, about.bar_timestamp, action, close],
  );
  const stop = action === 'BUY' ? distance : null;
  tx.append({
    topic: 'trading_signals',
    type: 'signal',
    key: symbol,
    eventId: id,
    payload: {
      ...about,
      signal_id: id,
      action,
      reason: 'NO_CROSS',
      confidence: 0.5,
      predicted_price: null,
      current_price: close,
      stop_loss: stop === null ? null : close - stop,
      take_profit: stop === null ? null : close + stop,
      stop_distance: stop,
      take_profit_distance: stop,
      settings: {},
      prediction_id: null,
      model_id: null,
    },
  });
}
