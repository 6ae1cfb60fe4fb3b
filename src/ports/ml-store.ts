import type { Anomaly } from '../domain/anomaly.js';
import type { Model, ModelKind, Prediction } from '../domain/model.js';
import type { Signal } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { Transaction } from './unit-of-work.js';

/** A model with what it takes to run it. */
export interface ModelWithArtifact {
  readonly model: Model;
  /** Opaque to the store; the engine that made it reads it. */
  readonly artifact: Uint8Array;
}

export interface MlStore {
  saveModel(tx: Transaction, model: Model, artifact: Uint8Array): Promise<void>;
  model(id: string): Promise<ModelWithArtifact | null>;
  /** The newest READY model of a kind, for a symbol. */
  readyModel(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<ModelWithArtifact | null>;
  /** Version number that the next model of this kind and symbol gets: 1 for the first. */
  nextVersion(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<number>;
  savePredictions(tx: Transaction, predictions: readonly Prediction[]): Promise<void>;
  saveSignals(tx: Transaction, signals: readonly Signal[]): Promise<void>;
  saveAnomalies(tx: Transaction, anomalies: readonly Anomaly[]): Promise<void>;
}
