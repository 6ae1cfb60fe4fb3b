import type { SimulationBars, SimulationResult } from '../backtest/simulation.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { DecisionLog, recordDecisions, type Decision } from './decision-log.js';
import type { ParameterSet } from './parameter-set.js';

/** Runs a strategy over bars: a simulator whose broker options are settled. It keeps nothing from one run to the next. */
export type Simulate = (bars: SimulationBars, strategy: StrategyDefinition, values: ParameterSet) => SimulationResult;

/** A strategy, its values and the simulator: what a check runs again over other bars. */
export interface CheckedRun {
  readonly simulate: Simulate;
  readonly strategy: StrategyDefinition;
  readonly values: ParameterSet;
  readonly bars: SimulationBars;
}

export interface RecordedRun {
  readonly result: SimulationResult;
  readonly decisions: readonly Decision[];
  /** The last instant at which the strategy was asked. */
  readonly lastAskedTime: number;
}

/** Runs it over these bars, its decisions written down. */
export function runRecorded({ simulate, strategy, values }: CheckedRun, bars: SimulationBars): RecordedRun {
  const log = new DecisionLog();
  const result = simulate(bars, recordDecisions(strategy, log), values);
  return { result, decisions: log.decisions, lastAskedTime: log.lastAskedTime };
}

/** `BUY {"sizePct":50}`: two decisions with the same text are the same. */
export const decisionText = ({ action, order }: Decision): string =>
  order === null ? action : `${action} ${JSON.stringify(order)}`;
