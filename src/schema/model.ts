import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ModelKind, ModelStatus } from '../domain/model.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Timeframe } from './market-enums.js';
import { ModelKindEnum, ModelStatusEnum } from './ml-enums.js';

@ObjectType({ description: 'A trained model and the evidence for it.', simpleResolvers: true })
export class Model {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ModelKindEnum, { description: 'Its kind.' })
  kind: ModelKind;

  @Field(() => String, { description: 'Symbol it was trained on.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bars it was trained on.' })
  timeframe: TimeframeName;

  @Field(() => Int, { description: 'Counts up from 1 for each kind, symbol and timeframe.' })
  version: number;

  @Field(() => ModelStatusEnum, { description: 'Where it stands.' })
  status: ModelStatus;

  @Field(() => DateTime, { description: 'Open time of the first bar it was trained or tested on.' })
  trainedFrom: number;

  @Field(() => DateTime, { description: 'Open time of the last bar it was trained or tested on.' })
  trainedTo: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Out-of-sample skill: 1 - MSE(model) / MSE(last price). Above 0 beats the last price, as far as its standard error lets that be told. Null where it has no meaning.',
  })
  skill: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Standard error of the skill, in its unit; null where the skill is, or under two held-out bars.',
  })
  skillStandardError: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of held-out bars whose direction it told, 0 to 1; null where it has no meaning.',
  })
  directionalAccuracy: number | null;

  @Field(() => Int, { description: 'Bars that were held out to measure the skill on.' })
  heldOutCount: number;

  @Field(() => Int, { description: 'Seed of its training.' })
  seed: number;

  @Field(() => Float, { description: 'How long training took, in seconds.' })
  trainingSeconds: number;

  @Field(() => DateTime, { description: 'When it was stored, wall time.' })
  createdAt: number;
}

export const ModelConnection = connectionOf(
  'Model',
  'the models, by symbol, timeframe and kind, newest version first',
  () => Model,
);
