import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type {
  OrderCause,
  OrderEndReason,
  OrderSide,
  OrderStatus,
  OrderType,
  TimeInForce,
} from '../../../domain/order.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'orders' })
export class OrderEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  clientOrderId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  side: OrderSide;

  @Property({ type: 'text' })
  orderType: OrderType;

  @Property({ type: 'text' })
  timeInForce: TimeInForce;

  @Property({ type: 'text' })
  cause: OrderCause;

  @Property({ type: 'decimal' })
  quantity: string;

  @Property({ type: 'decimal', nullable: true })
  limitPrice: string | null;

  @Property({ type: 'decimal', nullable: true })
  stopPrice: string | null;

  @Property({ type: 'decimal', nullable: true })
  stopDistance: string | null;

  @Property({ type: 'decimal', nullable: true })
  takeProfitDistance: string | null;

  @Property({ type: 'text', nullable: true })
  protectionMode: 'RESTING' | 'WATCHED' | null;

  @Property({ type: 'text' })
  status: OrderStatus;

  @Property({ type: 'text', nullable: true })
  endReason: OrderEndReason | null;

  @Property({ type: 'decimal' })
  filledQuantity: string;

  @Property({ type: 'decimal', nullable: true })
  averageFillPrice: string | null;

  @Property({ type: 'decimal' })
  reservedCash: string;

  @Property({ type: 'uuid', nullable: true })
  parentOrderId: string | null;

  @Property({ type: 'uuid', nullable: true })
  riskDecisionId: string | null;

  @Property({ type: 'uuid', nullable: true })
  signalId: string | null;

  @Property({ type: EpochMilliseconds })
  decidedAt: number;

  @Property({ type: EpochMilliseconds, nullable: true })
  filledAt: number | null;

  @Property({ type: EpochMilliseconds, nullable: true })
  endedAt: number | null;

  @Property({ type: 'integer' })
  version: number;

  @Property({ type: EpochMilliseconds })
  createdAt: number;
}

@Entity({ tableName: 'fills' })
export class FillEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'uuid' })
  orderId: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  executionId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  side: OrderSide;

  @Property({ type: 'decimal' })
  quantity: string;

  @Property({ type: 'decimal' })
  price: string;

  @Property({ type: 'decimal' })
  fee: string;

  @Property({ type: 'decimal' })
  realizedPnl: string;

  @Property({ type: 'json' })
  assumptions: Record<string, unknown>;

  @Property({ type: EpochMilliseconds })
  timestamp: number;

  @Property({ type: EpochMilliseconds })
  barTimestamp: number;
}

/** As risk stored it; `headroom` came later than the rest. */
export interface StoredCheck {
  readonly code: string;
  readonly passed: boolean;
  readonly limit: string | null;
  readonly value: string | null;
  readonly headroom?: string | null;
}

@Entity({ tableName: 'risk_decisions' })
export class RiskDecisionEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  side: OrderSide;

  @Property({ type: 'decimal' })
  quantity: string;

  @Property({ type: 'text' })
  cause: OrderCause;

  @Property({ type: 'boolean' })
  approved: boolean;

  @Property({ type: 'text', nullable: true })
  deniedCode: string | null;

  @Property({ type: 'json' })
  checks: StoredCheck[];

  @Property({ type: 'uuid', nullable: true })
  signalId: string | null;

  @Property({ type: EpochMilliseconds })
  decidedAt: number;
}
