/** Under the name by which a worker asks for the definition behind a reference. */
export { loadStrategy as resolveStrategy, StrategyNotLoadedError } from '../strategies/load-strategy.js';
