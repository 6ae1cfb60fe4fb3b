import { Field, Float, Int, ObjectType } from 'type-graphql';
import { BacktestCaution } from './backtest.js';

@ObjectType({ description: 'A figure over all paths, in the unit of its field.', simpleResolvers: true })
export class FigureDistribution {
  @Field(() => Float, { description: 'Of the backtest itself.' })
  observed: number;

  @Field(() => Float, { description: 'Mean of the paths.' })
  mean: number;

  @Field(() => Float, { description: '1st percentile of the paths.' })
  p1: number;

  @Field(() => Float, { description: '5th percentile of the paths.' })
  p5: number;

  @Field(() => Float, { description: '25th percentile of the paths.' })
  p25: number;

  @Field(() => Float, { description: 'Median of the paths.' })
  p50: number;

  @Field(() => Float, { description: '75th percentile of the paths.' })
  p75: number;

  @Field(() => Float, { description: '95th percentile of the paths.' })
  p95: number;

  @Field(() => Float, { description: '99th percentile of the paths.' })
  p99: number;
}

@ObjectType({ description: 'Other histories drawn from a backtest.', simpleResolvers: true })
export class MonteCarlo {
  @Field(() => Int, { description: 'Paths drawn.' })
  paths: number;

  @Field(() => Int, { description: 'Days or round trips of each path.' })
  length: number;

  @Field(() => Float, { nullable: true, description: 'Length of a block in days that was used; null without blocks.' })
  blockLength: number | null;

  @Field(() => FigureDistribution, { description: 'Return from the first to the last, in percent.' })
  totalReturnPct: FigureDistribution;

  @Field(() => FigureDistribution, { description: 'Largest fall from a peak, in percent, 0 or below.' })
  maxDrawdownPct: FigureDistribution;

  @Field(() => FigureDistribution, {
    nullable: true,
    description: 'Annualized Sharpe ratio; null for round trips, and below 30 days.',
  })
  sharpe: FigureDistribution | null;

  @Field(() => FigureDistribution, {
    nullable: true,
    description: 'Round trips lost in a row; null where returns were drawn.',
  })
  longestLosingStreak: FigureDistribution | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the paths that end in a loss, 0 to 1; null for round trips.',
  })
  lossShare: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the paths on which everything was lost at some moment, 0 to 1; null for returns.',
  })
  ruinShare: number | null;

  @Field(() => [BacktestCaution], { description: 'What to know before the backtest is believed.', complexity: 0 })
  cautions: readonly BacktestCaution[];
}
