import type { Timeframe } from './timeframe.js';

export type ModelKind = 'LSTM' | 'ISOLATION_FOREST';
export type ModelStatus = 'TRAINING' | 'READY' | 'FAILED' | 'RETIRED';
export type ModelBackend = 'tfjs-node' | 'tfjs-wasm' | 'none';

/** One trained model and the evidence for it. */
export interface Model {
  readonly id: string;
  readonly kind: ModelKind;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly version: number;
  readonly status: ModelStatus;
  readonly backend: ModelBackend;
  /** First and last open time of the bars it was trained and tested on. */
  readonly trainedFrom: number;
  readonly trainedTo: number;
  /** Out-of-sample: 1 - MSE(model) / MSE(last price); above 0 beats the last price. Null where it has no meaning. */
  readonly skill: number | null;
  /** Standard error of the skill (engines/metrics/prediction-skill.ts); null where that is, or under two samples. */
  readonly skillStandardError: number | null;
  readonly directionalAccuracy: number | null;
  readonly heldOutCount: number;
  readonly seed: number;
  readonly trainingSeconds: number;
  readonly createdAt: number;
}

export interface Prediction {
  readonly id: string;
  readonly modelId: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Close time of the last bar it saw. */
  readonly timestamp: number;
  readonly barTimestamp: number;
  readonly currentPrice: number;
  readonly predictedPrice: number;
  /** Percent. */
  readonly expectedChange: number;
  /** Open times of the first and last bar it saw. */
  readonly inputFrom: number;
  readonly inputTo: number;
}
