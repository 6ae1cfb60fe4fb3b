import type { StrategyParams } from '../../domain/backtest.js';
import type { ParameterDeclaration } from '../../engines/strategies/parameters.js';
import type { ListedStrategy } from './strategy-library.js';

export interface StrategyParameterView {
  readonly name: string;
  readonly kind: ParameterDeclaration['kind'];
  readonly description: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly choices: readonly string[] | null;
}

/** A strategy as people see it. */
export interface StrategyView {
  readonly name: string;
  readonly description: string;
  readonly isBuiltIn: boolean;
  readonly parameters: readonly StrategyParameterView[];
  readonly defaults: StrategyParams;
}

export function strategyView({ definition, reference }: ListedStrategy): StrategyView {
  const declared = Object.entries(definition.parameters);
  return {
    name: definition.name,
    description: definition.description,
    isBuiltIn: reference.kind === 'BUILT_IN',
    parameters: declared.map(([name, declaration]) => ({
      name,
      kind: declaration.kind,
      description: declaration.description,
      min: 'min' in declaration ? declaration.min : null,
      max: 'max' in declaration ? declaration.max : null,
      choices: 'choices' in declaration ? declaration.choices : null,
    })),
    defaults: Object.fromEntries(declared.map(([name, declaration]) => [name, declaration.default])),
  };
}
