import { totalmem } from 'node:os';
import { ModelPredictor } from '../adapters/tfjs/model-predictor.js';
import { trainModel } from '../adapters/tfjs/model-trainer.js';
import type { Instrument } from '../domain/instrument.js';
import { nativeCosts, roundTripFraction } from '../engines/execution/costs.js';
import { EmaCross } from '../engines/signals/ema-cross.js';
import { LstmSignal } from '../engines/signals/lstm-signal.js';
import { DetectAnomaly } from '../services/ml/detect-anomaly.js';
import { EvaluateBars } from '../services/ml/evaluate-bars.js';
import { BYTES_A_PAIR, LoadedModels } from '../services/ml/loaded-models.js';
import { PredictPrice } from '../services/ml/predict-price.js';
import { TrainModels } from '../services/ml/train-models.js';
import type { Foundation } from './foundation.js';

const EVALUATED_AT_ONCE = 100;
/** Of the memory that this process may have: models are most of what an ml process holds. */
const MODELS_SHARE = 1 / 3;

/** The models of a process: shared by its pipeline and its queries, run by one worker thread. */
export interface Models {
  readonly loaded: LoadedModels;
  readonly predictPrice: PredictPrice;
  readonly detectAnomaly: DetectAnomaly;
}

export function openModels(foundation: Foundation): Models {
  const { config, mlStore: store, bars, instruments, shutdown } = foundation;
  const kept = keptModels();
  // One is loaded before another is let go.
  const predictor = new ModelPredictor({ backend: config.ML_BACKEND, maxModels: kept + 1 });
  shutdown.add('inference worker', () => predictor.close());
  const loaded = new LoadedModels(store, predictor, kept);
  const readers = { bars, instruments, store, models: loaded };
  return { loaded, predictPrice: new PredictPrice(readers), detectAnomaly: new DetectAnomaly(readers) };
}

/** What there is room for, in a container within its limit: 2,700 of each kind in 8 GB. */
function keptModels(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.max(1, Math.floor((bytes * MODELS_SHARE) / BYTES_A_PAIR));
}

/** Both ways of a round trip, as a fraction of the price: what a predicted move must be worth at least. */
function roundTripCosts({ assetClass }: Instrument): number {
  return roundTripFraction(nativeCosts(assetClass));
}

/** Answers every bar of the log from here on. */
export async function startMl(foundation: Foundation, models: Models): Promise<void> {
  const { eventLog, mlStore: store, bars, instruments, logger, metrics, tracing, shutdown } = foundation;
  const evaluate = new EvaluateBars({
    bars,
    instruments,
    store,
    models: models.loaded,
    sources: [new LstmSignal(), new EmaCross()],
    roundTripCosts,
    logger: logger.child({ role: 'ml' }),
    metrics,
    tracing,
  });
  const consumer = await eventLog.eventBus.consume({
    group: 'ml-service',
    topics: ['market_data'],
    start: 'earliest',
    batchSize: EVALUATED_AT_ONCE,
    handle: evaluate.handle,
    onDeadLetter: evaluate.answerDeadLetter,
  });
  shutdown.add('ml consumer', () => consumer.stop());
}

/** Trains in a worker thread of its own, with the settings of this program. */
export function modelTraining(foundation: Foundation): TrainModels {
  const { config, eventLog, mlStore: store, bars, clock, logger, metrics } = foundation;
  return new TrainModels({
    bars,
    store,
    unitOfWork: eventLog.unitOfWork,
    clock,
    trainer: {
      train: (series, settings, options) => trainModel({ bars: series, settings, backend: config.ML_BACKEND }, options),
    },
    settings: { seed: config.ML_SEED, lstm: config.ML_EPOCHS === undefined ? {} : { epochs: config.ML_EPOCHS } },
    logger: logger.child({ role: 'ml' }),
    metrics,
  });
}
