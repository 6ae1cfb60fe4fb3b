import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type {
  BacktestCaution,
  BacktestOptions,
  BacktestProfileName,
  BacktestStatistics,
  BacktestStatus,
  ForeignStatistics,
  StrategyParams,
  YearOfReturns,
} from '../../../domain/backtest.js';
import type { Timeframe } from '../../../domain/timeframe.js';
import type { BacktestView, RoundTripView } from '../../../ports/backtest-reads.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'backtests' })
export class BacktestEntity implements BacktestView {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text', nullable: true })
  name: string | null;

  @Property({ type: 'text', nullable: true })
  clientRequestId: string | null;

  @Property({ type: 'text' })
  strategy: string;

  @Property({ type: 'json' })
  params: StrategyParams;

  @Property({ type: 'json' })
  symbols: string[];

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: EpochMilliseconds, nullable: true })
  startDate: number | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  endDate: number | null;

  @Property({ type: 'text' })
  profile: BacktestProfileName;

  @Property({ type: 'json' })
  options: BacktestOptions;

  @Property({ type: 'integer' })
  seed: number;

  @Property({ type: 'integer' })
  deadlineSeconds: number;

  @Property({ type: 'text' })
  status: BacktestStatus;

  @Property({ type: 'text', nullable: true })
  errorCode: string | null;

  @Property({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Property({ type: 'double' })
  progress: number;

  @Property({ type: EpochMilliseconds, nullable: true })
  barTime: number | null;

  @Property({ type: 'double', nullable: true })
  equity: number | null;

  @Property({ type: 'integer' })
  version: number;

  @Property({ type: 'integer' })
  firstOffset: number;

  @Property({ type: 'text', nullable: true })
  dataHash: string | null;

  @Property({ type: 'text', nullable: true })
  actionsHash: string | null;

  @Property({ type: 'integer', nullable: true })
  barCount: number | null;

  @Property({ type: 'text', nullable: true })
  engineVersion: string | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  dataFrom: number | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  dataTo: number | null;

  @Property({ type: 'json', nullable: true })
  statistics: BacktestStatistics | null;

  @Property({ type: 'json', nullable: true })
  foreignStatistics: ForeignStatistics | null;

  @Property({ type: 'json', nullable: true })
  monthlyReturns: YearOfReturns[] | null;

  @Property({ type: 'json' })
  cautions: BacktestCaution[];

  @Property({ type: EpochMilliseconds })
  createdAt: number;

  @Property({ type: EpochMilliseconds, nullable: true })
  startedAt: number | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  finishedAt: number | null;
}

@Entity({ tableName: 'round_trips' })
export class RoundTripEntity implements RoundTripView {
  @PrimaryKey({ type: 'uuid' })
  backtestId: string;

  @PrimaryKey({ type: 'integer' })
  number: number;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'double' })
  units: number;

  @Property({ type: 'integer' })
  entryIndex: number;

  @Property({ type: 'integer' })
  exitIndex: number;

  @Property({ type: EpochMilliseconds })
  entryTime: number;

  @Property({ type: EpochMilliseconds })
  exitTime: number;

  @Property({ type: 'double' })
  entryPrice: number;

  @Property({ type: 'double' })
  exitPrice: number;

  @Property({ type: 'double', nullable: true })
  stopLoss: number | null;

  @Property({ type: 'double', nullable: true })
  takeProfit: number | null;

  @Property({ type: 'double' })
  pnl: number;

  @Property({ type: 'double' })
  commission: number;

  @Property({ type: 'double' })
  returnFraction: number;

  @Property({ type: 'double' })
  maxAdverse: number;

  @Property({ type: 'double' })
  maxFavorable: number;

  @Property({ type: 'text' })
  exitReason: string;
}
