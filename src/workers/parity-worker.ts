import { parentPort, workerData } from 'node:worker_threads';
import { loadStrategy, StrategyNotLoadedError } from '../adapters/strategies/load-strategy.js';
import { err, ok, type Result } from '../domain/result.js';
import type { RunTrace } from '../domain/run-trace.js';
import { closeTimesOf } from '../engines/backtest/native-close-times.js';
import { SimulationError } from '../engines/backtest/simulation-error.js';
import { traceOfBacktest } from '../engines/research/deployment-trace.js';
import { DEFAULT_RISK_LIMITS } from '../engines/risk/limits.js';
import { parseParameters } from '../engines/strategies/parameters.js';
import type { ReplayedDeployment } from '../ports/parity.js';

const { deployment, instruments, series, actions, startingCash, until } = workerData as ReplayedDeployment;

/** Open time of the first bar that closed after the deployment: those before only warm up. */
function tradeFrom(): number {
  const firsts = series.map((columns, index) => {
    const closeTimes = closeTimesOf(columns, instruments[index]?.calendar ?? 'crypto');
    const first = closeTimes.findIndex((time) => time > deployment.tradeAfter);
    return first < 0 ? Infinity : (columns.timestamps[first] ?? Infinity);
  });
  return Math.min(...firsts);
}

async function replay(): Promise<Result<RunTrace, string>> {
  try {
    const strategy = await loadStrategy(deployment.reference);
    const parsed = parseParameters(strategy.parameters, deployment.params, strategy.checkTogether?.bind(strategy));
    if (!parsed.ok) return err(parsed.error.message);
    const options = {
      startingCash,
      instruments,
      costs: {},
      limits: DEFAULT_RISK_LIMITS,
      finalizeTrades: false,
      accountId: deployment.accountId,
    };
    return ok(traceOfBacktest({ series, tradeFrom: tradeFrom(), actions }, strategy, parsed.value, options, until));
  } catch (error) {
    if (error instanceof SimulationError || error instanceof StrategyNotLoadedError) return err(error.message);
    throw error;
  }
}

const tell = (outcome: Result<RunTrace, string>, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(outcome, transfer);

tell(await replay());
