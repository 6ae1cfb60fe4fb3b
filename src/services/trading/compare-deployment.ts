import type { Deployment } from '../../domain/deployment.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, invariant, ok, type Result } from '../../domain/result.js';
import type { RunTrace } from '../../domain/run-trace.js';
import { compareRuns, type RunComparison } from '../../engines/research/compare-runs.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import { loadActions } from '../backtesting/load-actions.js';
import type { BarHistory } from '../../ports/bar-history.js';
import type { DeploymentStore } from '../../ports/deployment-store.js';
import type { DeploymentRecord, DeploymentRecords, DeploymentReplayer } from '../../ports/parity.js';

export interface CompareDeploymentOptions {
  readonly deployments: Pick<DeploymentStore, 'deployment'>;
  readonly records: DeploymentRecords;
  readonly replayer: DeploymentReplayer;
  readonly bars: Pick<BarHistory, 'read'>;
  readonly actions: Pick<CorporateActionStore, 'actionsOf' | 'adjustmentOf'>;
  readonly instrument: (symbol: string) => Promise<Instrument | null>;
}

export interface DeploymentComparison {
  readonly deployment: Deployment;
  /** Market time up to which they are compared; null before the first bar. */
  readonly until: number | null;
  /** Null where nothing can be compared. */
  readonly comparison: RunComparison | null;
  /** Why a difference is to be expected, or why nothing can be compared; empty where neither is so. */
  readonly reservations: readonly string[];
}

/** Holds what a deployment did against a backtest of the same strategy over the same bars. */
export class CompareDeployment {
  constructor(private readonly options: CompareDeploymentOptions) {}

  /** Refuses UNKNOWN_DEPLOYMENT. `deploymentId` is a UUID. */
  async execute(deploymentId: string): Promise<Result<DeploymentComparison, Refusal>> {
    const { deployments, records, replayer } = this.options;
    const deployment = await deployments.deployment(deploymentId);
    if (deployment === null) {
      const message = `deploymentId: there is no deployment "${deploymentId}"`;
      return err({ code: 'UNKNOWN_DEPLOYMENT', message, path: ['deploymentId'], value: deploymentId });
    }
    const record = await records.recordOf(deployment);
    const codeChangedAt = await replayer.codeChangedAt(deployment);
    const reservations = [...reservationsOf(deployment, record), ...changedCode(codeChangedAt)];
    const { until, startingCash } = record;
    if (until === null) return ok({ deployment, until, comparison: null, reservations });
    const instruments = await Promise.all(deployment.symbols.map((symbol) => this.instrument(symbol)));
    const series = await Promise.all(
      deployment.symbols.map((symbol) =>
        this.options.bars.read({ symbol, timeframe: deployment.timeframe, from: deployment.warmFrom, to: until }),
      ),
    );
    const actions = await loadActions(this.options.actions, deployment);
    if (!actions.ok) {
      return ok({ deployment, until, comparison: null, reservations: [...reservations, actions.error.message] });
    }
    const replayed = await replayer.replay({
      deployment,
      instruments,
      series,
      actions: actions.value,
      startingCash,
      until,
    });
    if (!replayed.ok) {
      return ok({ deployment, until, comparison: null, reservations: [...reservations, replayed.error] });
    }
    const comparison = compareRuns(replayed.value, atTimesOf(record.trace, replayed.value));
    return ok({ deployment, until, comparison, reservations });
  }

  private async instrument(symbol: string): Promise<Instrument> {
    const instrument = await this.options.instrument(symbol);
    invariant(instrument !== null, `the instrument of ${symbol} is stored`);
    return instrument;
  }
}

function reservationsOf(deployment: Deployment, { until, fillsBefore, ordersByHand }: DeploymentRecord): string[] {
  const reservations: string[] = [];
  if (until === null) reservations.push('No bar has come since it was deployed.');
  if (fillsBefore > 0) {
    reservations.push(`The account had ${fillsBefore} fills before: it did not begin with its cash alone.`);
  }
  if (ordersByHand > 0) reservations.push(`${ordersByHand} orders were placed by hand on the account since.`);
  if (deployment.status === 'FAILED') reservations.push(`The strategy failed: ${deployment.failure ?? ''}`);
  return reservations;
}

/** What runs is the file as it was when the strategy was opened: at its deployment, or at the last start. */
function changedCode(changedAt: number | null): string[] {
  if (changedAt === null) return [];
  return [`The file of the strategy was changed at ${new Date(changedAt).toISOString()}: other code may have traded.`];
}

/** The account is valued at the bars of every symbol that is tracked; the backtest knows those of the strategy alone. */
function atTimesOf(trace: RunTrace, reference: RunTrace): RunTrace {
  const times = new Set(reference.equity.map(({ time }) => time));
  return { ...trace, equity: trace.equity.filter(({ time }) => times.has(time)) };
}
