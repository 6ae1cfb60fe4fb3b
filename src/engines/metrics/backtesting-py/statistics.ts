import type { SimulationResult } from '../../backtest/simulation.js';
import { DAY_MS } from '../calendar-months.js';
import { annualRatios } from './annual-ratios.js';
import { drawdownFigures } from './drawdown-figures.js';
import { closedTradeExposure } from './exposure.js';
import { marketBeta } from './market-beta.js';
import type { BacktestingPyIndex } from './run-index.js';
import { durationText } from './time-text.js';
import { tradeFigures } from './trade-figures.js';

/** Statistics under the names that backtesting.py's users know. Percent where a name says [%]; null where undefined. */
export interface BacktestingPyStatistics {
  readonly Start: string;
  readonly End: string;
  readonly Duration: string;
  readonly 'Exposure Time [%]': number;
  readonly 'Equity Final [$]': number;
  readonly 'Equity Peak [$]': number;
  /** Only where there were some. */
  readonly 'Commissions [$]'?: number;
  readonly 'Return [%]': number | null;
  readonly 'Buy & Hold Return [%]': number | null;
  readonly 'Return (Ann.) [%]': number | null;
  readonly 'Volatility (Ann.) [%]': number | null;
  readonly 'CAGR [%]': number | null;
  readonly 'Sharpe Ratio': number | null;
  readonly 'Sortino Ratio': number | null;
  readonly 'Calmar Ratio': number | null;
  readonly 'Alpha [%]': number | null;
  readonly Beta: number | null;
  readonly 'Max. Drawdown [%]': number | null;
  readonly 'Avg. Drawdown [%]': number | null;
  readonly 'Max. Drawdown Duration': string | null;
  readonly 'Avg. Drawdown Duration': string | null;
  readonly '# Trades': number;
  readonly 'Win Rate [%]': number | null;
  readonly 'Best Trade [%]': number | null;
  readonly 'Worst Trade [%]': number | null;
  readonly 'Avg. Trade [%]': number | null;
  readonly 'Max. Trade Duration': string | null;
  readonly 'Avg. Trade Duration': string | null;
  readonly 'Profit Factor': number | null;
  readonly 'Expectancy [%]': number | null;
  readonly SQN: number | null;
  readonly 'Kelly Criterion': number | null;
}

const YEAR_DAYS = 365.25;
const defined = (value: number): number | null => (Number.isFinite(value) ? value : null);
const percent = (fraction: number): number | null => defined(fraction * 100);

/** Durations are rounded up to whole bars. */
const roundedUp = (milliseconds: number, barMs: number): string | null =>
  Number.isFinite(milliseconds) && barMs > 0 ? durationText(Math.ceil(milliseconds / barMs) * barMs) : null;

/**
 * Statistics of a run as backtesting.py 0.6.6 computes them; risk-free return 0. That program knows one symbol: of several
 * the market is what equal parts of them are worth, each bought at its first close.
 * @param index what `indexBacktestingPy` made of the run's instants and the market's closes at them
 * @throws RangeError when the index is another run's
 */
export function backtestingPyStatistics(result: SimulationResult, index: BacktestingPyIndex): BacktestingPyStatistics {
  const { times, equity, roundTrips, firstDecisionIndex } = result;
  // Those of closed trades: what an open one has paid so far is not among them.
  const commissions = roundTrips.column('commission').reduce((sum, one) => sum + one, 0);
  const { closes, barMs, instantCount } = index;
  if (instantCount !== equity.length) {
    throw new RangeError(`An index of ${instantCount} instants for a run of ${equity.length}`);
  }
  const last = instantCount - 1;
  const first = equity[0] as number;
  const final = equity[last] as number;
  const total = (final - first) / first;
  // The first decision is one bar after the warm-up: the market is measured from the warm-up's last bar.
  const bought = closes[Math.min(last, Math.max(0, firstDecisionIndex - 1))] as number;
  const held = ((closes[last] as number) - bought) / bought;
  const years = ((times[last] as number) - (times[0] as number)) / DAY_MS / YEAR_DAYS;
  const annual = annualRatios(equity, index);
  const beta = marketBeta(equity, closes, index.market);
  const drawdown = drawdownFigures(times, equity);
  const trades = tradeFigures(roundTrips, times);
  const exposure = closedTradeExposure(roundTrips.column('entryIndex'), roundTrips.column('exitIndex'), instantCount);
  const head = {
    Start: index.start,
    End: index.end,
    Duration: index.duration,
    'Exposure Time [%]': exposure * 100,
    'Equity Final [$]': final,
    'Equity Peak [$]': drawdown.peakEquity,
  };
  // The program shows commissions between these two, and only when there are some. The order is the table's.
  const opening = commissions > 0 ? { ...head, 'Commissions [$]': commissions } : head;
  return {
    ...opening,
    'Return [%]': percent(total),
    'Buy & Hold Return [%]': percent(held),
    'Return (Ann.) [%]': percent(annual.annualReturn),
    'Volatility (Ann.) [%]': percent(annual.annualVolatility),
    'CAGR [%]': percent(years > 0 ? (final / first) ** (1 / years) - 1 : NaN),
    'Sharpe Ratio': defined(annual.sharpe),
    'Sortino Ratio': defined(annual.sortino),
    'Calmar Ratio': defined(drawdown.maxDepth < 0 ? annual.annualReturn / -drawdown.maxDepth : NaN),
    'Alpha [%]': percent(total - beta * held),
    Beta: defined(beta),
    'Max. Drawdown [%]': percent(drawdown.maxDepth),
    'Avg. Drawdown [%]': percent(drawdown.meanDepth),
    'Max. Drawdown Duration': roundedUp(drawdown.maxDurationMs, barMs),
    'Avg. Drawdown Duration': roundedUp(drawdown.meanDurationMs, barMs),
    '# Trades': trades.count,
    'Win Rate [%]': percent(trades.winRate),
    'Best Trade [%]': percent(trades.best),
    'Worst Trade [%]': percent(trades.worst),
    'Avg. Trade [%]': percent(trades.average),
    'Max. Trade Duration': roundedUp(trades.maxDurationMs, barMs),
    'Avg. Trade Duration': roundedUp(trades.meanDurationMs, barMs),
    'Profit Factor': defined(trades.profitFactor),
    'Expectancy [%]': percent(trades.expectancy),
    SQN: defined(trades.sqn),
    'Kelly Criterion': defined(trades.kelly),
  };
}
