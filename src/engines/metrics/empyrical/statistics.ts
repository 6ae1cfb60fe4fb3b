import type { SimulationResult } from '../../backtest/simulation.js';
import type { RunIndex } from '../run-index.js';
import { annualReturn, annualVolatility } from './annualization.js';
import { finalReturn, maxDrawdown } from './cumulative-returns.js';
import { conditionalValueAtRisk, stabilityOfTimeseries, tailRatio, valueAtRisk } from './distribution.js';
import { alpha, beta } from './market-model.js';
import { calmarRatio, downsideRisk, omegaRatio, sharpeRatio, sortinoRatio } from './risk-adjusted-ratios.js';

/** Statistics of a run's day returns as empyrical defines them: fractions, 252 days a year, null where undefined. */
export interface EmpyricalStatistics {
  readonly cumReturnsFinal: number | null;
  readonly annualReturn: number | null;
  readonly annualVolatility: number | null;
  readonly sharpeRatio: number | null;
  readonly sortinoRatio: number | null;
  readonly downsideRisk: number | null;
  readonly calmarRatio: number | null;
  readonly omegaRatio: number | null;
  /** 0 or below, at day ends. */
  readonly maxDrawdown: number | null;
  readonly stabilityOfTimeseries: number | null;
  readonly tailRatio: number | null;
  readonly valueAtRisk: number | null;
  readonly conditionalValueAtRisk: number | null;
  readonly alpha: number | null;
  readonly beta: number | null;
}

const defined = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * @param index what `indexRun` made of the run's instants
 * @param startingEquity what the first day begins with, above 0
 */
export function empyricalStatistics(
  { equity }: SimulationResult,
  index: RunIndex,
  startingEquity: number = equity[0] ?? NaN,
): EmpyricalStatistics {
  const returns = new Float64Array(index.periodEnds.length);
  let previous = startingEquity;
  index.periodEnds.forEach((end, i) => {
    const value = equity[end] as number;
    returns[i] = value / previous - 1;
    previous = value;
  });
  const factor = index.benchmark?.returns;
  return {
    cumReturnsFinal: defined(finalReturn(returns)),
    annualReturn: defined(annualReturn(returns)),
    annualVolatility: defined(annualVolatility(returns)),
    sharpeRatio: defined(sharpeRatio(returns)),
    sortinoRatio: defined(sortinoRatio(returns)),
    downsideRisk: defined(downsideRisk(returns)),
    calmarRatio: defined(calmarRatio(returns)),
    omegaRatio: defined(omegaRatio(returns)),
    maxDrawdown: defined(maxDrawdown(returns)),
    stabilityOfTimeseries: defined(stabilityOfTimeseries(returns)),
    tailRatio: defined(tailRatio(returns)),
    valueAtRisk: defined(valueAtRisk(returns)),
    conditionalValueAtRisk: defined(conditionalValueAtRisk(returns)),
    alpha: factor ? defined(alpha(returns, factor)) : null,
    beta: factor ? defined(beta(returns, factor)) : null,
  };
}
