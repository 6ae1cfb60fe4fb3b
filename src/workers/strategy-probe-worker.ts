import { parentPort, workerData } from 'node:worker_threads';
import { loadStrategyFile, StrategyNotLoadedError } from '../adapters/strategies/load-strategy.js';
import type { ProbeVerdict, StrategyProbe } from '../adapters/strategies/probe-strategy.js';

// Imports a module of the user's where it can be ended: what it does at its import is not known yet.
const { path } = workerData as StrategyProbe;
let verdict: ProbeVerdict;
try {
  await loadStrategyFile(path);
  verdict = { fault: null };
} catch (error) {
  if (!(error instanceof StrategyNotLoadedError)) throw error;
  verdict = { fault: error.message };
}
parentPort?.postMessage(verdict, []);
