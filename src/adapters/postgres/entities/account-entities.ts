import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { AccountStatus, BrokerName } from '../../../domain/account.js';
import type { DataSource } from '../../../domain/instrument.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'accounts' })
export class AccountEntity {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  name: string;

  @Property({ type: 'text' })
  dataSource: DataSource;

  @Property({ type: 'text' })
  broker: BrokerName;

  @Property({ type: 'text', nullable: true })
  signalSource: string | null;

  @Property({ type: 'text' })
  currency: string;

  @Property({ type: 'decimal' })
  startingCash: string;

  @Property({ type: 'text' })
  status: AccountStatus;

  @Property({ type: 'boolean' })
  isDefault: boolean;

  @Property({ type: 'decimal' })
  cash: string;

  @Property({ type: 'decimal' })
  fees: string;

  /** Deposits less withdrawals. */
  @Property({ type: 'decimal' })
  netDeposits: string;

  @Property({ type: EpochMilliseconds })
  asOf: number;

  @Property({ type: EpochMilliseconds })
  createdAt: number;
}

@Entity({ tableName: 'positions' })
export class PositionEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'decimal' })
  quantity: string;

  @Property({ type: 'decimal' })
  costBasis: string;

  @Property({ type: 'decimal' })
  currentPrice: string;

  @Property({ type: 'decimal' })
  realizedPnl: string;

  @Property({ type: 'decimal' })
  marketValue: string;

  @Property({ type: EpochMilliseconds })
  lastUpdated: number;
}

@Entity({ tableName: 'portfolio_snapshots' })
export class PortfolioSnapshotEntity {
  @PrimaryKey({ type: 'text' })
  accountId: string;

  @PrimaryKey({ type: EpochMilliseconds })
  timestamp: number;

  @Property({ type: 'decimal' })
  totalValue: string;

  @Property({ type: 'decimal' })
  cash: string;

  @Property({ type: 'decimal' })
  positionsValue: string;

  @Property({ type: 'decimal' })
  realizedPnl: string;

  @Property({ type: 'decimal' })
  unrealizedPnl: string;

  @Property({ type: 'decimal' })
  fees: string;

  @Property({ type: 'decimal' })
  totalPnl: string;
}
