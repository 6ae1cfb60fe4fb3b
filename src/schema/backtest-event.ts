import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus } from '../domain/backtest.js';
import { BacktestError } from './backtest.js';
import { BacktestStatusEnum } from './backtest-enums.js';
import { DateTime } from './date-time.js';

@ObjectType({ description: 'How a backtest stood after an event.', simpleResolvers: true })
export class BacktestProgress {
  @Field(() => ID, { description: 'Id of the backtest.' })
  id: string;

  @Field(() => BacktestStatusEnum, { description: 'Where it stood.' })
  status: BacktestStatus;

  @Field(() => Float, { description: 'Share done, in percent.' })
  percent: number;

  @Field(() => DateTime, { nullable: true, description: 'Open time of the bar at hand; null before the first.' })
  barTime: number | null;

  @Field(() => Float, { nullable: true, description: 'Equity at that bar, in the quote currency.' })
  equity: number | null;

  @Field(() => BacktestError, { nullable: true, description: 'Why it failed; null unless it did.', complexity: 0 })
  error: BacktestError | null;

  @Field(() => Int, { description: 'Grows with each change of the backtest.' })
  version: number;
}

@ObjectType({ description: 'A change of a backtest.', simpleResolvers: true })
export class BacktestEvent {
  @Field(() => String, {
    description: 'Opaque: give it as `after` to go on behind this event, without gap or duplicate.',
  })
  cursor: string;

  @Field(() => BacktestProgress, { description: 'The backtest as it stood after the event.' })
  backtest: BacktestProgress;
}
