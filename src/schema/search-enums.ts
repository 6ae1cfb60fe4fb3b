import type { SearchKind } from '../domain/search.js';
import type { MonteCarloMethod } from '../ports/monte-carlo.js';
import type { Objective } from '../services/research/search-command.js';
import { defineEnum } from './define-enum.js';

export const SearchKindEnum = defineEnum<SearchKind>('SearchKind', 'What a search does with its sets.', {
  OPTIMIZATION: 'Runs each over all bars.',
  WALK_FORWARD: 'Chooses the best on each sample, and trades it on what follows.',
});

export const SearchMethodEnum = defineEnum<'GRID' | 'RANDOM'>('SearchMethod', 'Which parameter sets are tried.', {
  GRID: 'Every combination of the values.',
  RANDOM: 'As many different ones as asked for, drawn by seed.',
});

type ObjectiveName =
  | 'SHARPE'
  | 'SORTINO'
  | 'CALMAR'
  | 'OMEGA'
  | 'TOTAL_RETURN'
  | 'ANNUALIZED_RETURN'
  | 'SQN'
  | 'PROFIT_FACTOR'
  | 'EXPECTANCY'
  | 'WIN_RATE'
  | 'MAX_DRAWDOWN'
  | 'VOLATILITY';
export const SearchObjectiveEnum = defineEnum<ObjectiveName>(
  'SearchObjective',
  'The statistic that a search looks for the best of; BacktestStatistics has the definition of each.',
  {
    SHARPE: 'sharpe, the highest.',
    SORTINO: 'sortino, the highest.',
    CALMAR: 'calmar, the highest.',
    OMEGA: 'omega, the highest.',
    TOTAL_RETURN: 'totalReturnPct, the highest.',
    ANNUALIZED_RETURN: 'annualizedReturnPct, the highest.',
    SQN: 'sqn, the highest.',
    PROFIT_FACTOR: 'profitFactor, the highest.',
    EXPECTANCY: 'expectancyPct, the highest.',
    WIN_RATE: 'winRatePct, the highest.',
    MAX_DRAWDOWN: 'maxDrawdownPct, the shallowest.',
    VOLATILITY: 'volatilityPct, the lowest.',
  },
);

/** By the names of the statistics. */
export const OBJECTIVE_NAMES: Readonly<Record<Objective, ObjectiveName>> = {
  sharpe: 'SHARPE',
  sortino: 'SORTINO',
  calmar: 'CALMAR',
  omega: 'OMEGA',
  totalReturnPct: 'TOTAL_RETURN',
  annualizedReturnPct: 'ANNUALIZED_RETURN',
  sqn: 'SQN',
  profitFactor: 'PROFIT_FACTOR',
  expectancyPct: 'EXPECTANCY',
  winRatePct: 'WIN_RATE',
  maxDrawdownPct: 'MAX_DRAWDOWN',
  volatilityPct: 'VOLATILITY',
};
export const OBJECTIVES_BY_NAME = Object.fromEntries(
  Object.entries(OBJECTIVE_NAMES).map(([objective, name]) => [name, objective]),
) as Readonly<Record<ObjectiveName, Objective>>;

export const HeatMapFigureEnum = defineEnum<'BEST' | 'MEAN'>(
  'HeatMapFigure',
  'How the sets that share a cell, differing in the other parameters, become one figure.',
  {
    BEST: 'The best score: of many sets it is higher than of few by luck alone.',
    MEAN: 'The mean score: the more honest picture.',
  },
);

export const WalkForwardModeEnum = defineEnum<'ANCHORED' | 'ROLLING'>('WalkForwardMode', 'Where samples begin.', {
  ANCHORED: 'All with the first bar: they grow.',
  ROLLING: 'Each as long before its end as the others.',
});

export const MonteCarloMethodEnum = defineEnum<MonteCarloMethod>(
  'MonteCarloMethod',
  'How other histories are drawn from the one there is.',
  {
    STATIONARY: 'Blocks of daily returns of random length around a mean, with replacement.',
    CIRCULAR: 'Blocks of daily returns of one length, with replacement.',
    SHUFFLE: 'The same round trips in another order.',
    RESAMPLE: 'As many round trips, drawn with replacement.',
  },
);
