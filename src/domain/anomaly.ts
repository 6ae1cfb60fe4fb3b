import type { Timeframe } from './timeframe.js';

export const ANOMALY_TYPES = [
  'PRICE_SPIKE',
  'PRICE_DROP',
  'VOLUME_SPIKE',
  'RANGE_EXPANSION',
  'UNUSUAL_PATTERN',
] as const;
export type AnomalyType = (typeof ANOMALY_TYPES)[number];
export const ANOMALY_SEVERITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type AnomalySeverity = (typeof ANOMALY_SEVERITIES)[number];

export interface Anomaly {
  readonly id: string;
  readonly modelId: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Close time of the bar. */
  readonly timestamp: number;
  readonly barTimestamp: number;
  /** scikit-learn's decision_function: below 0 is anomalous. */
  readonly anomalyScore: number;
  /** scikit-learn's score_samples: -1 to 0. */
  readonly rawScore: number;
  readonly anomalyType: AnomalyType;
  readonly severity: AnomalySeverity;
  readonly description: string;
}
