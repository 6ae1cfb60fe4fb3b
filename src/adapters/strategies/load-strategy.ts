import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { findStrategy } from '../../engines/strategies/catalogue.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import type { StrategyReference } from '../../domain/backtest.js';
import { checkedDefinition, type Bounded } from './checked-definition.js';
import { definitionFault } from './definition-fault.js';
import { importFault, moduleUrl } from './import-fault.js';
import { resolveAuthoringImports } from './resolve-authoring.js';

export const STRATEGY_ENDINGS = ['.ts', '.js', '.mts', '.mjs'];

/** A strategy's code cannot be had. The message names the file, the line where it can be told, and what is wrong. */
export class StrategyNotLoadedError extends Error {
  override readonly name = 'StrategyNotLoadedError';
}

interface ImportedModule {
  readonly default?: unknown;
}

/** Node's own import, which strips types: a test runner or bundler that rewrites `import()` leaves this one alone. */
async function importByNode(url: string): Promise<ImportedModule> {
  const importer = (await import('data:text/javascript,export default (url) => import(url)' as string)) as {
    readonly default: (url: string) => Promise<ImportedModule>;
  };
  return importer.default(url);
}

/** The definition behind a reference. @throws StrategyNotLoadedError */
export async function loadStrategy(reference: StrategyReference): Promise<StrategyDefinition> {
  if (reference.kind === 'FILE') return loadStrategyFile(reference.path);
  const found = findStrategy(reference.name);
  if (found === undefined) throw new StrategyNotLoadedError(`there is no built-in strategy ${reference.name}`);
  return found;
}

/**
 * The default export of a module of the user's, checked. Types are stripped by Node itself. The module runs in this
 * thread: one that loops for ever never answers, so a caller with a deadline calls this in a worker.
 * A file that has changed is loaded anew; the earlier version stays in memory.
 * @param bounded for what the definition is asked before it runs; a worker, which has a deadline, needs none
 * @throws StrategyNotLoadedError
 */
export async function loadStrategyFile(path: string, bounded: Bounded = atOnce): Promise<StrategyDefinition> {
  const file = resolve(path);
  const found = await stat(file).catch(() => null);
  if (found === null) throw new StrategyNotLoadedError(`there is no file ${file}`);
  if (!found.isFile()) throw new StrategyNotLoadedError(`${file} is not a file`);
  if (!STRATEGY_ENDINGS.includes(extname(file)))
    throw new StrategyNotLoadedError(`${file}: a strategy is a ${STRATEGY_ENDINGS.join(', ')} file`);
  resolveAuthoringImports();
  let module: ImportedModule;
  try {
    module = await importByNode(moduleUrl(file, `v=${found.mtimeMs}`));
  } catch (error) {
    throw new StrategyNotLoadedError(importFault(file, error));
  }
  const fault = definitionFault(module.default);
  if (fault !== null) throw new StrategyNotLoadedError(`${file}: ${fault}`);
  return checkedDefinition(module.default as StrategyDefinition, bounded);
}

const atOnce: Bounded = (work) => work();
