import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelTrainer, TrainedModels } from '../../src/ports/model-runner.js';
import { DetectAnomaly } from '../../src/services/ml/detect-anomaly.js';
import { LoadedModels } from '../../src/services/ml/loaded-models.js';
import { PredictPrice } from '../../src/services/ml/predict-price.js';
import { TrainModels, type TrainRequest } from '../../src/services/ml/train-models.js';
import { BITCOIN, SOME_MINUTE } from '../support/bars.js';
import { calmBars, forestArtifact, MlServiceUnderTest, quietLogger, quietMetrics } from '../support/ml-service.js';

const bars = calmBars(600);
const now = bars.at(-1)!.closeTime;
const request: TrainRequest = { symbol: BITCOIN.symbol, timeframe: 'ONE_MINUTE' };

let service: MlServiceUnderTest;
beforeAll(async () => {
  service = await MlServiceUnderTest.start();
});
beforeEach(() => service.clear());
afterAll(() => service.close());

/** Trains nothing: it answers a model that always predicts `logReturn`, and a real forest. */
class FixedTrainer implements ModelTrainer {
  readonly seen: number[] = [];
  fault: Error | null = null;
  constructor(private readonly logReturn = 0.01) {}

  async train(...[series, , options]: Parameters<ModelTrainer['train']>): Promise<TrainedModels> {
    this.seen.push(series.timestamps.length);
    options?.onProgress?.(0.5, 'half way');
    if (this.fault !== null) throw this.fault;
    options?.signal?.throwIfAborted();
    return {
      backend: 'tfjs-wasm',
      seconds: 1.5,
      trainedFrom: series.timestamps[0]!,
      trainedTo: series.timestamps.at(-1)!,
      lstm: {
        artifact: new TextEncoder().encode(String(this.logReturn)),
        skill: 0.1,
        skillStandardError: 0.02,
        directionalAccuracy: null,
        count: 99,
      },
      forest: { artifact: forestArtifact(bars) },
    };
  }
}

const trainModels = (trainer: ModelTrainer, nowMs = now): TrainModels =>
  new TrainModels({
    bars: service.bars,
    store: service.store,
    trainer,
    unitOfWork: service.unitOfWork,
    clock: { now: () => nowMs, isReplay: true },
    settings: { seed: 11 },
    logger: quietLogger,
    metrics: quietMetrics,
  });

const query = () => ({
  bars: service.bars,
  instruments: service.instruments,
  store: service.store,
  models: new LoadedModels(service.store, service.predictor),
});

const codeOf = async (symbol: string) => {
  const price = await new PredictPrice(query()).execute(symbol);
  const anomaly = await new DetectAnomaly(query()).execute(symbol);
  return [price, anomaly].map((answer) => (answer.ok ? 'OK' : answer.error.code));
};

describe('training models', () => {
  it('stores both with their evidence and activates both in the order of the bars', async () => {
    await service.storeBars(bars);
    const progress: unknown[] = [];
    const outcome = await trainModels(new FixedTrainer()).execute({
      ...request,
      onProgress: (fraction, message) => progress.push([fraction, message]),
    });
    expect(outcome.status).toBe('TRAINED');
    expect(progress).toEqual([[0.5, 'half way']]);
    const price = await service.store.readyModel('LSTM', BITCOIN.symbol, 'ONE_MINUTE');
    const anomaly = await service.store.readyModel('ISOLATION_FOREST', BITCOIN.symbol, 'ONE_MINUTE');
    expect(price).toMatchObject({
      version: 1,
      backend: 'tfjs-wasm',
      skill: 0.1,
      skillStandardError: 0.02,
      directionalAccuracy: null,
      heldOutCount: 99,
      seed: 11,
      trainedFrom: SOME_MINUTE,
      trainedTo: bars.at(-1)!.timestamp,
      trainingSeconds: 1.5,
    });
    const events = await service.appended('market_data');
    expect(events.map(({ type, payload }) => [type, payload['model_id']])).toEqual([
      ['model_activated', price!.id],
      ['model_activated', anomaly!.id],
    ]);
  });

  it('does nothing while both are ready, and retires them when it is forced', async () => {
    await service.storeBars(bars);
    const trainer = new FixedTrainer();
    await trainModels(trainer).execute(request);
    expect((await trainModels(trainer).execute(request)).status).toBe('READY_ALREADY');
    expect(trainer.seen).toHaveLength(1);
    expect(await trainModels(trainer).execute({ ...request, force: true })).toMatchObject({
      status: 'TRAINED',
      price: { version: 2 },
    });
    const { rows } = await service.database.pool.query(
      "SELECT version, status FROM models WHERE kind = 'LSTM' ORDER BY version",
    );
    expect(rows).toEqual([
      { version: 1, status: 'RETIRED' },
      { version: 2, status: 'READY' },
    ]);
    expect(await service.appended('market_data')).toHaveLength(4);
  });

  it('trains only on bars that the clock has reached', async () => {
    await service.storeBars(bars);
    const trainer = new FixedTrainer();
    await trainModels(trainer, bars[549]!.timestamp).execute(request);
    expect(trainer.seen).toEqual([550]);
  });

  it('says how many bars are missing and stores nothing when there are too few', async () => {
    await service.storeBars(bars.slice(0, 499));
    const outcome = await trainModels(new FixedTrainer()).execute(request);
    expect(outcome).toEqual({ status: 'TOO_FEW_BARS', barCount: 499, limit: 500 });
    expect(await service.appended('market_data')).toEqual([]);
  });

  it('records a failed training, activates nothing, and can be tried again', async () => {
    await service.storeBars(bars);
    const trainer = new FixedTrainer();
    trainer.fault = Object.assign(new Error('no memory'), { retriable: true });
    const outcome = await trainModels(trainer).execute(request);
    expect(outcome).toEqual({ status: 'FAILED', reason: 'no memory', retriable: true });
    const { rows } = await service.database.pool.query('SELECT DISTINCT status, version FROM models');
    expect(rows).toEqual([{ status: 'FAILED', version: 1 }]);
    expect(await service.appended('market_data')).toEqual([]);
    await trainModels(trainer).execute(request);
    const kept = await service.database.pool.query('SELECT kind, version FROM models ORDER BY kind');
    expect(kept.rows).toEqual([
      { kind: 'ISOLATION_FOREST', version: 2 },
      { kind: 'LSTM', version: 2 },
    ]);
    trainer.fault = null;
    expect(await trainModels(trainer).execute(request)).toMatchObject({ status: 'TRAINED', price: { version: 3 } });
  });

  it('stores nothing when it is aborted', async () => {
    await service.storeBars(bars);
    const attempt = trainModels(new FixedTrainer()).execute({ ...request, signal: AbortSignal.abort() });
    await expect(attempt).rejects.toThrow();
    const { rows } = await service.database.pool.query('SELECT 1 FROM models');
    expect(rows).toEqual([]);
  });
});

describe('asking a model', () => {
  it('predicts the next close from the newest bars, with the model that said it', async () => {
    await service.storeBars(bars);
    await trainModels(new FixedTrainer(0.01)).execute(request);
    const answer = await new PredictPrice(query()).execute(BITCOIN.symbol);
    if (!answer.ok) throw new Error(answer.error.message);
    const { close, closeTime, timestamp } = bars.at(-1)!;
    expect(answer.value).toMatchObject({ currentPrice: close, timestamp: closeTime, inputTo: timestamp });
    expect(answer.value.predictedPrice).toBeCloseTo(close * Math.exp(0.01), 9);
    expect(answer.value.expectedChange).toBeCloseTo(100 * (Math.exp(0.01) - 1), 9);
    expect(answer.value.inputFrom).toBe(bars.at(-30)!.timestamp);
    expect(answer.value.model).toMatchObject({ kind: 'LSTM', skill: 0.1 });
  });

  it('scores the newest bar, and names what is unusual of it', async () => {
    await service.storeBars(bars);
    await trainModels(new FixedTrainer()).execute(request);
    const last = bars.at(-1)!;
    await service.storeBars([{ ...last, low: last.low * 0.95, close: last.low * 0.95, volume: 700 }]);
    const answer = await new DetectAnomaly(query()).execute(BITCOIN.symbol);
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value).toMatchObject({ isAnomaly: true, type: 'PRICE_DROP', timestamp: last.closeTime });
    expect(answer.value.rawScore).toBeCloseTo(answer.value.anomalyScore - 0.5, 12);
  });

  it('refuses by code: an unknown symbol, too few bars, no model yet', async () => {
    expect(await codeOf('NO-SUCH')).toEqual(['UNKNOWN_SYMBOL', 'UNKNOWN_SYMBOL']);
    await service.storeBars(bars.slice(0, 31));
    expect(await codeOf(BITCOIN.symbol)).toEqual(['TOO_FEW_BARS', 'TOO_FEW_BARS']);
    await service.storeBars(bars);
    expect(await codeOf(BITCOIN.symbol)).toEqual(['NO_MODEL', 'NO_MODEL']);
  });
});
