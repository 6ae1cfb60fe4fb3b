import type { Timeframe } from './timeframe.js';

/** A signal is a target: BUY = be long, SELL = be flat, HOLD = leave as it is. */
export const SIGNAL_ACTIONS = ['BUY', 'SELL', 'HOLD'] as const;
export type SignalAction = (typeof SIGNAL_ACTIONS)[number];

/** Why a signal is what it is. */
export const SIGNAL_REASONS = [
  'PREDICTED_RISE',
  'PREDICTED_FALL',
  'PREDICTION_BELOW_THRESHOLD',
  'NO_SKILL',
  'CROSSED_ABOVE',
  'CROSSED_BELOW',
  'NO_CROSS',
  'STRATEGY_DECISION',
  'NO_DECISION',
] as const;
export type SignalReason = (typeof SIGNAL_REASONS)[number];

/** What one signal source says of one bar. Prices are float64 in the quote currency. */
export interface Signal {
  /** By `timedId` of the bar's time, the source, the symbol and the timeframe: the same bar gives the same id. */
  readonly id: string;
  /** Name of the signal source: `lstm`, `ema-cross`. */
  readonly source: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Decision time: the close time of the bar it was made of, epoch milliseconds UTC. */
  readonly timestamp: number;
  /** Open time of the bar it was made of. */
  readonly barTimestamp: number;
  readonly action: SignalAction;
  readonly reason: SignalReason;
  /** 0 to 1. */
  readonly confidence: number;
  /** Null for sources that predict no price. */
  readonly predictedPrice: number | null;
  readonly currentPrice: number;
  /** Prices as seen at the decision; anchored again at the fill by the distances. Null on HOLD and SELL. */
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  /** Distances in the quote currency, above 0. */
  readonly stopDistance: number | null;
  readonly takeProfitDistance: number | null;
  /** The settings it was decided with (thresholds, costs). */
  readonly settings: Readonly<Record<string, number>>;
  readonly predictionId: string | null;
  readonly modelId: string | null;
}
