import type { BarSeries } from '../domain/bar.js';
import type { SeriesActions } from '../domain/corporate-action.js';
import type { Deployment } from '../domain/deployment.js';
import type { Instrument } from '../domain/instrument.js';
import type { Result } from '../domain/result.js';
import type { RunTrace } from '../domain/run-trace.js';

/** What an account did for a deployment, and what else was done with it. */
export interface DeploymentRecord {
  /** Time of the last bar that the strategy was asked about; null when there was none. */
  readonly until: number | null;
  /** Cash that the account began with, whole units and fractions. */
  readonly startingCash: number;
  /** Fills before the deployment: the account did not begin with its cash alone. */
  readonly fillsBefore: number;
  /** Orders by hand and flattenings since. */
  readonly ordersByHand: number;
  /** Up to and with `until`. */
  readonly trace: RunTrace;
}

/** Reading what deployments did. */
export interface DeploymentRecords {
  recordOf(deployment: Deployment): Promise<DeploymentRecord>;
}

export interface ReplayedDeployment {
  readonly deployment: Deployment;
  readonly instruments: readonly Instrument[];
  /** One a symbol, in alphabetic order, warm-up included; the last bars close at `until`. */
  readonly series: readonly BarSeries[];
  /** Splits and dividends of the symbols that have some. */
  readonly actions: readonly SeriesActions[];
  readonly startingCash: number;
  readonly until: number;
}

/** Runs a deployment's strategy as a backtest over the bars that it saw, off the caller's event loop. */
export interface DeploymentReplayer {
  /** When the strategy's file was changed after the deployment (epoch milliseconds UTC); null when it was not, or is gone. */
  codeChangedAt(deployment: Deployment): Promise<number | null>;
  /** The error is the strategy's own, in words. */
  replay(replayed: ReplayedDeployment): Promise<Result<RunTrace, string>>;
}
