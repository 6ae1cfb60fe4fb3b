import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Anomaly } from '../../../domain/anomaly.js';
import type { Model, Prediction } from '../../../domain/model.js';
import type { Signal } from '../../../domain/signal.js';
import type {
  AnomalyFilter,
  MlReadModel,
  ModelFilter,
  Page,
  PageRequest,
  SignalFilter,
} from '../../../ports/read-model.js';
import { AnomalyEntity, ModelEntity, PredictionEntity, SignalEntity } from '../entities/ml-entities.js';
import { type KeyColumn, keysetPage, matching, within } from './keyset-page.js';

const NEWEST_FIRST: readonly KeyColumn<{ timestamp: number; id: string }>[] = [
  { property: 'timestamp', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const BY_SERIES: readonly KeyColumn<ModelEntity>[] = [
  { property: 'symbol', order: 'asc' },
  { property: 'timeframe', order: 'asc' },
  { property: 'kind', order: 'asc' },
  { property: 'version', order: 'desc' },
];

/** Entities have the shape that the port asks for. */
const same = <T>(row: T): T => row;

export class PgMlReads implements MlReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(private readonly fork: () => SqlEntityManager) {}

  signals(filter: SignalFilter, page: PageRequest): Promise<Page<Signal>> {
    const { symbols, source, actions } = filter;
    const where = { ...matching({ symbol: symbols, source, action: actions }), ...within('timestamp', filter) };
    return keysetPage(this.fork(), SignalEntity, where, NEWEST_FIRST, page, same);
  }

  anomalies(filter: AnomalyFilter, page: PageRequest): Promise<Page<Anomaly>> {
    const where = { ...matching({ symbol: filter.symbols }), ...within('timestamp', filter) };
    return keysetPage(this.fork(), AnomalyEntity, where, NEWEST_FIRST, page, same);
  }

  models({ symbol, kind }: ModelFilter, page: PageRequest): Promise<Page<Model>> {
    return keysetPage(this.fork(), ModelEntity, matching({ symbol, kind }), BY_SERIES, page, same);
  }

  signalsById(ids: readonly string[]): Promise<readonly Signal[]> {
    return this.fork().find(SignalEntity, { id: { $in: [...ids] } });
  }

  predictionsById(ids: readonly string[]): Promise<readonly Prediction[]> {
    return this.fork().find(PredictionEntity, { id: { $in: [...ids] } });
  }

  modelsById(ids: readonly string[]): Promise<readonly Model[]> {
    return this.fork().find(ModelEntity, { id: { $in: [...ids] } });
  }
}
