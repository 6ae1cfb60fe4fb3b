import type { Pool } from 'pg';
import { PgMlStore } from '../src/adapters/postgres/ml-store.js';
import type { PgUnitOfWork } from '../src/adapters/postgres/transaction.js';
import { trainModel } from '../src/adapters/tfjs/model-trainer.js';
import { naturalId } from '../src/domain/event-id.js';
import type { ModelKind } from '../src/domain/model.js';
import type { NewModel } from '../src/ports/ml-store.js';
import type { SymbolsMarket } from './symbols-market.js';

const TRAINING_BARS = 1_000;

/**
 * Trains one pair of models and gives it to each of the first `count` symbols under an id of its own, with the event that
 * puts it into use: to whoever runs them they are as many models.
 */
export async function giveModels(
  pool: Pool,
  unitOfWork: PgUnitOfWork,
  market: SymbolsMarket,
  count: number,
): Promise<void> {
  const store = new PgMlStore(pool);
  const trained = await trainModel({
    bars: market.series(TRAINING_BARS),
    settings: { seed: 7, lstm: { epochs: 1 } },
    backend: 'auto',
  });
  const evidence = {
    timeframe: 'ONE_MINUTE',
    version: 1,
    status: 'READY',
    trainedFrom: trained.trainedFrom,
    trainedTo: trained.trainedTo,
    trainingSeconds: trained.seconds,
    seed: 7,
  } as const;
  const { skill, skillStandardError, directionalAccuracy, count: heldOutCount } = trained.lstm;
  for (const symbol of market.symbols.slice(0, count)) {
    const of = (kind: ModelKind) => ({
      id: naturalId('model', kind, symbol, 'ONE_MINUTE', 1),
      kind,
      symbol,
      ...evidence,
    });
    const price: NewModel = {
      ...of('LSTM'),
      backend: trained.backend,
      skill,
      skillStandardError,
      directionalAccuracy,
      heldOutCount,
    };
    const none = { skill: null, skillStandardError: null, directionalAccuracy: null, heldOutCount: 0 };
    const anomaly: NewModel = { ...of('ISOLATION_FOREST'), backend: 'none', ...none };
    await unitOfWork.transaction(async (tx) => {
      await store.saveModel(tx, price, trained.lstm.artifact);
      await store.saveModel(tx, anomaly, trained.forest.artifact);
      for (const { id, kind } of [price, anomaly]) {
        tx.append({
          topic: 'market_data',
          type: 'model_activated',
          key: symbol,
          eventId: naturalId('activated', id),
          payload: { symbol, timeframe: 'ONE_MINUTE', kind, model_id: id },
        });
      }
    });
  }
}
