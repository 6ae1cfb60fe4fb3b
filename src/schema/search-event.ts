import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BacktestStatus } from '../domain/backtest.js';
import { BacktestError } from './backtest.js';
import { BacktestStatusEnum } from './backtest-enums.js';

@ObjectType({ description: 'How a search stood after an event.', simpleResolvers: true })
export class SearchProgress {
  @Field(() => ID, { description: 'Id of the search.' })
  id: string;

  @Field(() => BacktestStatusEnum, { description: 'Where it stood.' })
  status: BacktestStatus;

  @Field(() => Float, { description: 'Share of its runs that is done, in percent.' })
  percent: number;

  @Field(() => Int, { nullable: true, description: 'Runs in all; null until its bars are read.' })
  runCount: number | null;

  @Field(() => Int, { description: 'Runs that are done and stored.' })
  doneCount: number;

  @Field(() => Float, { nullable: true, description: "The best score so far, in the objective's unit." })
  bestScore: number | null;

  @Field(() => BacktestError, { nullable: true, description: 'Why it failed; null unless it did.', complexity: 0 })
  error: BacktestError | null;

  @Field(() => Int, { description: 'Grows with each change of the search.' })
  version: number;
}

@ObjectType({ description: 'A change of a search.', simpleResolvers: true })
export class SearchEvent {
  @Field(() => String, {
    description: 'Opaque: give it as `after` to go on behind this event, without gap or duplicate.',
  })
  cursor: string;

  @Field(() => SearchProgress, { description: 'The search as it stood after the event.' })
  search: SearchProgress;
}
