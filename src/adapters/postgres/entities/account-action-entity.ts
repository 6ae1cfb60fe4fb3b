import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { AccountActionOutcome } from '../../../domain/account-action.js';
import type { CorporateActionKind } from '../../../domain/corporate-action.js';
import { EpochMilliseconds } from './epoch-milliseconds.js';

@Entity({ tableName: 'account_actions' })
export class AccountActionEntity {
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @Property({ type: 'text' })
  accountId: string;

  @Property({ type: 'text' })
  symbol: string;

  @Property({ type: 'text' })
  kind: CorporateActionKind;

  /** `YYYY-MM-DD`. */
  @Property({ type: 'date' })
  exDate: string;

  @Property({ type: 'text' })
  outcome: AccountActionOutcome;

  @Property({ type: 'double' })
  value: number;

  @Property({ type: 'decimal' })
  quantityBefore: string;

  @Property({ type: 'decimal' })
  quantity: string;

  @Property({ type: 'decimal' })
  cash: string;

  @Property({ type: 'decimal' })
  realizedPnl: string;

  @Property({ type: EpochMilliseconds })
  timestamp: number;
}
