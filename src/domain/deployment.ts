import type { StrategyParams, StrategyReference } from './backtest.js';
import type { Timeframe } from './timeframe.js';

/** RUNNING ends in one of the others, which are final. */
export const DEPLOYMENT_STATUSES = ['RUNNING', 'STOPPED', 'FAILED'] as const;
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];

/** A strategy that trades on an account. Times are epoch milliseconds UTC. */
export interface Deployment {
  readonly id: string;
  readonly accountId: string;
  readonly strategy: string;
  readonly reference: StrategyReference;
  /** Every declared parameter with its value. */
  readonly params: StrategyParams;
  /** In alphabetic order. */
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** Names its signals, and the account follows it: `sma-cross@1f0c2d3e`. */
  readonly source: string;
  readonly status: DeploymentStatus;
  /** Why it failed; null unless it did. */
  readonly failure: string | null;
  /** Open time of the first bar that it may warm up on. */
  readonly warmFrom: number;
  /** It decides on bars that close after this; what was before only warms it up. */
  readonly tradeAfter: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
}
