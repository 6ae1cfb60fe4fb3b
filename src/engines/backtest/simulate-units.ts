import { invariant } from '../../domain/result.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import type { StrategyDefinition, StrategyRun } from '../strategies/strategy.js';
import { faultOfOptions } from './check-options.js';
import type { IndicatorCache } from './indicator-cache.js';
import { StrategyMarket, strategySetupOf } from './market.js';
import type { BrokerOptions } from './options.js';
import { firstIndexFrom, prepareBars, type PreparedBars } from './prepared-bars.js';
import { ResultMemory } from './result-memory.js';
import { SimulationError, strategyFailed } from './simulation-error.js';
import type { SimulationBars, SimulationHooks, SimulationResult } from './simulation.js';
import { epochIndicatorsOf } from './split-epochs.js';
import { UnitRun } from './unit-run.js';

/**
 * Runs a strategy over bars under the `backtesting.py` profile: float64 money, whole units or fractions, margin, shorts.
 * Deterministic, and blind to what comes later: cutting the last bars off changes nothing before them.
 * @param values checked parameter values (`parseParameters`)
 * @param prepared what runs over the same bars share; made from `bars` when left out
 * @param memory of the result: its own when left out, else that of the run before, whose result is no more
 * @throws SimulationError for options, bars or a strategy that it cannot run with
 */
export function simulateUnits<D extends ParameterDeclarations>(
  bars: SimulationBars,
  strategy: StrategyDefinition<D>,
  values: ParameterValues<D>,
  options: BrokerOptions,
  hooks?: SimulationHooks,
  prepared: PreparedBars = prepareBars(bars),
  memory: ResultMemory = new ResultMemory(),
): SimulationResult {
  const fault = faultOfOptions(options);
  if (fault !== null) throw new SimulationError('INVALID_OPTIONS', fault);
  const firstDecision = firstDecisionIndex(prepared, strategy.warmUpBars(values), strategy.name);
  const epochIndicators = epochIndicatorsOf(prepared);
  const markets = prepared.series.map((series, index) => {
    const indicators = epochIndicators[index] ?? indicatorsOf(prepared, index);
    return new StrategyMarket(series.symbol, series.timeframe, series, indicators);
  });
  const atWork = { run: createRun(strategy, values, markets), name: strategy.name, firstDecision };
  return new UnitRun(prepared, options, markets, atWork, epochIndicators, memory).toEnd(hooks);
}

/**
 * Index, counted from the first instant that trades, of the first at which every symbol has `warmUpBars` bars behind it.
 * One bar at least: as in backtesting.py there always is a bar before.
 */
function firstDecisionIndex(prepared: PreparedBars, warmUpBars: number, strategyName: string): number {
  const needed = Math.max(1, warmUpBars);
  let latest = -Infinity;
  for (const { symbol, timestamps } of prepared.series) {
    const time = timestamps[needed];
    if (time === undefined) {
      const message = `${symbol}: ${strategyName} needs more than ${needed} bars to warm up; there are ${timestamps.length}`;
      throw new SimulationError('FEWER_BARS_THAN_WARM_UP', message);
    }
    latest = Math.max(latest, time);
  }
  return Math.max(0, firstIndexFrom(prepared.times, latest) - prepared.tradeFromIndex);
}

function indicatorsOf(prepared: PreparedBars, index: number): IndicatorCache {
  const cache = prepared.indicators[index];
  invariant(cache !== undefined, 'every series has its indicators');
  return cache;
}

function createRun<D extends ParameterDeclarations>(
  strategy: StrategyDefinition<D>,
  values: ParameterValues<D>,
  markets: readonly StrategyMarket[],
): StrategyRun {
  try {
    return strategy.create(strategySetupOf(markets), values);
  } catch (error) {
    throw strategyFailed(strategy.name, NaN, error);
  }
}
