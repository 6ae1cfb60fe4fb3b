import { Field, Int, ObjectType } from 'type-graphql';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { DataQualityCodeEnum, Timeframe } from './market-enums.js';

@ObjectType({
  description: 'How often one thing was found with the bars of one series as they came in.',
  simpleResolvers: true,
})
export class DataQualityIssue {
  @Field(() => String, { description: 'Symbol concerned.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Timeframe concerned.' })
  timeframe: TimeframeName;

  @Field(() => DataQualityCodeEnum, { description: 'What was found.' })
  code: string;

  @Field(() => Int, { description: 'How many bars.' })
  count: number;

  @Field(() => String, { description: 'The last such bar: names the field, its value and the limit.' })
  lastMessage: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Open time of the last such bar; null when it had none that could be read.',
  })
  lastBarTimestamp: number | null;

  @Field(() => DateTime, { description: 'When it last happened, wall time.' })
  lastSeenAt: number;
}

export const DataQualityConnection = connectionOf(
  'DataQuality',
  'the data-quality counts, by symbol, timeframe and code',
  () => DataQualityIssue,
);
