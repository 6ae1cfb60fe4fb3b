import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { BacktestStatus, StrategyParams } from '../../../domain/backtest.js';
import type { SearchedAxis, SearchKind, SearchResult, SearchSpec } from '../../../domain/search.js';
import type { SearchRunView, SearchView } from '../../../ports/search-reads.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'searches' })
export class SearchEntity implements SearchView {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text', nullable: true })
  name: string | null;

  @Property({ type: 'text', nullable: true })
  clientRequestId: string | null;

  @Property({ type: 'text' })
  kind: SearchKind;

  @Property({ type: 'text' })
  strategy: string;

  @Property({ type: 'json' })
  spec: SearchSpec;

  @Property({ type: 'json' })
  axes: SearchedAxis[];

  @Property({ type: 'text' })
  status: BacktestStatus;

  @Property({ type: 'text', nullable: true })
  errorCode: string | null;

  @Property({ type: 'text', nullable: true })
  errorMessage: string | null;

  @Property({ type: 'integer' })
  setCount: number;

  @Property({ type: 'integer' })
  unfitCount: number;

  @Property({ type: 'integer', nullable: true })
  runCount: number | null;

  @Property({ type: 'integer' })
  doneCount: number;

  @Property({ type: 'double', nullable: true })
  bestScore: number | null;

  @Property({ type: 'integer' })
  version: number;

  @Property({ type: 'integer' })
  firstOffset: number;

  @Property({ type: 'text', nullable: true })
  dataHash: string | null;

  @Property({ type: 'integer', nullable: true })
  barCount: number | null;

  @Property({ type: 'text', nullable: true })
  engineVersion: string | null;

  @Property({ type: 'json', nullable: true })
  result: SearchResult | null;

  @Property({ type: EpochMilliseconds })
  createdAt: number;

  @Property({ type: EpochMilliseconds, nullable: true })
  startedAt: number | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  finishedAt: number | null;
}

@Entity({ tableName: 'search_results' })
export class SearchRunEntity implements SearchRunView {
  @PrimaryKey({ type: 'uuid' })
  searchId: string;

  @PrimaryKey({ type: 'integer' })
  runIndex: number;

  @Property({ type: 'integer', nullable: true })
  windowIndex: number | null;

  @Property({ type: 'json' })
  params: StrategyParams;

  @Property({ type: 'double', nullable: true })
  score: number | null;

  @Property({ type: 'double' })
  rank: number;

  @Property({ type: 'double', nullable: true })
  sharpe: number | null;

  @Property({ type: 'double', nullable: true })
  totalReturnPct: number | null;

  @Property({ type: 'double', nullable: true })
  maxDrawdownPct: number | null;

  @Property({ type: 'integer', nullable: true })
  roundTripCount: number | null;

  @Property({ type: 'text', nullable: true })
  errorMessage: string | null;
}
