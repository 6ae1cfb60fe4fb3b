import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { invariant } from '../../../domain/result.js';
import type {
  AccountActionFilter,
  AccountActionView,
  AccountView,
  FillFilter,
  FillView,
  OrderFilter,
  Page,
  PageRequest,
  PortfolioView,
  PositionView,
  RiskDecisionView,
  StoredOrderView,
  TimeRange,
  TradingReadModel,
  ValuationView,
} from '../../../ports/read-model.js';
import { AccountActionEntity } from '../entities/account-action-entity.js';
import { AccountEntity, PortfolioSnapshotEntity, PositionEntity } from '../entities/account-entities.js';
import { FillEntity, OrderEntity, RiskDecisionEntity } from '../entities/order-entities.js';
import { type KeyColumn, keysetPage, matching, within } from './keyset-page.js';
import { accountActionView, fillView, portfolioView, positionView, riskDecisionView } from './trading-views.js';

const ACCOUNTS: readonly KeyColumn<AccountEntity>[] = [{ property: 'id', order: 'asc' }];
const ORDERS: readonly KeyColumn<OrderEntity>[] = [
  { property: 'decidedAt', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const FILLS: readonly KeyColumn<FillEntity>[] = [
  { property: 'timestamp', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const ACTIONS: readonly KeyColumn<AccountActionEntity>[] = [
  { property: 'timestamp', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const POSITIONS: readonly KeyColumn<PositionEntity>[] = [{ property: 'symbol', order: 'asc' }];
const SNAPSHOTS: readonly KeyColumn<PortfolioSnapshotEntity>[] = [{ property: 'timestamp', order: 'asc' }];

/** Entities have the shape that the port asks for. */
const same = <T>(row: T): T => row;

export class PgTradingReads implements TradingReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(private readonly fork: () => SqlEntityManager) {}

  accounts(page: PageRequest): Promise<Page<AccountView>> {
    return keysetPage(this.fork(), AccountEntity, {}, ACCOUNTS, page, same);
  }

  account(id: string | null): Promise<AccountView | null> {
    return this.fork().findOne(AccountEntity, id === null ? { isDefault: true } : { id });
  }

  orders(filter: OrderFilter, page: PageRequest): Promise<Page<StoredOrderView>> {
    const { accountId, symbol, statuses, clientOrderId } = filter;
    const where = {
      ...matching({ accountId, symbol, status: statuses, clientOrderId }),
      ...within('decidedAt', filter),
    };
    return keysetPage(this.fork(), OrderEntity, where, ORDERS, page, same);
  }

  fills(filter: FillFilter, page: PageRequest): Promise<Page<FillView>> {
    const { accountId, symbol, orderId } = filter;
    const where = { ...matching({ accountId, symbol, orderId }), ...within('timestamp', filter) };
    return keysetPage(this.fork(), FillEntity, where, FILLS, page, fillView);
  }

  accountActions(filter: AccountActionFilter, page: PageRequest): Promise<Page<AccountActionView>> {
    const { accountId, symbol } = filter;
    const where = { ...matching({ accountId, symbol }), ...within('timestamp', filter) };
    return keysetPage(this.fork(), AccountActionEntity, where, ACTIONS, page, accountActionView);
  }

  positions(accountId: string, page: PageRequest): Promise<Page<PositionView>> {
    return keysetPage(this.fork(), PositionEntity, { accountId }, POSITIONS, page, positionView);
  }

  /** In one snapshot of the database: cash and positions of two moments would not add up. */
  portfolio({ id }: AccountView): Promise<PortfolioView> {
    return this.fork().transactional(
      async (em) => {
        const account = await em.findOne(AccountEntity, { id });
        invariant(account !== null, `account ${id} is gone`);
        return portfolioView(account, await em.find(PositionEntity, { accountId: id }, { orderBy: { symbol: 'asc' } }));
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
  }

  portfolioHistory(accountId: string, range: TimeRange, page: PageRequest): Promise<Page<ValuationView>> {
    const where = { accountId, ...within('timestamp', range) };
    return keysetPage(this.fork(), PortfolioSnapshotEntity, where, SNAPSHOTS, page, same);
  }

  accountsById(ids: readonly string[]): Promise<readonly AccountView[]> {
    return this.fork().find(AccountEntity, { id: { $in: [...ids] } });
  }

  ordersById(ids: readonly string[]): Promise<readonly StoredOrderView[]> {
    return this.fork().find(OrderEntity, { id: { $in: [...ids] } });
  }

  async riskDecisionsById(ids: readonly string[]): Promise<readonly RiskDecisionView[]> {
    return (await this.fork().find(RiskDecisionEntity, { id: { $in: [...ids] } })).map(riskDecisionView);
  }

  async fillsOfOrders(orderIds: readonly string[]): Promise<readonly FillView[]> {
    const rows = await this.fork().find(
      FillEntity,
      { orderId: { $in: [...orderIds] } },
      { orderBy: [{ timestamp: 'asc' }, { id: 'asc' }] },
    );
    return rows.map(fillView);
  }
}
