import { PgBarStore } from '../../src/adapters/postgres/bar-store.js';
import { openDatabase, type Database } from '../../src/adapters/postgres/database.js';
import { PgInstrumentStore } from '../../src/adapters/postgres/instrument-store.js';
import { PgMlStore } from '../../src/adapters/postgres/ml-store.js';
import { PgUnitOfWork } from '../../src/adapters/postgres/transaction.js';
import type { Bar } from '../../src/domain/bar.js';
import { naturalId, timedId } from '../../src/domain/event-id.js';
import type { BarPayload, LoggedEvent, LoggedEventOf } from '../../src/domain/events.js';
import { partitionOf } from '../../src/domain/topics.js';
import { EmaCross } from '../../src/engines/signals/ema-cross.js';
import { LstmSignal } from '../../src/engines/signals/lstm-signal.js';
import { FOREST_BARS, FOREST_FEATURE_COUNT, forestFeatureRows } from '../../src/engines/ml/forest-features.js';
import { IsolationForest } from '../../src/engines/ml/isolation-forest.js';
import { LSTM_FEATURE_COUNT, WINDOW_BARS } from '../../src/engines/ml/lstm-features.js';
import type { Logger } from '../../src/ports/logger.js';
import type { Metrics } from '../../src/ports/metrics.js';
import type { NewModel } from '../../src/ports/ml-store.js';
import type { PricePredictor } from '../../src/ports/model-runner.js';
import { EvaluateBars } from '../../src/services/ml/evaluate-bars.js';
import { LoadedModels } from '../../src/services/ml/loaded-models.js';
import { BITCOIN, makeBar, MINUTE_MS, SOME_MINUTE } from './bars.js';
import { makeSeries } from './bar-series.js';
import { startTestDatabase } from './postgres.js';

export const quietLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
export const quietMetrics: Metrics = { count() {}, gauge() {}, observe() {} };
export const PART = partitionOf(BITCOIN.symbol);

/** A model made by hand: its artifact is the text of the log return that it always predicts; "broken" cannot be loaded. */
export class FixedPredictor implements PricePredictor {
  readonly batchSizes: number[] = [];
  /** Thrown by the next prediction. */
  fault: Error | null = null;
  private readonly answers = new Map<string, number>();

  async load(modelId: string, artifact: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(artifact);
    if (text === 'broken') throw new RangeError('not a model');
    this.answers.set(modelId, Number(text));
  }

  isLoaded(modelId: string): boolean {
    return this.answers.has(modelId);
  }

  async unload(modelId: string): Promise<void> {
    this.answers.delete(modelId);
  }

  async predict(modelId: string, windows: Float32Array): Promise<Float64Array> {
    const { fault } = this;
    this.fault = null;
    if (fault !== null) throw fault;
    const count = windows.length / (WINDOW_BARS * LSTM_FEATURE_COUNT);
    this.batchSizes.push(count);
    return new Float64Array(count).fill(this.answers.get(modelId) ?? NaN);
  }
}

/** Calm minutes around 100, rising and falling slowly so that the averages cross. */
export function calmBars(count: number, startMs = SOME_MINUTE): Bar[] {
  const closes = Array.from({ length: count }, (_, i) => 100 + 3 * Math.sin(i / 25) + 0.05 * (i % 3));
  return closes.map((close, i) => {
    const open = closes[i - 1] ?? close;
    const timestamp = startMs + i * MINUTE_MS;
    return makeBar({
      timestamp,
      open,
      high: Math.max(open, close) + 0.02,
      low: Math.min(open, close) - 0.02,
      close,
      volume: 5 + (i % 4),
    });
  });
}

/** A real forest, grown on the bars that it will see. */
export function forestArtifact(bars: readonly Bar[]): Uint8Array {
  const series = makeSeries(bars.map((bar) => bar.close));
  for (const [i, bar] of bars.entries()) {
    series.highs[i] = bar.high;
    series.lows[i] = bar.low;
    series.opens[i] = bar.open;
    series.volumes[i] = bar.volume;
  }
  const rows = forestFeatureRows(series).subarray((FOREST_BARS - 1) * FOREST_FEATURE_COUNT);
  return IsolationForest.fit(rows, FOREST_FEATURE_COUNT, { seed: 7 }).toBytes();
}

export function makeModel(overrides: Partial<NewModel> = {}): NewModel {
  const { kind = 'LSTM', symbol = BITCOIN.symbol, timeframe = 'ONE_MINUTE', version = 1 } = overrides;
  return {
    id: naturalId('model', kind, symbol, timeframe, version),
    kind,
    symbol,
    timeframe,
    version,
    status: 'READY',
    backend: 'none',
    trainedFrom: SOME_MINUTE,
    trainedTo: SOME_MINUTE,
    skill: 0.3,
    skillStandardError: 0.05,
    directionalAccuracy: 0.6,
    heldOutCount: 500,
    seed: 7,
    trainingSeconds: 1,
    ...overrides,
  };
}

type Placed<E> = E extends LoggedEvent ? Omit<E, 'part' | 'off' | 'createdAt'> : never;
export type MarketEvent = Placed<LoggedEventOf<'market_data'>>;

export function barEvent(bar: Bar, revision = 0): MarketEvent {
  const { closeTime, timestamp, ...rest } = bar;
  const payload: BarPayload = {
    ...rest,
    revision,
    timestamp: new Date(timestamp).toISOString(),
    close_time: new Date(closeTime).toISOString(),
  };
  const eventId = timedId(timestamp, 'bar', bar.symbol, bar.timeframe, revision);
  return { topic: 'market_data', type: 'bar', key: bar.symbol, eventId, payload };
}

export function activatedEvent({ id, kind, symbol, timeframe }: NewModel): MarketEvent {
  return {
    topic: 'market_data',
    type: 'model_activated',
    key: symbol,
    eventId: naturalId('activated', id),
    payload: { symbol, timeframe, kind, model_id: id },
  };
}

/** The ml service on a database of its own, its handler called as the event bus would. */
export class MlServiceUnderTest {
  readonly predictor = new FixedPredictor();
  private constructor(
    readonly database: Database,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(): Promise<MlServiceUnderTest> {
    const testDatabase = await startTestDatabase();
    const database = await openDatabase({ connectionString: testDatabase.connectionString, poolSize: 6 });
    const service = new MlServiceUnderTest(database, testDatabase.drop);
    await service.unitOfWork.transaction((tx) => service.instruments.saveInstrument(tx, BITCOIN));
    return service;
  }

  get unitOfWork() {
    return new PgUnitOfWork(this.database.pool);
  }
  get bars() {
    return new PgBarStore(this.database.pool);
  }
  get instruments() {
    return new PgInstrumentStore(this.database.pool);
  }
  get store() {
    return new PgMlStore(this.database.pool);
  }

  async storeBars(bars: readonly Bar[]): Promise<void> {
    await this.unitOfWork.transaction((tx) => this.bars.upsert(tx, bars));
  }

  /** @param artifact bytes, or for a price model what it predicts */
  async storeModel(model: NewModel, artifact: Uint8Array | number | 'broken'): Promise<NewModel> {
    const bytes = artifact instanceof Uint8Array ? artifact : new TextEncoder().encode(String(artifact));
    await this.unitOfWork.transaction((tx) => this.store.saveModel(tx, model, bytes));
    return model;
  }

  /** Nothing in memory: as a process that has just started. */
  freshHandler(): EvaluateBars {
    return new EvaluateBars({
      bars: this.bars,
      instruments: this.instruments,
      store: this.store,
      models: new LoadedModels(this.store, this.predictor),
      sources: [new LstmSignal(), new EmaCross()],
      roundTripCosts: () => 0.0054,
      logger: quietLogger,
      metrics: quietMetrics,
    });
  }

  /** Handles events that stand at `from`, `from` + 1, ... of their partition as one batch. */
  async handle(events: readonly MarketEvent[], from = 0, handler = this.freshHandler()): Promise<void> {
    const placed = events.map((event, i) => ({ ...event, part: PART, off: from + i, createdAt: 0 }));
    const effect = await handler.handle({
      topic: 'market_data',
      part: PART,
      events: placed as LoggedEventOf<'market_data'>[],
    });
    await this.unitOfWork.transaction(effect);
  }

  /** What was appended to a topic, in order. */
  async appended(topic: 'trading_signals' | 'anomalies' | 'market_data') {
    const { rows } = await this.database.pool.query<{
      type: string;
      event_id: string;
      payload: Record<string, unknown>;
    }>('SELECT type, event_id, payload FROM event_log WHERE topic = $1 ORDER BY part, off', [topic]);
    return rows;
  }

  /** All rows of the service, for comparing two states. */
  async rows() {
    const tables: Record<string, unknown[]> = {};
    for (const table of ['predictions', 'trading_signals', 'anomalies', 'model_activations']) {
      const { rows } = await this.database.pool.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) - 'created_at' AS row FROM ${table} t ORDER BY to_jsonb(t) - 'created_at'`,
      );
      tables[table] = rows.map(({ row }) => row);
    }
    return tables;
  }

  /** Empties tables; few rows, so quicker than TRUNCATE, which makes new files. */
  async empty(...tables: readonly string[]): Promise<void> {
    await this.database.pool.query(tables.map((table) => `DELETE FROM ${table};`).join(' '));
  }

  /** Forgets what was said of bars, and that it was said. */
  forgetAnswers(): Promise<void> {
    return this.empty('trading_signals', 'anomalies', 'predictions', 'event_log');
  }

  /** Forgets everything but instruments: the next test begins anew. */
  async clear(): Promise<void> {
    await this.forgetAnswers();
    await this.empty('model_activations', 'models', 'market_data_revisions', 'market_data');
    this.predictor.batchSizes.length = 0;
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.drop();
  }
}
