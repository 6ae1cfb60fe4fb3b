import type { BarSeries } from '../../domain/bar.js';
import { timeframeMs } from '../../domain/timeframe.js';
import type { SimulationBars, SimulationResult } from '../backtest/simulation.js';
import type { StrategyDefinition } from '../strategies/strategy.js';
import { DecisionLog, recordDecisions, type Decision } from './decision-log.js';
import type { ParameterSet } from './parameter-set.js';

/**
 * Runs a strategy over bars: a simulator whose broker options are settled. It keeps nothing from one run to the next
 * (no indicators of longer bars), and leaves open what is open at the end: `finalizeTrades` off, or the checks would
 * compare the closing of positions at ends that differ.
 */
export type Simulate = (bars: SimulationBars, strategy: StrategyDefinition, values: ParameterSet) => SimulationResult;

/** A strategy, its values and the simulator: what a check runs again over other bars. */
export interface CheckedRun {
  readonly simulate: Simulate;
  readonly strategy: StrategyDefinition;
  readonly values: ParameterSet;
  readonly bars: SimulationBars;
  /**
   * Close time of each bar, as the simulator has them: `opensPlusTimeframe`, or by the instrument's calendar for the
   * native profile.
   */
  closeTimesOf(series: BarSeries): Float64Array;
}

/** Close times where a bar lasts its whole timeframe: those of the `backtesting.py` profile. */
export const opensPlusTimeframe = ({ timestamps, timeframe }: BarSeries): Float64Array => {
  const lengthMs = timeframeMs(timeframe);
  return timestamps.map((time) => time + lengthMs);
};

export interface RecordedRun {
  readonly result: SimulationResult;
  readonly decisions: readonly Decision[];
  /** The last instant at which the strategy was asked. */
  readonly lastAskedTime: number;
}

/** Runs it over these bars, its decisions written down. */
export function runRecorded(run: CheckedRun, bars: SimulationBars): RecordedRun {
  const log = new DecisionLog();
  const closeTimes = new Map(bars.series.map((series) => [series.symbol, run.closeTimesOf(series)]));
  const result = run.simulate(bars, recordDecisions(run.strategy, log, closeTimes), run.values);
  return { result, decisions: log.decisions, lastAskedTime: log.lastAskedTime };
}

/** `BUY {"sizePct":50}`: two decisions with the same text are the same. */
export const decisionText = ({ action, order }: Decision): string =>
  order === null ? action : `${action} ${JSON.stringify(order)}`;
