import { pathToFileURL } from 'node:url';
import type { StrategyReference } from '../../domain/backtest.js';
import { findStrategy } from '../../engines/strategies/catalogue.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';

/** The strategy's code could not be found or loaded. */
export class StrategyNotLoadedError extends Error {
  override readonly name = 'StrategyNotLoadedError';
}

/**
 * The definition behind a reference: a built-in one, or the default export of the user's module.
 * @throws StrategyNotLoadedError naming the file and what is wrong with it
 */
export async function resolveStrategy(reference: StrategyReference): Promise<StrategyDefinition> {
  switch (reference.kind) {
    case 'BUILT_IN': {
      const found = findStrategy(reference.name);
      if (found === undefined) throw new StrategyNotLoadedError(`there is no built-in strategy ${reference.name}`);
      return found;
    }
    case 'FILE':
      return loadFile(reference.path);
  }
}

async function loadFile(path: string): Promise<StrategyDefinition> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new StrategyNotLoadedError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isDefinition(module.default)) return module.default;
  throw new StrategyNotLoadedError(`${path}: its default export is no strategy (see defineStrategy)`);
}

function isDefinition(value: unknown): value is StrategyDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const { name, parameters, warmUpBars, create } = value as Partial<Record<keyof StrategyDefinition, unknown>>;
  const isObject = typeof parameters === 'object' && parameters !== null;
  return typeof name === 'string' && isObject && typeof warmUpBars === 'function' && typeof create === 'function';
}
