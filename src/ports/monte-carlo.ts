import type { Instrument } from '../domain/instrument.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { BacktestCaution } from '../domain/backtest.js';

/**
 * STATIONARY and CIRCULAR draw blocks of consecutive daily returns with replacement. SHUFFLE takes every round trip once
 * in another order, RESAMPLE draws as many with replacement.
 */
export const MONTE_CARLO_METHODS = ['STATIONARY', 'CIRCULAR', 'SHUFFLE', 'RESAMPLE'] as const;
export type MonteCarloMethod = (typeof MONTE_CARLO_METHODS)[number];

export interface MonteCarloRequest {
  readonly method: MonteCarloMethod;
  readonly paths: number;
  /** Mean length of a block in days; null: from the autocorrelations of the returns. */
  readonly blockLength: number | null;
  readonly seed: number;
  readonly startingCash: number;
  readonly calendar: Instrument['calendar'];
  readonly timeframe: Timeframe;
  /** Equity at each instant, of the bootstraps; else empty. */
  readonly times: Float64Array;
  readonly equity: Float64Array;
  /** Gain of each round trip, of the others; else empty. */
  readonly pnl: Float64Array;
}

/** A figure over all paths, with what the backtest itself had. */
export interface FigureDistribution {
  readonly observed: number;
  readonly mean: number;
  readonly p1: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
}

export interface MonteCarloResult {
  readonly paths: number;
  /** Days or round trips of each path. */
  readonly length: number;
  /** Block length that was used, in days; null without blocks. */
  readonly blockLength: number | null;
  /** Percent, as the statistics have them. */
  readonly totalReturnPct: FigureDistribution;
  /** 0 or below. */
  readonly maxDrawdownPct: FigureDistribution;
  /** Null for round trips, and below 30 days. */
  readonly sharpe: FigureDistribution | null;
  /** Null for the bootstraps. */
  readonly longestLosingStreak: FigureDistribution | null;
  /** Share of paths that end below where they began. */
  readonly lossShare: number | null;
  /** Share of paths on which everything was lost at some moment; null for the bootstraps. */
  readonly ruinShare: number | null;
  readonly cautions: readonly BacktestCaution[];
}

/** Why nothing could be drawn. */
export interface MonteCarloFault {
  readonly code: 'NO_RESULT' | 'TOO_MANY_DRAWS' | 'INVALID_ARGUMENT' | 'MONTE_CARLO_BUSY';
  /** Names the figure and the limit. */
  readonly message: string;
  readonly limit: number | null;
}

export type MonteCarloOutcome =
  { readonly ok: true; readonly value: MonteCarloResult } | { readonly ok: false; readonly error: MonteCarloFault };

/** Draws other histories off the event loop of the caller. */
export interface MonteCarloRunner {
  run(request: MonteCarloRequest): Promise<MonteCarloOutcome>;
}
