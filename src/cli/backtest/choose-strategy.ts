import { resolve } from 'node:path';
import { boundedCall } from '../../adapters/strategies/bounded-call.js';
import { loadStrategyFile, STRATEGY_ENDINGS } from '../../adapters/strategies/load-strategy.js';
import { probeStrategy } from '../../adapters/strategies/probe-strategy.js';
import { STRATEGY_ANSWER_MS, StrategyFolder } from '../../adapters/strategies/strategy-folder.js';
import type { StrategyParams, StrategyReference } from '../../domain/backtest.js';
import { parseParameters } from '../../engines/strategies/parameters.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import { ExplainedError } from '../../roles/explained-error.js';
import { UsageError } from './usage-error.js';

export interface ChosenStrategy {
  readonly definition: StrategyDefinition;
  readonly reference: StrategyReference;
  /** Every declared parameter, defaults filled in. */
  readonly params: StrategyParams;
}

/**
 * The strategy that an option names: a path when it looks like one, else a name.
 * @param directory of the user's own strategies
 * @throws UsageError for an unknown name or wrong parameters, ExplainedError for a file that is no strategy
 */
export async function chooseStrategy(
  named: string,
  given: Readonly<Record<string, unknown>>,
  directory: string,
): Promise<ChosenStrategy> {
  const { definition, reference } = isPath(named) ? await fromPath(named) : await fromName(named, directory);
  const params = parseParameters(definition.parameters, given, definition.checkTogether?.bind(definition));
  if (!params.ok) throw new UsageError(`--params: ${params.error.message}`);
  return { definition, reference, params: params.value };
}

const isPath = (text: string): boolean =>
  /[\\/]/.test(text) || STRATEGY_ENDINGS.some((ending) => text.endsWith(ending));

async function fromPath(named: string) {
  const path = resolve(named);
  const { fault } = await probeStrategy(path);
  if (fault !== null) throw new ExplainedError(`--strategy: ${fault}`);
  return {
    definition: await loadStrategyFile(path, boundedCall(STRATEGY_ANSWER_MS)),
    reference: { kind: 'FILE', path } as const,
  };
}

async function fromName(name: string, directory: string) {
  const found = await new StrategyFolder(directory).find(name);
  if (found.ok) return found.value;
  const message = `--strategy: ${found.error.message.replace(/^strategy: /, '')}`;
  throw found.error.code === 'UNKNOWN_STRATEGY' ? new UsageError(message) : new ExplainedError(message);
}
