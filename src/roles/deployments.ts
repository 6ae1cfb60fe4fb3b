import { ParityThread } from '../adapters/backtests/parity-thread.js';
import { PgBarHistory } from '../adapters/postgres/bar-history.js';
import { PgCorporateActionStore } from '../adapters/postgres/corporate-action-store.js';
import { PgDeploymentRecords } from '../adapters/postgres/deployment-records.js';
import { PgDeploymentStore } from '../adapters/postgres/deployment-store.js';
import { boundedCall } from '../adapters/strategies/bounded-call.js';
import type { Services } from '../resolvers/context.js';
import type { StrategyHosting } from '../services/trading/account-strategy.js';
import type { TradingDesk } from '../services/trading/books-by-hand.js';
import { CompareDeployment } from '../services/trading/compare-deployment.js';
import { DeployStrategy } from '../services/trading/deploy-strategy.js';
import { UndeployStrategy } from '../services/trading/undeploy-strategy.js';
import type { Foundation } from './foundation.js';

/** A strategy of the user's decides on one bar in microseconds; one that takes so long never will. */
const STRATEGY_ANSWER_MS = 1_000;
/** A comparison runs while a client waits for its answer. */
const COMPARISON_MS = 8_000;

export interface Deployments {
  readonly useCases: Pick<Services, 'deployStrategy' | 'undeployStrategy' | 'compareDeployment'>;
  /** For the process that moves the accounts. */
  readonly hosting: StrategyHosting;
}

/** @param openAccount opens a paper account of the default cash under this name, and answers its id */
export function openDeployments(
  { database, bars, instruments, mlStore, strategies }: Foundation,
  desk: TradingDesk,
  openAccount: (name: string) => Promise<string>,
): Deployments {
  const { pool } = database;
  const deployments = new PgDeploymentStore(pool);
  const hosting: StrategyHosting = {
    deployments,
    strategies,
    bars: new PgBarHistory(pool),
    actions: new PgCorporateActionStore(pool),
    signals: mlStore,
    instrument: (symbol) => instruments.instrument(symbol),
    bounded: boundedCall(STRATEGY_ANSWER_MS),
  };
  const deploy = new DeployStrategy({ desk, deployments, strategies, bars, instruments, openAccount });
  const undeploy = new UndeployStrategy(desk, deployments);
  const records = new PgDeploymentRecords(pool);
  const compare = new CompareDeployment({ ...hosting, records, replayer: new ParityThread(COMPARISON_MS) });
  return {
    hosting,
    useCases: {
      deployStrategy: (command) => deploy.execute(command),
      undeployStrategy: (id) => undeploy.execute(id),
      compareDeployment: (id) => compare.execute(id),
    },
  };
}
