import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { StrategyParams, StrategyReference } from '../../../domain/backtest.js';
import type { Deployment, DeploymentStatus } from '../../../domain/deployment.js';
import type { Timeframe } from '../../../domain/timeframe.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'deployments' })
export class DeploymentEntity implements Deployment {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  strategy: string;

  @Property({ type: 'json' })
  reference: StrategyReference;

  @Property({ type: 'json' })
  params: StrategyParams;

  @Property({ type: 'json' })
  symbols: string[];

  @Property({ type: 'text' })
  timeframe: Timeframe;

  @Property({ type: 'text' })
  source: string;

  @Property({ type: 'text' })
  status: DeploymentStatus;

  @Property({ type: 'text', nullable: true })
  failure: string | null;

  @Property({ type: EpochMilliseconds })
  warmFrom: number;

  @Property({ type: EpochMilliseconds })
  tradeAfter: number;

  @Property({ type: EpochMilliseconds })
  createdAt: number;

  @Property({ type: EpochMilliseconds, nullable: true })
  endedAt: number | null;
}
