import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTime } from './date-time.js';

/** How a statistic is shown; OPTIONAL ones are null where undefined. */
type Shape = 'TIME' | 'COUNT' | 'NUMBER' | 'OPTIONAL';

const percent = (what: string): string => `${what}, in percent.`;
const days = (what: string): string => `${what}, in days of 24 hours.`;
const money = (what: string): string => `${what}, in the quote currency.`;

/** By the names of the native statistics, in their order; docs/statistics.md has the definition of each. */
export const STATISTICS: Readonly<Record<string, readonly [Shape, string]>> = {
  startTime: ['TIME', 'Open time of the first instant.'],
  endTime: ['TIME', 'Open time of the last instant.'],
  durationDays: ['NUMBER', days('From the first instant to the last')],
  instantCount: ['COUNT', 'Instants of the run: one a bar; of several symbols, each instant once.'],
  periodCount: ['COUNT', 'Returns that the ratios are made of: one a day.'],
  startingEquity: ['NUMBER', money('Equity before the first instant')],
  finalEquity: ['NUMBER', money('Equity after the last instant')],
  peakEquity: ['NUMBER', money('Highest equity')],
  totalReturnPct: ['NUMBER', percent('Return of the whole run')],
  benchmarkReturnPct: [
    'OPTIONAL',
    percent('Return of buying at the first close and holding, an equal share of each symbol'),
  ],
  annualizedReturnPct: ['OPTIONAL', percent('Return a year, by the number of trading days')],
  cagrPct: ['OPTIONAL', percent('Compound growth a year, by the calendar')],
  volatilityPct: ['OPTIONAL', percent('Standard deviation of the daily returns, annualized')],
  sharpe: ['OPTIONAL', 'Mean excess daily return over its standard deviation, annualized; null under 30 periods.'],
  sortino: ['OPTIONAL', 'As the Sharpe ratio, over the deviation of the losses alone.'],
  calmar: ['OPTIONAL', 'Annualized return over the largest drawdown.'],
  omega: ['OPTIONAL', 'Sum of the gains over the sum of the losses of the daily returns.'],
  alphaPct: ['OPTIONAL', percent('Return a year that the benchmark does not account for')],
  beta: ['OPTIONAL', 'Slope of the daily returns on those of the benchmark.'],
  valueAtRiskPct: ['OPTIONAL', percent('Daily return that one day in twenty falls below')],
  conditionalValueAtRiskPct: ['OPTIONAL', percent('Mean of the daily returns below the value at risk')],
  tailRatio: ['OPTIONAL', 'Size of the 95th percentile of the daily returns over that of the 5th.'],
  skewness: ['OPTIONAL', 'Third standardized moment of the daily returns.'],
  kurtosis: ['OPTIONAL', 'Fourth standardized moment of the daily returns; 3 for a normal distribution.'],
  probabilisticSharpe: ['OPTIONAL', 'Probability that the true Sharpe ratio is above 0, 0 to 1.'],
  deflatedSharpe: [
    'OPTIONAL',
    'Probability, 0 to 1, that the Sharpe ratio is beyond what the best of all trials on these bars shows by luck; of the trials up to this one.',
  ],
  maxDrawdownPct: ['NUMBER', percent('Largest fall from a peak, 0 or below')],
  averageDrawdownPct: ['OPTIONAL', percent('Mean depth of the drawdowns')],
  maxDrawdownDays: ['NUMBER', days('Longest time from a peak to its recovery or the end')],
  averageDrawdownDays: ['OPTIONAL', days('Mean time from a peak to its recovery or the end')],
  drawdownCount: ['COUNT', 'Drawdowns.'],
  exposurePct: ['OPTIONAL', percent('Share of the instants at which a position was open')],
  annualTurnover: ['OPTIONAL', 'Traded value over the mean equity, a year.'],
  tradedValue: ['NUMBER', money('Value of all executions')],
  dividends: [
    'OPTIONAL',
    'Dividends received, less what shorts paid, in the quote currency: part of the equity. Null in results from before they were booked.',
  ],
  commissions: ['NUMBER', money('All commissions paid')],
  fillCount: ['COUNT', 'Executions.'],
  refusedCount: ['COUNT', 'Orders that were denied, or canceled for want of money.'],
  roundTripCount: ['COUNT', 'Round trips.'],
  winRatePct: ['OPTIONAL', percent('Share of the round trips with a gain')],
  bestRoundTripPct: ['OPTIONAL', percent('Best return of a round trip')],
  worstRoundTripPct: ['OPTIONAL', percent('Worst return of a round trip')],
  expectancyPct: ['OPTIONAL', percent('Mean return of a round trip')],
  expectancy: ['OPTIONAL', money('Mean gain of a round trip')],
  averageWin: ['OPTIONAL', money('Mean gain of the round trips that gained')],
  averageLoss: ['OPTIONAL', money('Mean loss of those that lost, 0 or below')],
  profitFactor: ['OPTIONAL', 'Sum of the gains over the sum of the losses of the round trips.'],
  sqn: [
    'OPTIONAL',
    'System quality number: the root of the number of round trips times their mean gain over its deviation.',
  ],
  kelly: ['OPTIONAL', 'Share of the equity by the Kelly criterion.'],
  maxRoundTripDays: ['OPTIONAL', days('Longest round trip')],
  averageRoundTripDays: ['OPTIONAL', days('Mean length of a round trip')],
  averageAdverseExcursionPct: ['OPTIONAL', percent('Mean of the worst moves while a round trip was open')],
  worstAdverseExcursionPct: ['OPTIONAL', percent('Worst move while a round trip was open')],
  averageFavorableExcursionPct: ['OPTIONAL', percent('Mean of the best moves while a round trip was open')],
  bestFavorableExcursionPct: ['OPTIONAL', percent('Best move while a round trip was open')],
};

@ObjectType({
  description: 'The native statistics of a backtest, whatever its profile; null where one is undefined.',
  simpleResolvers: true,
})
export class BacktestStatistics {}

const TYPES = { TIME: DateTime, COUNT: Int, NUMBER: Float, OPTIONAL: Float } as const;
for (const [name, [shape, description]] of Object.entries(STATISTICS)) {
  Field(() => TYPES[shape], { description, nullable: shape === 'OPTIONAL' })(BacktestStatistics.prototype, name);
}
