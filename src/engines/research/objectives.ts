import type { NativeStatistics } from '../metrics/native-statistics.js';

export type Direction = 'MAXIMIZE' | 'MINIMIZE';

/** What a search may look for, by the name of the statistic, and which way is better. */
export const OBJECTIVES = {
  sharpe: 'MAXIMIZE',
  sortino: 'MAXIMIZE',
  calmar: 'MAXIMIZE',
  omega: 'MAXIMIZE',
  totalReturnPct: 'MAXIMIZE',
  annualizedReturnPct: 'MAXIMIZE',
  sqn: 'MAXIMIZE',
  profitFactor: 'MAXIMIZE',
  expectancyPct: 'MAXIMIZE',
  winRatePct: 'MAXIMIZE',
  // 0 or below: the highest is the shallowest.
  maxDrawdownPct: 'MAXIMIZE',
  volatilityPct: 'MINIMIZE',
} as const satisfies Partial<Record<keyof NativeStatistics, Direction>>;

export type Objective = keyof typeof OBJECTIVES;
export const OBJECTIVE_NAMES = Object.keys(OBJECTIVES) as readonly Objective[];

/** The score of a run, NaN where the statistic is undefined: such a set is never the best. */
export const scoreOf = (statistics: Pick<NativeStatistics, Objective>, objective: Objective): number =>
  statistics[objective] ?? NaN;
