import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus, StrategyParams as Params } from '../domain/backtest.js';
import type { SearchKind } from '../domain/search.js';
import { BacktestStatusEnum } from './backtest-enums.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { StrategyParams } from './json-scalars.js';
import { ParameterValue } from './parameter-value.js';
import { SearchKindEnum } from './search-enums.js';

const SCORE = "in the objective's unit";

@ObjectType({ description: 'What a search tries for one parameter.', simpleResolvers: true })
export class SearchAxis {
  @Field(() => String, { description: 'The parameter.' })
  parameter: string;

  @Field(() => [ParameterValue], { nullable: true, description: 'Its values in order; null of a whole interval.' })
  values: readonly (number | boolean | string)[] | null;

  @Field(() => Float, { nullable: true, description: 'Least value of the interval; null of listed values.' })
  min: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest value of the interval; null of listed values.' })
  max: number | null;
}

@ObjectType({ description: 'One parameter set that was tried.', simpleResolvers: true })
export class SearchRun {
  @Field(() => Int, { description: 'Which run of the search, from 0.' })
  runIndex: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Which window of a walk-forward, from 0: it ran over its sample. Null of an optimization.',
  })
  windowIndex: number | null;

  @Field(() => StrategyParams, { description: 'Every parameter of the strategy with its value.' })
  params: Params;

  @Field(() => Float, { nullable: true, description: `The objective, ${SCORE}; null where undefined or failed.` })
  score: number | null;

  @Field(() => Float, { nullable: true, description: 'Annualized Sharpe ratio; null where undefined.' })
  sharpe: number | null;

  @Field(() => Float, { nullable: true, description: 'Return, in percent; null where it failed.' })
  totalReturnPct: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest fall from a peak, in percent, 0 or below.' })
  maxDrawdownPct: number | null;

  @Field(() => Int, { nullable: true, description: 'Round trips; null where it failed.' })
  roundTripCount: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null where it did not.' })
  errorMessage: string | null;
}

export const SearchRunConnection = connectionOf('SearchRun', 'the runs, the best score first', () => SearchRun);

@ObjectType({ description: 'The best set against those next to it.', simpleResolvers: true })
export class SearchStability {
  @Field(() => Float, { description: `Score of the best set, ${SCORE}.` })
  chosenScore: number;

  @Field(() => Int, { description: 'Sets one step away in any number of parameters that have a score.' })
  neighbourCount: number;

  @Field(() => Float, { description: `Their median score, ${SCORE}.` })
  medianScore: number;

  @Field(() => Float, { description: `Their worst score, ${SCORE}.` })
  worstScore: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What the median of them keeps of the best score, 1 for all of it; null where that is not above 0.',
  })
  keptShare: number | null;
}

@ObjectType({ description: 'The cells of a heat map that share a value of y.', simpleResolvers: true })
export class HeatMapRow {
  @Field(() => ParameterValue, { description: 'The value of y; of an interval the middle of one of 20 equal parts.' })
  y: number | boolean | string;

  @Field(() => [Float], {
    nullable: 'items',
    description: `One score a value of x, ${SCORE}; null where no set was tried or has a score.`,
  })
  scores: readonly (number | null)[];

  @Field(() => [Int], { description: 'Sets with a score in each cell.' })
  counts: readonly number[];
}

@ObjectType({ description: 'The scores of a search over two of its parameters.', simpleResolvers: true })
export class HeatMap {
  @Field(() => String, { description: 'The parameter across.' })
  xParameter: string;

  @Field(() => String, { description: 'The parameter upwards.' })
  yParameter: string;

  @Field(() => [ParameterValue], { description: 'Values of x; of an interval the middles of 20 equal parts.' })
  xValues: readonly (number | boolean | string)[];

  @Field(() => [HeatMapRow], { description: 'One row a value of y, ascending.', complexity: 0 })
  rows: readonly HeatMapRow[];
}

@ObjectType({ description: 'One window of a walk-forward.', simpleResolvers: true })
export class WalkForwardStep {
  @Field(() => DateTime, { description: 'Open time of the first bar of the sample.' })
  inSampleFrom: number;

  @Field(() => DateTime, { description: 'Open time of the last bar of the sample.' })
  inSampleTo: number;

  @Field(() => DateTime, { description: 'Open time of the first bar that was traded.' })
  outOfSampleFrom: number;

  @Field(() => DateTime, { description: 'Open time of the last bar that was traded.' })
  outOfSampleTo: number;

  @Field(() => StrategyParams, {
    nullable: true,
    description: 'The set that was best on the sample; null where none has a score, and nothing was traded.',
  })
  params: Params | null;

  @Field(() => Float, { nullable: true, description: `Its score on the sample, ${SCORE}.` })
  inSampleScore: number | null;

  @Field(() => Float, { nullable: true, description: 'Log growth a bar on the sample.' })
  inSampleGrowth: number | null;

  @Field(() => Float, { nullable: true, description: 'Log growth a bar on what followed.' })
  outOfSampleGrowth: number | null;
}

@ObjectType({ description: 'What a walk-forward found.', simpleResolvers: true })
export class WalkForwardResult {
  @Field(() => [WalkForwardStep], { description: 'The windows, oldest first; at most 1,000.', complexity: 10 })
  steps: readonly WalkForwardStep[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Log growth a bar out of the samples over that in them: 1 when what was chosen goes on as before; null where the samples did not grow.',
  })
  efficiency: number | null;

  @Field(() => Float, { description: 'Share of the windows that gained out of the sample, 0 to 1.' })
  gainShare: number;
}

@ObjectType({ description: 'A search for parameters of a strategy over stored bars.', simpleResolvers: true })
export class Search {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => SearchKindEnum, { description: 'What it does.' })
  kind: SearchKind;

  @Field(() => String, { nullable: true, description: 'Its label, as it was given.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Idempotency key, as it was given.' })
  clientRequestId: string | null;

  @Field(() => BacktestStatusEnum, { description: 'Where it stands.' })
  status: BacktestStatus;

  @Field(() => String, { description: 'The strategy.' })
  strategy: string;

  @Field(() => Int, { description: 'Different sets that are tried.' })
  setCount: number;

  @Field(() => Int, { description: 'Sets that the strategy itself refuses, left out.' })
  unfitCount: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Runs in all: sets, of a walk-forward times windows; null until its bars are read.',
  })
  runCount: number | null;

  @Field(() => Int, { description: 'Runs that are done and stored.' })
  doneCount: number;

  @Field(() => Float, { nullable: true, description: `The best score so far, ${SCORE}; null before the first.` })
  bestScore: number | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the bars, hexadecimal; null until they are read.' })
  dataHash: string | null;

  @Field(() => Int, { nullable: true, description: 'Bars, all symbols together; null until they are read.' })
  barCount: number | null;

  @Field(() => String, { nullable: true, description: 'Version of the engine; null until it began.' })
  engineVersion: string | null;

  @Field(() => DateTime, { description: 'When it was asked for, wall time.' })
  createdAt: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was first taken up, wall time.' })
  startedAt: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, wall time.' })
  finishedAt: number | null;
}

export const SearchConnection = connectionOf('Search', 'the searches, newest first', () => Search);
