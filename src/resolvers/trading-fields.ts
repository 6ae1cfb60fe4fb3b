import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Account as DomainAccount } from '../domain/account.js';
import { invariant } from '../domain/result.js';
import type {
  FillView,
  OrderView,
  PositionView,
  RiskDecisionView,
  StoredOrderView,
  ValuationView,
} from '../ports/read-model.js';
import { Account } from '../schema/account.js';
import { DateTime } from '../schema/date-time.js';
import { Decimal } from '../schema/decimal-scalar.js';
import { Fill } from '../schema/fill.js';
import { Order } from '../schema/order.js';
import { Portfolio } from '../schema/portfolio.js';
import { Position } from '../schema/position.js';
import { RiskDecision } from '../schema/risk-decision.js';
import { Signal } from '../schema/signal.js';
import { BrokerEnum, BROKERS, ProtectionModeEnum } from '../schema/trading-enums.js';
import type { GraphQLContext } from './context.js';

/** Complexity of a list that hangs at each item of another list. */
const NESTED_LIST_COMPLEXITY = 5;

async function accountOf(context: GraphQLContext, id: string) {
  const account = await context.loaders.account.load(id);
  invariant(account !== null, `account ${id} is gone, though rows point at it`);
  return account;
}

/** An order of an event holds only what its message says; the rest is looked up when it is asked for. */
async function storedOrder(context: GraphQLContext, order: OrderView | StoredOrderView): Promise<StoredOrderView> {
  if ('decidedAt' in order) return order;
  const stored = await context.loaders.order.load(order.id);
  invariant(stored !== null, `order ${order.id} is gone, though events tell of it`);
  return stored;
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => BrokerEnum, { description: 'Who executes its orders.' })
  broker(@Root() account: DomainAccount): keyof typeof BrokerEnum {
    return BROKERS[account.broker];
  }
}

@Resolver(() => Order)
export class OrderFields {
  @FieldResolver(() => DateTime, { description: 'Market time of the decision: nothing fills before it.' })
  async decidedAt(@Root() order: OrderView, @Ctx() context: GraphQLContext): Promise<number> {
    return (await storedOrder(context, order)).decidedAt;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it ended, market time; null while it is open.' })
  async endedAt(@Root() order: OrderView, @Ctx() context: GraphQLContext): Promise<number | null> {
    return (await storedOrder(context, order)).endedAt;
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'Distance of the stop-loss below the fill price, in the quote currency; null without one.',
  })
  async stopDistance(@Root() order: OrderView, @Ctx() context: GraphQLContext): Promise<string | null> {
    return (await storedOrder(context, order)).stopDistance;
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'Distance of the take-profit above the fill price, in the quote currency; null without one.',
  })
  async takeProfitDistance(@Root() order: OrderView, @Ctx() context: GraphQLContext): Promise<string | null> {
    return (await storedOrder(context, order)).takeProfitDistance;
  }

  @FieldResolver(() => ProtectionModeEnum, {
    nullable: true,
    description: 'Who holds the protection; null without one.',
  })
  async protectionMode(
    @Root() order: OrderView,
    @Ctx() context: GraphQLContext,
  ): Promise<keyof typeof ProtectionModeEnum | null> {
    return (await storedOrder(context, order)).protectionMode;
  }

  @FieldResolver(() => Decimal, { description: "Cash set aside for what it may still buy, in the account's currency." })
  async reservedCash(@Root() order: OrderView, @Ctx() context: GraphQLContext): Promise<string> {
    return (await storedOrder(context, order)).reservedCash;
  }

  @FieldResolver(() => Account, { description: 'Its account.' })
  account(@Root() order: OrderView, @Ctx() context: GraphQLContext) {
    return accountOf(context, order.accountId);
  }

  @FieldResolver(() => RiskDecision, {
    nullable: true,
    description: 'What our risk engine decided of it; null for an exit that needs no approval.',
  })
  async riskDecision(@Root() order: OrderView, @Ctx() context: GraphQLContext) {
    const { riskDecisionId } = await storedOrder(context, order);
    return riskDecisionId === null ? null : context.loaders.riskDecision.load(riskDecisionId);
  }

  @FieldResolver(() => Signal, {
    nullable: true,
    description: 'The signal that caused it; null for an order by hand, a stop or a target.',
  })
  async signal(@Root() order: OrderView, @Ctx() context: GraphQLContext) {
    const { signalId } = await storedOrder(context, order);
    return signalId === null ? null : context.loaders.signal.load(signalId);
  }

  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The entry whose position it protects; null unless it is a stop-loss or a take-profit.',
  })
  async parentOrder(@Root() order: OrderView, @Ctx() context: GraphQLContext) {
    const { parentOrderId } = await storedOrder(context, order);
    return parentOrderId === null ? null : context.loaders.order.load(parentOrderId);
  }

  @FieldResolver(() => [Fill], {
    description: 'Its executions, oldest first.',
    complexity: ({ childComplexity }) => NESTED_LIST_COMPLEXITY + childComplexity,
  })
  fills(@Root() order: OrderView, @Ctx() context: GraphQLContext) {
    return context.loaders.fillsOfOrder.load(order.id);
  }
}

@Resolver(() => Fill)
export class FillFields {
  @FieldResolver(() => Order, { description: 'Its order.' })
  async order(@Root() fill: FillView, @Ctx() context: GraphQLContext): Promise<StoredOrderView> {
    const order = await context.loaders.order.load(fill.orderId);
    invariant(order !== null, `order ${fill.orderId} is gone, though a fill points at it`);
    return order;
  }

  @FieldResolver(() => Account, { description: 'Its account.' })
  account(@Root() fill: FillView, @Ctx() context: GraphQLContext) {
    return accountOf(context, fill.accountId);
  }
}

@Resolver(() => RiskDecision)
export class RiskDecisionFields {
  @FieldResolver(() => Account, { description: 'Account concerned.' })
  account(@Root() decision: RiskDecisionView, @Ctx() context: GraphQLContext) {
    return accountOf(context, decision.accountId);
  }

  @FieldResolver(() => Signal, {
    nullable: true,
    description: 'The signal that asked for the order; null without one.',
  })
  signal(@Root() decision: RiskDecisionView, @Ctx() context: GraphQLContext) {
    return decision.signalId === null ? null : context.loaders.signal.load(decision.signalId);
  }
}

@Resolver(() => Position)
export class PositionFields {
  @FieldResolver(() => Account, { description: 'Its account.' })
  account(@Root() position: PositionView, @Ctx() context: GraphQLContext) {
    return accountOf(context, position.accountId);
  }
}

@Resolver(() => Portfolio)
export class PortfolioFields {
  @FieldResolver(() => Account, { description: 'Its account.' })
  account(@Root() portfolio: ValuationView, @Ctx() context: GraphQLContext) {
    return accountOf(context, portfolio.accountId);
  }
}
