import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from './date-time.js';
import { Deployment } from './deployment.js';

@ObjectType({ description: 'Where two runs differ first.', simpleResolvers: true })
export class RunDifference {
  @Field(() => String, { description: 'ORDER, FILL, PROTECTION (an order that a fill brought about) or EQUITY.' })
  part: string;

  @Field(() => DateTime, { description: 'Market time of the difference.' })
  time: number;

  @Field(() => String, { description: 'One sentence in plain words.' })
  message: string;
}

@ObjectType({
  description: 'A deployment held against its backtest. Counts are of the backtest and of the account, in this order.',
  simpleResolvers: true,
})
export class Parity {
  @Field(() => Deployment, { description: 'The deployment.' })
  deployment: object;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Market time up to which they are compared; null before the first bar.',
  })
  until: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True when all orders, fills and equities are equal; null where nothing can be compared.',
  })
  isEqual: boolean | null;

  @Field(() => [Int], { description: 'Orders, those that risk denied included.' })
  orderCounts: readonly number[];

  @Field(() => [Int], { description: 'Fills.' })
  fillCounts: readonly number[];

  @Field(() => [Int], { description: 'Instants at which the equity is compared.' })
  equityCounts: readonly number[];

  @Field(() => RunDifference, { nullable: true, description: 'The earliest difference; null when there is none.' })
  firstDifference: RunDifference | null;

  @Field(() => [String], {
    description: 'Why a difference is to be expected, or why nothing can be compared; empty where neither is so.',
  })
  reservations: readonly string[];
}
