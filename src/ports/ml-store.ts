import type { Anomaly } from '../domain/anomaly.js';
import type { LogPosition } from '../domain/events.js';
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

/** A model to be stored: the database says when it was created. */
export type NewModel = Omit<Model, 'createdAt'>;

/** From this place in market_data on, the model is the one in use for its series. */
export interface ModelActivation extends LogPosition {
  readonly kind: ModelKind;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly modelId: string;
}

/**
 * Models and what came of them. Saving rows whose ids, or natural keys, are there already changes nothing: handling the
 * same batch again is not handling it twice.
 */
export interface MlStore {
  saveModel(tx: Transaction, model: NewModel, artifact: Uint8Array): Promise<void>;
  /** Sets READY models of a kind and series to RETIRED; those that still run go on until another is activated. */
  retireReadyModels(tx: Transaction, kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<void>;
  /** Removes the records of failed trainings: nothing points at them, and one is enough to see what is wrong. */
  dropFailedModels(tx: Transaction, kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<void>;
  model(id: string): Promise<ModelWithArtifact | null>;
  /** The newest READY model of a kind and series, without its artifact. */
  readyModel(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<Model | null>;
  /** Version number that the next model of this kind and series gets: 1 for the first. */
  nextVersion(kind: ModelKind, symbol: string, timeframe: Timeframe): Promise<number>;
  savePredictions(tx: Transaction, predictions: readonly Prediction[]): Promise<void>;
  saveSignals(tx: Transaction, signals: readonly Signal[]): Promise<void>;
  saveAnomalies(tx: Transaction, anomalies: readonly Anomaly[]): Promise<void>;
  saveActivations(tx: Transaction, activations: readonly ModelActivation[]): Promise<void>;
  /** For each kind and series of these symbols, the last activation before this place in its partition. */
  activationsBefore(place: LogPosition, symbols: readonly string[]): Promise<readonly ModelActivation[]>;
}
