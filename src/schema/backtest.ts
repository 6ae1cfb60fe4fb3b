import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus, StrategyParams as Params } from '../domain/backtest.js';
import type { ErrorCode } from '../domain/error-codes.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { BacktestStatusEnum, CautionSeverityEnum, RoundTripExitEnum } from './backtest-enums.js';
import { BacktestStatistics } from './backtest-statistics.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { CautionValues, StrategyParams } from './json-scalars.js';
import { Timeframe } from './market-enums.js';
import { ErrorCodeEnum } from './user-error.js';

@ObjectType({ description: 'Why a backtest failed.', simpleResolvers: true })
export class BacktestError {
  @Field(() => ErrorCodeEnum, { description: 'Why.' })
  code: ErrorCode;

  @Field(() => String, { description: 'For people: names what failed, and where.' })
  message: string;
}

@ObjectType({ description: 'Something to know before a result is believed.', simpleResolvers: true })
export class BacktestCaution {
  @Field(() => String, { description: 'Which check speaks.' })
  code: string;

  @Field(() => CautionSeverityEnum, { description: 'How much it holds against the result.' })
  severity: keyof typeof CautionSeverityEnum;

  @Field(() => String, { description: 'For people: names the figure and the limit.' })
  message: string;

  @Field(() => CautionValues, { description: 'The figures of the message.' })
  values: Readonly<Record<string, number | string | null>>;
}

@ObjectType({ description: 'Returns of the months of one year.', simpleResolvers: true })
export class YearOfReturns {
  @Field(() => Int, { description: 'The year.' })
  year: number;

  @Field(() => [Float], {
    nullable: 'items',
    description: 'Twelve returns, January first, in percent; null where the backtest has none.',
  })
  monthsPct: readonly (number | null)[];

  @Field(() => Float, { nullable: true, description: 'The months compounded, in percent.' })
  yearPct: number | null;
}

@ObjectType({ description: 'Equity as columns of equal length, oldest first: for charts.', simpleResolvers: true })
export class EquityCurve {
  @Field(() => [DateTime], { description: 'Open times of the bars.' })
  timestamps: Iterable<number>;

  @Field(() => [Float], { description: 'Equity at the close of each, in the quote currency.' })
  equities: Iterable<number>;
}

@ObjectType({ description: 'Drawdowns as columns of equal length, oldest first: for charts.', simpleResolvers: true })
export class DrawdownCurve {
  @Field(() => [DateTime], { description: 'Open times of the bars.' })
  timestamps: Iterable<number>;

  @Field(() => [Float], { description: 'Fall from the highest equity up to then, in percent, 0 or below.' })
  drawdownsPct: Iterable<number>;
}

@ObjectType({ description: 'One entry to its exit. Money in the quote currency.', simpleResolvers: true })
export class RoundTrip {
  @Field(() => Int, { description: '1, 2, 3, ... in the order of the exits.' })
  number: number;

  @Field(() => String, { description: 'Symbol.' })
  symbol: string;

  @Field(() => Float, { description: 'Units of the instrument, above 0 long, below 0 short.' })
  units: number;

  @Field(() => DateTime, { description: 'Open time of the bar in which it was entered.' })
  entryTime: number;

  @Field(() => DateTime, { description: 'Open time of the bar in which it was left.' })
  exitTime: number;

  @Field(() => Int, { description: 'Index of the entry among the instants of the run.' })
  entryIndex: number;

  @Field(() => Int, { description: 'Index of the exit among the instants of the run.' })
  exitIndex: number;

  @Field(() => Float, { description: 'Price of the entry.' })
  entryPrice: number;

  @Field(() => Float, { description: 'Price of the exit.' })
  exitPrice: number;

  @Field(() => Float, { nullable: true, description: 'Its stop-loss price; null without one.' })
  stopLoss: number | null;

  @Field(() => Float, { nullable: true, description: 'Its target price; null without one.' })
  takeProfit: number | null;

  @Field(() => Float, { description: 'Gain, net of its commissions.' })
  pnl: number;

  @Field(() => Float, { description: 'Commissions of entry and exit.' })
  commission: number;

  @Field(() => Float, { description: 'Gain over the value at entry, as a fraction.' })
  returnFraction: number;

  @Field(() => Float, { description: 'Worst move while it was open, as a fraction of the entry price, 0 or below.' })
  maxAdverse: number;

  @Field(() => Float, { description: 'Best move while it was open, as a fraction of the entry price, 0 or above.' })
  maxFavorable: number;

  @Field(() => RoundTripExitEnum, { description: 'Why it ended.' })
  exitReason: string;
}

export const RoundTripConnection = connectionOf('RoundTrip', 'the round trips, by their exits', () => RoundTrip);

@ObjectType({
  description: 'What a result was made of: the same again gives the same numbers.',
  simpleResolvers: true,
})
export class BacktestProvenance {
  @Field(() => String, { description: 'SHA-256 of the bars, hexadecimal.' })
  dataHash: string;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the splits and dividends of its symbols, hexadecimal; null where there are none.',
  })
  actionsHash: string | null;

  @Field(() => Int, { description: 'Bars, all symbols together.' })
  barCount: number;

  @Field(() => DateTime, { description: 'Open time of the first bar.' })
  dataFrom: number;

  @Field(() => DateTime, { description: 'Open time of the last bar.' })
  dataTo: number;

  @Field(() => String, { description: 'Version of the engine: another one may give other numbers.' })
  engineVersion: string;

  @Field(() => Int, { description: 'Seed of everything random in it.' })
  seed: number;

  @Field(() => String, { description: 'The strategy.' })
  strategy: string;

  @Field(() => StrategyParams, { description: 'Every parameter of the strategy with its value.' })
  params: Params;
}

@ObjectType({ description: 'A strategy run over stored bars.', simpleResolvers: true })
export class Backtest {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Its label, as it was given.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Idempotency key, as it was given.' })
  clientRequestId: string | null;

  @Field(() => BacktestStatusEnum, { description: 'Where it stands.' })
  status: BacktestStatus;

  @Field(() => DateTime, { nullable: true, description: 'Open time of the bar at hand; null before the first.' })
  barTime: number | null;

  @Field(() => Float, { nullable: true, description: 'Equity at that bar, in the quote currency.' })
  equity: number | null;

  @Field(() => String, { description: 'The strategy.' })
  strategy: string;

  @Field(() => StrategyParams, { description: 'Every parameter of the strategy with its value.' })
  params: Params;

  @Field(() => [String], { description: 'The symbols, in alphabetic order.' })
  symbols: readonly string[];

  @Field(() => Timeframe, { description: 'Length of the bars.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { nullable: true, description: 'Only bars that open then or later, as asked for.' })
  startDate: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Only bars that open before, as asked for.' })
  endDate: number | null;

  @Field(() => Int, { description: 'Seed of everything random in it.' })
  seed: number;

  @Field(() => Int, { description: 'Longest time it may run, in seconds.' })
  deadlineSeconds: number;

  @Field(() => DateTime, { description: 'When it was asked for, wall time.' })
  createdAt: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was last taken up, wall time.' })
  startedAt: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, wall time.' })
  finishedAt: number | null;

  @Field(() => BacktestStatistics, { nullable: true, description: 'Its statistics; null unless it is DONE.' })
  statistics: BacktestStatistics | null;

  @Field(() => [YearOfReturns], {
    nullable: true,
    description: 'Monthly returns; null unless it is DONE.',
    complexity: 1,
  })
  monthlyReturns: readonly YearOfReturns[] | null;

  @Field(() => [BacktestCaution], {
    description: 'What to know before it is believed, the gravest first.',
    complexity: 1,
  })
  cautions: readonly BacktestCaution[];
}

export const BacktestConnection = connectionOf('Backtest', 'the backtests, newest first', () => Backtest);
