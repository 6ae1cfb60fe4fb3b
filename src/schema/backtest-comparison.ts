import { Field, Float, ObjectType } from 'type-graphql';
import { Backtest } from './backtest.js';

@ObjectType({ description: 'One statistic of several backtests.', simpleResolvers: true })
export class ComparedStatistic {
  @Field(() => String, { description: 'Name of the statistic, as in BacktestStatistics.' })
  name: string;

  @Field(() => [Float], {
    nullable: 'items',
    description: 'One value a backtest, in their order; null where undefined, or without a result.',
  })
  values: readonly (number | null)[];
}

@ObjectType({ description: 'Backtests side by side.', simpleResolvers: true })
export class BacktestComparison {
  @Field(() => [Backtest], { description: 'The backtests, in the order they were asked for.' })
  backtests: readonly object[];

  @Field(() => Boolean, {
    description: 'True when all have a result, on the same bars: else their numbers say little of each other.',
  })
  isSameData: boolean;

  @Field(() => Boolean, { description: 'True when all follow the same profile.' })
  isSameProfile: boolean;

  @Field(() => [ComparedStatistic], { description: 'Every statistic that is a number.', complexity: 1 })
  statistics: readonly ComparedStatistic[];
}
