/**
 * What a strategy of the user's imports: `import { defineStrategy, indicators, crossedAbove } from 'tradegraph/strategy'`.
 * docs/backtesting.md shows how one is written.
 */
export { indicators } from '../../engines/indicators/indicators.js';
export type {
  BarColumns,
  IndicatorBar,
  IndicatorSpec,
  IndicatorStream,
} from '../../engines/indicators/indicator-spec.js';
export { valueOf, type Crossing, type IndicatorOutput } from '../../engines/strategies/crossing.js';
export { crossedAbove, crossedBelow, type Line } from '../../engines/strategies/line.js';
export type {
  ParameterDeclaration,
  ParameterDeclarations,
  ParameterValues,
} from '../../engines/strategies/parameters.js';
export type { Preparation, PreparationContext, SharedPreparation } from '../../engines/strategies/preparation.js';
export {
  defineStrategy,
  type Market,
  type OrderRequest,
  type StrategyDefinition,
  type StrategyRun,
  type StrategySetup,
} from '../../engines/strategies/strategy.js';
