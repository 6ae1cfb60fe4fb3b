import { naturalId } from '../../domain/event-id.js';
import type { NewEvent } from '../../domain/events.js';
import type { Model, ModelKind } from '../../domain/model.js';
import { isRetriable } from '../../domain/retriable.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { MAX_TRAINING_BARS, MIN_TRAINING_BARS } from '../../engines/ml/training-settings.js';
import type { BarStore } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { MlStore, NewModel } from '../../ports/ml-store.js';
import type { ModelTrainer, TrainedModels, TrainingOptions, TrainingSettings } from '../../ports/model-runner.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';

export interface TrainModelsOptions {
  readonly bars: Pick<BarStore, 'lastBars'>;
  readonly store: MlStore;
  readonly trainer: ModelTrainer;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly settings: TrainingSettings;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface TrainRequest extends TrainingOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Train although ready models are there; they are retired. */
  readonly force?: boolean;
}

export type TrainOutcome =
  | { readonly status: 'TRAINED'; readonly price: NewModel; readonly anomaly: NewModel }
  | { readonly status: 'READY_ALREADY'; readonly price: Model; readonly anomaly: Model }
  | { readonly status: 'TOO_FEW_BARS'; readonly barCount: number; readonly limit: number }
  | { readonly status: 'FAILED'; readonly reason: string; readonly retriable: boolean };

/** What a kind of model is stored with. */
type Evidence = Pick<
  Model,
  | 'status'
  | 'backend'
  | 'trainedFrom'
  | 'trainedTo'
  | 'skill'
  | 'skillStandardError'
  | 'directionalAccuracy'
  | 'heldOutCount'
  | 'trainingSeconds'
>;

const NO_EVIDENCE = { skill: null, skillStandardError: null, directionalAccuracy: null, heldOutCount: 0 } as const;

/**
 * Trains both models of a series on the stored history and puts them into use: models and their `model_activated` events
 * are one transaction, so the models are in use from a place in the order of the bars on. Doing it again does nothing
 * while both are ready.
 */
export class TrainModels {
  constructor(private readonly options: TrainModelsOptions) {}

  /** Rejects when the store fails, or when `signal` ends the training; a failed training is an outcome. */
  async execute(request: TrainRequest): Promise<TrainOutcome> {
    const { symbol, timeframe, force = false, onProgress, signal } = request;
    const { bars, store, trainer, clock, settings, logger } = this.options;
    const price = await store.readyModel('LSTM', symbol, timeframe);
    const anomaly = await store.readyModel('ISOLATION_FOREST', symbol, timeframe);
    if (!force && price !== null && anomaly !== null) return { status: 'READY_ALREADY', price, anomaly };

    // Only closed bars are stored, so those that opened up to now are those visible now.
    const history = await bars.lastBars(symbol, timeframe, clock.now(), MAX_TRAINING_BARS);
    const barCount = history.timestamps.length;
    if (barCount < MIN_TRAINING_BARS) return { status: 'TOO_FEW_BARS', barCount, limit: MIN_TRAINING_BARS };
    const span = { trainedFrom: history.timestamps[0] ?? NaN, trainedTo: history.timestamps.at(-1) ?? NaN };
    logger.info({ symbol, timeframe, barCount }, 'training models');
    let trained: TrainedModels;
    try {
      trained = await trainer.train(history, settings, {
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      return this.recordFailure(request, span, error);
    }
    return this.putIntoUse(request, trained);
  }

  private async putIntoUse({ symbol, timeframe }: TrainRequest, trained: TrainedModels): Promise<TrainOutcome> {
    const { store, unitOfWork, logger, metrics } = this.options;
    const { backend, seconds: trainingSeconds, trainedFrom, trainedTo } = trained;
    const shared = { status: 'READY', trainedFrom, trainedTo, trainingSeconds } as const;
    const { skill, skillStandardError, directionalAccuracy, count: heldOutCount } = trained.lstm;
    const evidence = { ...shared, backend, skill, skillStandardError, directionalAccuracy, heldOutCount };
    const price = await this.newModel('LSTM', symbol, timeframe, evidence);
    const forestEvidence = { ...shared, ...NO_EVIDENCE, backend: 'none' } as const;
    const anomaly = await this.newModel('ISOLATION_FOREST', symbol, timeframe, forestEvidence);
    await unitOfWork.transaction(async (tx) => {
      for (const [model, artifact] of [
        [price, trained.lstm.artifact],
        [anomaly, trained.forest.artifact],
      ] as const) {
        await store.retireReadyModels(tx, model.kind, symbol, timeframe);
        await store.saveModel(tx, model, artifact);
        tx.append(activatedEvent(model));
      }
    });
    metrics.observe('tradegraph_ml_training_seconds', trainingSeconds);
    logger.info(
      { symbol, timeframe, version: price.version, backend, skill, skillStandardError, heldOutCount, trainingSeconds },
      'models trained',
    );
    return { status: 'TRAINED', price, anomaly };
  }

  private async recordFailure(
    { symbol, timeframe }: TrainRequest,
    span: Pick<Model, 'trainedFrom' | 'trainedTo'>,
    error: unknown,
  ): Promise<TrainOutcome> {
    const { store, unitOfWork, logger, metrics } = this.options;
    const evidence = { status: 'FAILED', backend: 'none', ...NO_EVIDENCE, ...span, trainingSeconds: 0 } as const;
    const price = await this.newModel('LSTM', symbol, timeframe, evidence);
    const anomaly = await this.newModel('ISOLATION_FOREST', symbol, timeframe, evidence);
    await unitOfWork.transaction(async (tx) => {
      for (const model of [price, anomaly]) {
        // The last failure only: a training that fails again and again must not fill the table.
        await store.dropFailedModels(tx, model.kind, symbol, timeframe);
        await store.saveModel(tx, model, new Uint8Array());
      }
    });
    metrics.count('tradegraph_ml_training_failures_total');
    logger.error({ symbol, timeframe, version: price.version, err: error }, 'training failed');
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'FAILED', reason, retriable: isRetriable(error) };
  }

  private async newModel(kind: ModelKind, symbol: string, timeframe: Timeframe, evidence: Evidence): Promise<NewModel> {
    const version = await this.options.store.nextVersion(kind, symbol, timeframe);
    const id = naturalId('model', kind, symbol, timeframe, version);
    return { id, kind, symbol, timeframe, version, seed: this.options.settings.seed, ...evidence };
  }
}

function activatedEvent({ id, kind, symbol, timeframe }: NewModel): NewEvent {
  return {
    topic: 'market_data',
    type: 'model_activated',
    key: symbol,
    eventId: naturalId('activated', id),
    payload: { symbol, timeframe, kind, model_id: id },
  };
}
