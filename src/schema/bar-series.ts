import { Field, Float, ObjectType } from 'type-graphql';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { DateTime } from './date-time.js';
import { Timeframe } from './market-enums.js';

@ObjectType({ description: 'Bars as columns of equal length, oldest first: for charts.', simpleResolvers: true })
export class BarSeries {
  @Field(() => String, { description: 'Symbol of its instrument.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bars.' })
  timeframe: TimeframeName;

  @Field(() => [DateTime], { description: 'Open times.' })
  timestamps: Iterable<number>;

  @Field(() => [Float], { description: 'First prices, in the quote currency.' })
  opens: Iterable<number>;

  @Field(() => [Float], { description: 'Highest prices, in the quote currency.' })
  highs: Iterable<number>;

  @Field(() => [Float], { description: 'Lowest prices, in the quote currency.' })
  lows: Iterable<number>;

  @Field(() => [Float], { description: 'Last prices, in the quote currency.' })
  closes: Iterable<number>;

  @Field(() => [Float], { description: 'Traded volumes, in units of the instrument.' })
  volumes: Iterable<number>;

  @Field(() => Boolean, { description: 'True when the range holds earlier bars that this answer leaves out.' })
  hasEarlier: boolean;

  @Field(() => Boolean, { description: 'True when the range holds later bars that this answer leaves out.' })
  hasLater: boolean;
}
