/** Fewer bars give a test part of less than 60 samples, on which no skill can be told from luck. */
export const MIN_TRAINING_BARS = 500;
/** Bounds memory (some 60 MB of windows) and time; the newest are taken where there are more. */
export const MAX_TRAINING_BARS = 100_000;

export interface LstmTrainingSettings {
  readonly units: number;
  /** Passes over the training samples at most. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Stops after so many epochs without a better validation error. */
  readonly patienceEpochs: number;
  /** Whole number in [0, 2^32): the same samples, settings, seed and backend give the same weights to the last bit. */
  readonly seed: number;
}

/**
 * Chosen on BTC-USD minutes: 3,000 bars train in well under 20 s on two cores with the wasm backend, and the validation
 * error does not fall further with more epochs.
 */
export const DEFAULT_LSTM_SETTINGS: Omit<LstmTrainingSettings, 'seed'> = {
  units: 32,
  epochs: 8,
  batchSize: 256,
  learningRate: 0.003,
  patienceEpochs: 3,
};

export interface ModelTrainingSettings {
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  readonly lstm?: Partial<Omit<LstmTrainingSettings, 'seed'>>;
}

/** Fewer bars than MIN_TRAINING_BARS. */
export class TooFewBarsError extends Error {
  override readonly name = 'TooFewBarsError';
  readonly code = 'TOO_FEW_BARS';
  constructor(barCount: number) {
    super(`Training needs at least ${MIN_TRAINING_BARS} bars, not ${barCount}`);
  }
}
