import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { AssetClass, DataSource, Instrument } from '../../../domain/instrument.js';
import type { Timeframe } from '../../../domain/timeframe.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'instruments' })
export class InstrumentEntity {
  @PrimaryKey({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  name: string;

  @Property({ type: 'text' })
  assetClass: AssetClass;

  @Property({ type: 'text' })
  currency: string;

  @Property({ type: 'decimal' })
  tickSize: string;

  @Property({ type: 'decimal' })
  lotSize: string;

  @Property({ type: 'text' })
  calendar: Instrument['calendar'];

  @Property({ type: 'text' })
  dataSource: DataSource;
}

@Entity({ tableName: 'tracked_symbols' })
export class TrackedSymbolEntity {
  @PrimaryKey({ type: 'text' })
  symbol: string;

  @PrimaryKey({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: EpochMilliseconds, nullable: true })
  endedAt: number | null;
}

@Entity({ tableName: 'data_quality_issues' })
export class DataQualityEntity {
  @PrimaryKey({ type: 'text' })
  symbol: string;

  @PrimaryKey({ type: 'text' })
  timeframe: Timeframe;

  @PrimaryKey({ type: 'text' })
  code: string;

  @Property({ type: 'double' })
  count: number;

  @Property({ type: 'text' })
  lastMessage: string;

  @Property({ type: EpochMilliseconds, nullable: true })
  lastBarTimestamp: number | null;

  @Property({ type: EpochMilliseconds })
  lastSeenAt: number;
}
