import type { BacktestStatistics } from '../../domain/backtest.js';
import { amountText, daysText, numberText, percentText } from './number-text.js';

export interface StatisticRow {
  readonly label: string;
  readonly text: string;
  /** The value where its sign is good or bad news. */
  readonly signed: number | null;
}

export interface StatisticGroup {
  readonly title: string;
  readonly rows: readonly StatisticRow[];
}

type Format = (value: number) => string;
const count: Format = (value) => amountText(value, 0);

/** Key, label, format, and whether the sign is news. */
type Entry = readonly [key: string, label: string, format: Format, signed?: 'signed'];

const GROUPS: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
  [
    'Return',
    [
      ['totalReturnPct', 'Total return', percentText, 'signed'],
      ['benchmarkReturnPct', 'Buy and hold', percentText, 'signed'],
      ['annualizedReturnPct', 'Annualized return', percentText, 'signed'],
      ['cagrPct', 'CAGR', percentText, 'signed'],
      ['alphaPct', 'Alpha', percentText, 'signed'],
      ['beta', 'Beta', numberText],
      ['startingEquity', 'Starting equity', amountText],
      ['finalEquity', 'Final equity', amountText],
      ['peakEquity', 'Peak equity', amountText],
    ],
  ],
  [
    'Risk',
    [
      ['volatilityPct', 'Volatility', percentText],
      ['maxDrawdownPct', 'Max. drawdown', percentText],
      ['averageDrawdownPct', 'Avg. drawdown', percentText],
      ['maxDrawdownDays', 'Max. drawdown duration', daysText],
      ['averageDrawdownDays', 'Avg. drawdown duration', daysText],
      ['valueAtRiskPct', 'Value at risk (95 %)', percentText],
      ['conditionalValueAtRiskPct', 'Conditional VaR (95 %)', percentText],
      ['tailRatio', 'Tail ratio', numberText],
      ['exposurePct', 'Exposure', percentText],
    ],
  ],
  [
    'Ratios',
    [
      ['sharpe', 'Sharpe', numberText, 'signed'],
      ['sortino', 'Sortino', numberText, 'signed'],
      ['calmar', 'Calmar', numberText, 'signed'],
      ['omega', 'Omega', numberText],
      ['probabilisticSharpe', 'Probabilistic Sharpe', numberText],
      ['deflatedSharpe', 'Deflated Sharpe', numberText],
      ['skewness', 'Skewness', numberText],
      ['kurtosis', 'Kurtosis', numberText],
    ],
  ],
  [
    'Round trips',
    [
      ['roundTripCount', 'Round trips', count],
      ['winRatePct', 'Win rate', percentText],
      ['profitFactor', 'Profit factor', numberText],
      ['expectancyPct', 'Expectancy', percentText, 'signed'],
      ['bestRoundTripPct', 'Best', percentText, 'signed'],
      ['worstRoundTripPct', 'Worst', percentText, 'signed'],
      ['averageRoundTripDays', 'Avg. duration', daysText],
      ['maxRoundTripDays', 'Max. duration', daysText],
      ['averageAdverseExcursionPct', 'Avg. adverse excursion', percentText],
      ['averageFavorableExcursionPct', 'Avg. favorable excursion', percentText],
      ['sqn', 'SQN', numberText, 'signed'],
      ['kelly', 'Kelly', numberText, 'signed'],
    ],
  ],
  [
    'Costs',
    [
      ['commissions', 'Commissions', amountText],
      ['dividends', 'Dividends', amountText],
      ['tradedValue', 'Traded value', amountText],
      ['annualTurnover', 'Turnover a year', numberText],
      ['fillCount', 'Fills', count],
      ['refusedCount', 'Refused orders', count],
    ],
  ],
];

/** The native statistics in groups, in the order in which people read them; undefined ones are a dash. */
export function statisticGroups(statistics: BacktestStatistics): readonly StatisticGroup[] {
  return GROUPS.map(([title, entries]) => ({
    title,
    rows: entries
      .filter(([key]) => key in statistics)
      .map(([key, label, format, signed]) => {
        const value = statistics[key] ?? null;
        return { label, text: value === null ? '–' : format(value), signed: signed === undefined ? null : value };
      }),
  }));
}
