import type { IsolationForestOptions } from './isolation-forest.js';

/** Fewer bars give a test part of less than 60 samples, on which no skill can be told from luck. */
export const MIN_TRAINING_BARS = 500;
/** Bounds time (some 10 s of CPU an epoch) and memory (25 MB of windows); the newest are taken where there are more. */
export const MAX_TRAINING_BARS = 20_000;
/** More units than any model here needs; a stored model with more is damaged. */
export const MAX_LSTM_UNITS = 1_024;

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
 * Chosen on BTC-USD minutes by the validation error over three seeds, which is lowest after 6 to 8 epochs; an epoch over
 * 3,000 bars takes some 1.5 s of CPU with the wasm backend, and a first start waits for it.
 */
export const DEFAULT_LSTM_SETTINGS: Omit<LstmTrainingSettings, 'seed'> = {
  units: 32,
  epochs: 6,
  batchSize: 256,
  learningRate: 0.003,
  patienceEpochs: 3,
};

export interface ModelTrainingSettings {
  /** Whole number in [0, 2^32). */
  readonly seed: number;
  readonly lstm?: Partial<Omit<LstmTrainingSettings, 'seed'>>;
  readonly forest?: Omit<IsolationForestOptions, 'seed'>;
}

/**
 * Refuses settings with which training would not end or not begin.
 * @throws RangeError that names the setting
 */
export function assertLstmSettings(settings: LstmTrainingSettings): void {
  const limits = { units: MAX_LSTM_UNITS, epochs: 1_000, batchSize: 4_096, patienceEpochs: 1_000 } as const;
  for (const [name, limit] of Object.entries(limits)) {
    const value = settings[name as keyof typeof limits];
    if (!Number.isInteger(value) || value < 1 || value > limit) {
      throw new RangeError(`${name} must be a whole number from 1 to ${limit}, not ${value}`);
    }
  }
  if (!(settings.learningRate > 0 && settings.learningRate <= 1)) {
    throw new RangeError(`learningRate must be above 0 and at most 1, not ${settings.learningRate}`);
  }
}

/** Fewer bars than MIN_TRAINING_BARS. */
export class TooFewBarsError extends Error {
  override readonly name = 'TooFewBarsError';
  readonly code = 'TOO_FEW_BARS';
  constructor(barCount: number) {
    super(`Training needs at least ${MIN_TRAINING_BARS} bars, not ${barCount}`);
  }
}
