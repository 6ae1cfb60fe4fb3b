import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Adjustment } from '../domain/bar.js';
import type { DataSource } from '../domain/instrument.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { AdjustmentEnum, DataSourceEnum, Timeframe } from './market-enums.js';

@ObjectType({ description: 'Open, high, low, close and volume of one stretch of time.', simpleResolvers: true })
export class Bar {
  @Field(() => String, { description: 'Symbol of its instrument.' })
  symbol: string;

  @Field(() => Timeframe, { description: 'Length of the bar.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, { description: 'Open time.' })
  timestamp: number;

  @Field(() => DateTime, { description: 'Close time: the bar is visible from here on, never before.' })
  closeTime: number;

  @Field(() => Float, { description: 'First price, in the quote currency.' })
  open: number;

  @Field(() => Float, { description: 'Highest price, in the quote currency.' })
  high: number;

  @Field(() => Float, { description: 'Lowest price, in the quote currency.' })
  low: number;

  @Field(() => Float, { description: 'Last price, in the quote currency.' })
  close: number;

  @Field(() => Float, { description: 'Traded volume, in units of the instrument.' })
  volume: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Volume weighted average price, in the quote currency; null where the source gives none.',
  })
  vwap: number | null;

  @Field(() => AdjustmentEnum, { description: 'What the prices are adjusted for.' })
  adjustment: Adjustment;

  @Field(() => DataSourceEnum, { description: 'Where the bar comes from.' })
  source: DataSource;

  @Field(() => Int, { description: 'Version: 0 for the first, one more for each correction. 0 for an aggregated bar.' })
  revision: number;

  @Field(() => Timeframe, {
    nullable: true,
    description: 'The stored timeframe it was aggregated from; null for a bar that is stored as it is.',
  })
  aggregatedFrom: TimeframeName | null;
}

export const BarConnection = connectionOf('Bar', 'the bars of a series, oldest first', () => Bar);
