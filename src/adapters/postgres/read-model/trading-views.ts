import { Decimal } from 'decimal.js';
import type {
  AccountActionView,
  FillView,
  PortfolioView,
  PositionView,
  RiskDecisionView,
} from '../../../ports/read-model.js';
import type { AccountActionEntity } from '../entities/account-action-entity.js';
import type { AccountEntity, PositionEntity } from '../entities/account-entities.js';
import type { FillEntity, RiskDecisionEntity } from '../entities/order-entities.js';

/** Amounts as stored are exact; enough digits that no sum or product of them is rounded. */
const Exact = Decimal.clone({ precision: 80 });
/** Decimals shown of a derived average, as in the events. */
const AVERAGE_DECIMALS = 12;

const total = (amounts: readonly string[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));

export function positionView(row: PositionEntity): PositionView {
  const quantity = new Exact(row.quantity);
  const average = quantity.isZero() ? new Exact(0) : new Exact(row.costBasis).div(quantity);
  return {
    accountId: row.accountId,
    symbol: row.symbol,
    quantity: row.quantity,
    averagePrice: average.toDecimalPlaces(AVERAGE_DECIMALS, Decimal.ROUND_HALF_UP).toFixed(),
    currentPrice: row.currentPrice,
    marketValue: row.marketValue,
    unrealizedPnl: new Exact(row.marketValue).minus(row.costBasis).toFixed(),
    realizedPnl: row.realizedPnl,
    lastUpdated: row.lastUpdated,
  };
}

/** The books as they stand: equity = cash + market value of the positions, total PnL = equity - net deposits. */
export function portfolioView(account: AccountEntity, positions: readonly PositionEntity[]): PortfolioView {
  const views = positions.map(positionView);
  const positionsValue = total(views.map((view) => view.marketValue));
  const totalValue = positionsValue.plus(account.cash);
  return {
    accountId: account.id,
    timestamp: account.asOf,
    totalValue: totalValue.toFixed(),
    cash: account.cash,
    positionsValue: positionsValue.toFixed(),
    totalPnl: totalValue.minus(account.netDeposits).toFixed(),
    realizedPnl: total(views.map((view) => view.realizedPnl)).toFixed(),
    unrealizedPnl: total(views.map((view) => view.unrealizedPnl)).toFixed(),
    fees: account.fees,
    positions: views,
  };
}

export const accountActionView = ({ exDate, ...row }: AccountActionEntity): AccountActionView => ({
  ...row,
  exDate: Date.parse(exDate),
});

export const fillView = (row: FillEntity): FillView => ({
  id: row.id,
  orderId: row.orderId,
  accountId: row.accountId,
  executionId: row.executionId,
  symbol: row.symbol,
  side: row.side,
  quantity: row.quantity,
  price: row.price,
  fee: row.fee,
  realizedPnl: row.realizedPnl,
  assumptions: Object.entries(row.assumptions)
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  timestamp: row.timestamp,
  barTimestamp: row.barTimestamp,
});

export const riskDecisionView = (row: RiskDecisionEntity): RiskDecisionView => ({
  id: row.id,
  accountId: row.accountId,
  symbol: row.symbol,
  side: row.side,
  quantity: row.quantity,
  cause: row.cause,
  approved: row.approved,
  deniedCode: row.deniedCode,
  checks: row.checks.map((check) => ({ ...check, headroom: check.headroom ?? null })),
  signalId: row.signalId,
  decidedAt: row.decidedAt,
});
