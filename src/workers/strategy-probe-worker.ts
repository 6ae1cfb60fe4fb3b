import { parentPort, workerData } from 'node:worker_threads';
import { loadStrategyFile, StrategyNotLoadedError } from '../adapters/strategies/load-strategy.js';
import type { ProbeVerdict, StrategyProbe } from '../adapters/strategies/probe-strategy.js';

// Imports a module of the user's where it can be ended: what it does at its import is not known yet.
const { path } = workerData as StrategyProbe;
let verdict: ProbeVerdict;
try {
  const { name, description, parameters } = await loadStrategyFile(path);
  verdict = { fault: null, declared: { name, description, parameters } };
} catch (error) {
  if (!(error instanceof StrategyNotLoadedError)) throw error;
  verdict = { fault: error.message, declared: null };
}
// A promise that the import left rejected ends the thread here, and not a process later.
await new Promise((resolve) => setImmediate(resolve));
parentPort?.postMessage(verdict, []);
