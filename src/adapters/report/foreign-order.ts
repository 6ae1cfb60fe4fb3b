import type { ForeignStatistics } from '../../domain/backtest.js';
import type { BacktestingPyStatistics } from '../../engines/metrics/backtesting-py/statistics.js';

/** The order in which that program prints its statistics. */
const ORDER: readonly (keyof BacktestingPyStatistics)[] = [
  'Start',
  'End',
  'Duration',
  'Exposure Time [%]',
  'Equity Final [$]',
  'Equity Peak [$]',
  'Commissions [$]',
  'Return [%]',
  'Buy & Hold Return [%]',
  'Return (Ann.) [%]',
  'Volatility (Ann.) [%]',
  'CAGR [%]',
  'Sharpe Ratio',
  'Sortino Ratio',
  'Calmar Ratio',
  'Alpha [%]',
  'Beta',
  'Max. Drawdown [%]',
  'Avg. Drawdown [%]',
  'Max. Drawdown Duration',
  'Avg. Drawdown Duration',
  '# Trades',
  'Win Rate [%]',
  'Best Trade [%]',
  'Worst Trade [%]',
  'Avg. Trade [%]',
  'Max. Trade Duration',
  'Avg. Trade Duration',
  'Profit Factor',
  'Expectancy [%]',
  'SQN',
  'Kelly Criterion',
];

/** Statistics of backtesting.py in its order, which a database does not keep; what is not among them comes last. */
export const inForeignOrder = (statistics: ForeignStatistics): ForeignStatistics => {
  const known = ORDER.flatMap((name) => (name in statistics ? [[name, statistics[name] ?? null] as const] : []));
  return { ...Object.fromEntries(known), ...statistics };
};
