import type { Deployment } from '../../domain/deployment.js';
import type { Instrument } from '../../domain/instrument.js';
import type { BarHistory } from '../../ports/bar-history.js';
import type { DeploymentStore } from '../../ports/deployment-store.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { MlStore } from '../../ports/ml-store.js';
import { invariant } from '../../domain/result.js';
import type { StrategyLibrary } from '../backtesting/strategy-library.js';
import { DeployedStrategy, type Bounded } from './deployed-strategy.js';

/** What it takes to run the strategies that are deployed on accounts. */
export interface StrategyHosting {
  readonly deployments: Pick<DeploymentStore, 'deployment' | 'holdings' | 'end'>;
  readonly strategies: Pick<StrategyLibrary, 'find'>;
  readonly bars: Pick<BarHistory, 'read'>;
  readonly actions: Pick<CorporateActionStore, 'actionsOf' | 'adjustmentOf'>;
  readonly signals: Pick<MlStore, 'saveSignals'>;
  readonly instrument: (symbol: string) => Promise<Instrument | null>;
  /** For strategies of the user's: the built-in ones come to an end. */
  readonly bounded: Bounded;
}

/** A deployment whose strategy cannot be run: it is not there, threw, or never came to an end. */
export class DeploymentFailedError extends Error {
  override readonly name = 'DeploymentFailedError';
  constructor(
    readonly deployment: Deployment,
    cause: Error,
    /** True where its file took too long to be looked at: it may be there a moment later. */
    readonly retriable = false,
  ) {
    super(cause.message, { cause });
  }
}

/** Opens the deployment of an account, at work up to `asOf`. @throws DeploymentFailedError, and what the database throws */
export async function openDeployment(hosting: StrategyHosting, id: string, asOf: number): Promise<DeployedStrategy> {
  const { deployments, strategies, bars } = hosting;
  const deployment = await deployments.deployment(id);
  invariant(deployment !== null, `deployment ${id} is there, an account follows it`);
  const found = await strategies.find(deployment.strategy);
  if (!found.ok) {
    const { message, retriable } = found.error;
    throw new DeploymentFailedError(deployment, new Error(message), retriable);
  }
  const instruments = await Promise.all(
    deployment.symbols.map(async (symbol) => {
      const instrument = await hosting.instrument(symbol);
      invariant(instrument !== null, `the instrument of ${symbol} is stored`);
      return instrument;
    }),
  );
  const holdings = await deployments.holdings(deployment.accountId, deployment.symbols);
  const actions = await hosting.actions.actionsOf(deployment.symbols);
  const prices = await Promise.all(
    deployment.symbols.map(async (symbol) => {
      const adjustment = await hosting.actions.adjustmentOf(symbol, deployment.timeframe);
      return { symbol, areRaw: adjustment === 'RAW' || adjustment === null };
    }),
  );
  const { definition, reference } = found.value;
  const bounded = reference.kind === 'FILE' ? hosting.bounded : atOnce;
  try {
    return await DeployedStrategy.open(
      { deployment, definition, instruments, bars, bounded, prices, actions },
      asOf,
      holdings,
    );
  } catch (error) {
    throw isStrategysFault(error) ? new DeploymentFailedError(deployment, error) : error;
  }
}

/** The simulation engine says whose fault an error is; a bound that was exceeded is the strategy's as well. */
export const isStrategysFault = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && (error.code === 'STRATEGY_FAILED' || error.code === 'STRATEGY_STUCK');

const atOnce: Bounded = (work) => work();
