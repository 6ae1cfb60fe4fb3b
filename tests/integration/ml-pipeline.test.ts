import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openEventLog, type EventLog } from '../../src/adapters/postgres/event-log/index.js';
import { ModelPredictor } from '../../src/adapters/tfjs/model-predictor.js';
import { trainModel } from '../../src/adapters/tfjs/model-trainer.js';
import type { NewEvent } from '../../src/domain/events.js';
import type { ModelTrainer, PricePredictor } from '../../src/ports/model-runner.js';
import { EmaCross } from '../../src/engines/signals/ema-cross.js';
import { LstmSignal } from '../../src/engines/signals/lstm-signal.js';
import { EvaluateBars } from '../../src/services/ml/evaluate-bars.js';
import { LoadedModels } from '../../src/services/ml/loaded-models.js';
import { PredictPrice } from '../../src/services/ml/predict-price.js';
import { TrainModels } from '../../src/services/ml/train-models.js';
import { BITCOIN } from '../support/bars.js';
import { barEvent, calmBars, MlServiceUnderTest, quietLogger, quietMetrics } from '../support/ml-service.js';

const bars = calmBars(610);
const history = bars.slice(0, 600);
const news = bars.slice(600);

let service: MlServiceUnderTest;
let log: EventLog;
const predictor: PricePredictor & ModelPredictor = new ModelPredictor({ backend: 'wasm', deadlineMs: 60_000 });
beforeAll(async () => {
  service = await MlServiceUnderTest.start();
  const { pool, connectionString } = service.database;
  log = await openEventLog({ pool, connectionString, logger: quietLogger, metrics: quietMetrics });
});
afterAll(async () => {
  await log.close();
  await predictor.close();
  await service.close();
});

/** Ingestion's part: the bar and its event in one transaction. */
async function ingest(bar: (typeof bars)[number]): Promise<void> {
  await log.unitOfWork.transaction(async (tx) => {
    await service.bars.upsert(tx, [bar]);
    tx.append(barEvent(bar) as NewEvent);
  });
}

it('answers bars through the log with models that the workers trained, each from its place in the order on', async () => {
  await service.storeBars(history);
  const models = new LoadedModels(service.store, predictor);
  const evaluate = new EvaluateBars({
    bars: service.bars,
    instruments: service.instruments,
    store: service.store,
    models,
    sources: [new LstmSignal(), new EmaCross()],
    roundTripCosts: () => 0.0054,
    logger: quietLogger,
    metrics: quietMetrics,
  });
  await log.eventBus.consume({
    group: 'ml-service',
    topics: ['market_data'],
    start: 'earliest',
    batchSize: 100,
    handle: evaluate.handle,
    onDeadLetter: evaluate.answerDeadLetter,
  });
  const trainer: ModelTrainer = {
    train: (series, settings, options) => trainModel({ bars: series, settings, backend: 'wasm' }, options),
  };
  const train = new TrainModels({
    bars: service.bars,
    store: service.store,
    trainer,
    unitOfWork: log.unitOfWork,
    clock: { now: () => history.at(-1)!.closeTime, isReplay: true },
    settings: { seed: 7, lstm: { epochs: 1, units: 4 } },
    logger: quietLogger,
    metrics: quietMetrics,
  });

  for (const bar of news.slice(0, 3)) await ingest(bar);
  const outcome = await train.execute({ symbol: BITCOIN.symbol, timeframe: 'ONE_MINUTE' });
  if (outcome.status !== 'TRAINED') throw new Error(JSON.stringify(outcome));
  for (const bar of news.slice(3)) await ingest(bar);

  const answers = await vi.waitUntil(
    async () => {
      const events = await service.appended('trading_signals');
      return events.length === 2 * news.length ? events : null;
    },
    { timeout: 20_000, interval: 50 },
  );
  const ofModel = answers.filter(({ payload }) => payload['source'] === 'lstm');
  expect(ofModel.map(({ type }) => type)).toEqual(news.map((_, i) => (i < 3 ? 'bar_evaluated' : 'signal')));
  expect(ofModel.slice(3).every(({ payload }) => payload['model_id'] === outcome.price.id)).toBe(true);
  const { rows: dead } = await service.database.pool.query("SELECT payload FROM event_log WHERE topic LIKE '%.dlq'");
  expect(dead).toEqual([]);

  const asked = await new PredictPrice({
    bars: service.bars,
    instruments: service.instruments,
    store: service.store,
    models,
  }).execute(BITCOIN.symbol);
  if (!asked.ok) throw new Error(asked.error.message);
  // The query and the pipeline say the same of the same bar.
  expect(asked.value.predictedPrice).toBe(ofModel.at(-1)!.payload['predicted_price']);
}, 60_000);

it('answers a bar that cannot be evaluated all the same, so that nobody waits for it', async () => {
  const orphan = {
    ...news.at(-1)!,
    timestamp: news.at(-1)!.timestamp + 3_600_000,
    closeTime: news.at(-1)!.closeTime + 3_600_000,
  };
  await log.unitOfWork.transaction(async (tx) => tx.append(barEvent(orphan) as NewEvent));
  const failed = await vi.waitUntil(
    async () => {
      const events = await service.appended('trading_signals');
      const found = events.filter(({ payload }) => payload['reason'] === 'EVALUATION_FAILED');
      return found.length > 0 ? found : null;
    },
    { timeout: 20_000, interval: 50 },
  );
  expect(failed.map(({ payload }) => payload['source'])).toEqual(['lstm', 'ema-cross']);
});
