import { Field, ObjectType } from 'type-graphql';
import type { AssetClass, DataSource } from '../domain/instrument.js';
import type { Timeframe as TimeframeName } from '../domain/timeframe.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { AssetClassEnum, DataSourceEnum, Timeframe } from './market-enums.js';

@ObjectType({ description: 'A series of bars that is kept up to date.', simpleResolvers: true })
export class TrackedSeries {
  @Field(() => Timeframe, { description: 'Length of its bars.' })
  timeframe: TimeframeName;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the series ended, market time; null while further bars may come.',
  })
  endedAt: number | null;
}

@ObjectType({ description: 'What is traded.', simpleResolvers: true })
export class Instrument {
  @Field(() => String, { description: 'As its market data source writes it: BTC-USD, AAPL. At most 32 characters.' })
  symbol: string;

  @Field(() => String, { description: 'Name for people.' })
  name: string;

  @Field(() => AssetClassEnum, { description: 'Kind of the instrument.' })
  assetClass: AssetClass;

  @Field(() => String, { description: 'Quote currency, ISO 4217.' })
  currency: string;

  @Field(() => Decimal, { description: 'Smallest price step, in the quote currency.' })
  tickSize: string;

  @Field(() => Decimal, { description: 'Smallest quantity step, in units of the instrument.' })
  lotSize: string;

  @Field(() => DataSourceEnum, { description: 'Where its bars come from.' })
  dataSource: DataSource;

  @Field(() => [TrackedSeries], { description: 'Series that are kept up to date; empty when it is not tracked.' })
  tracked: readonly TrackedSeries[];
}

@ObjectType({ description: 'The known instruments.', simpleResolvers: true })
export class SymbolList {
  @Field(() => [Instrument], { description: 'Every known instrument, by symbol.' })
  symbols: readonly Instrument[];

  @Field(() => String, {
    description: 'How often a tracked symbol is asked for new bars, for people: "1 minute", "1 bar a second (replay)".',
  })
  updateFrequency: string;
}
