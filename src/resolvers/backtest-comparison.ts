import type { BacktestView } from '../ports/backtest-reads.js';
import type { BacktestComparison } from '../schema/backtest-comparison.js';
import { STATISTICS } from '../schema/backtest-statistics.js';

const allEqual = (values: readonly unknown[]): boolean => values.every((value) => value === values[0]);
const NUMBERS = Object.entries(STATISTICS).flatMap(([name, [shape]]) => (shape === 'TIME' ? [] : [name]));

/** Backtests side by side, in the order given. */
export function compare(backtests: readonly BacktestView[]): BacktestComparison {
  const hashes = backtests.map(({ dataHash }) => dataHash);
  return {
    backtests,
    isSameData: !hashes.includes(null) && allEqual(hashes),
    isSameProfile: allEqual(backtests.map(({ profile }) => profile)),
    statistics: NUMBERS.map((name) => ({
      name,
      values: backtests.map(({ statistics }) => statistics?.[name] ?? null),
    })),
  };
}
