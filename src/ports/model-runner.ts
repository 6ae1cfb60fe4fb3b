import type { BarSeries } from '../domain/bar.js';
import type { ModelBackend } from '../domain/model.js';

/** What a training can be tuned with; the same bars, settings and backend give the same models. */
export interface TrainingSettings {
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  /** What is left out takes the trainer's default. */
  readonly lstm?: {
    /** Passes over the training part at most. */
    readonly epochs?: number;
    readonly units?: number;
  };
}

export interface TrainingOptions {
  /** Called with the share done, 0 to 1, and what is being done, for people. */
  readonly onProgress?: (fraction: number, message: string) => void;
  /** Ends the training; it then throws. */
  readonly signal?: AbortSignal;
}

/** Both models of a series as bytes, with the evidence for them. */
export interface TrainedModels {
  /** The one that the LSTM was trained with. */
  readonly backend: ModelBackend;
  /** Wall time of the training. */
  readonly seconds: number;
  /** Open times of the first and last bar used. */
  readonly trainedFrom: number;
  readonly trainedTo: number;
  /** Predicts the next log return. */
  readonly lstm: {
    /** Opaque to everything but the runner that made it. */
    readonly artifact: Uint8Array;
    /** Out-of-sample: 1 - MSE(model) / MSE(last price); null where it has no meaning. */
    readonly skill: number | null;
    /** Standard error of the skill; null where that is, or under two samples. */
    readonly skillStandardError: number | null;
    /** Share in [0, 1] of right signs; null where price or prediction never moved. */
    readonly directionalAccuracy: number | null;
    /** Held-out samples that the skill was measured on. */
    readonly count: number;
  };
  /** Scores single bars; `IsolationForest.fromBytes` reads it. */
  readonly forest: { readonly artifact: Uint8Array };
}

/** Trains off the main thread. Throws what its worker answers, or that the worker is gone. */
export interface ModelTrainer {
  train(bars: BarSeries, settings: TrainingSettings, options?: TrainingOptions): Promise<TrainedModels>;
}

/** Runs price models off the main thread. Faults carry `retriable`: a crashed worker is, a broken artifact is not. */
export interface PricePredictor {
  /** Makes a model ready for `predict` until it is unloaded, worker crashes included. */
  load(modelId: string, artifact: Uint8Array): Promise<void>;
  isLoaded(modelId: string): boolean;
  /** Lets a model go; an id that is not loaded changes nothing. */
  unload(modelId: string): Promise<void>;
  /**
   * Predicts next log returns, all windows in one go.
   * @param windows row-major [count, bars, features] as `engines/ml/lstm-features` makes them, unscaled
   * @returns Float64Array [count]
   */
  predict(modelId: string, windows: Float32Array): Promise<Float64Array>;
}
