import { Arg, Args, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { OrderStatus as Status } from '../domain/order.js';
import type { PortfolioView, StoredOrderView } from '../ports/read-model.js';
import { AccountActionConnection } from '../schema/account-action.js';
import { AccountConnection } from '../schema/account.js';
import { pageComplexity } from '../schema/complexity.js';
import { FillConnection } from '../schema/fill.js';
import { Order, OrderConnection } from '../schema/order.js';
import { PageArgs, TimePageArgs } from '../schema/page-args.js';
import { Portfolio, PortfolioHistoryConnection } from '../schema/portfolio.js';
import { PositionConnection } from '../schema/position.js';
import { OrderStatus } from '../schema/trading-enums.js';
import { isUuid, knownAccount, knownInstrument, timeRange } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { connection } from './page.js';
import { queryError } from './query-error.js';

const ANY_ACCOUNT = 'Only of this account; all accounts when left out.';
const ONE_ACCOUNT = 'Id of the account; the default account when left out.';
const ANY_SYMBOL = 'Only of this symbol; all symbols when left out.';
type Optional = string | null | undefined;

const accountFilter = async (context: GraphQLContext, id: Optional) =>
  id === null || id === undefined ? null : (await knownAccount(context, id)).id;
const symbolFilter = async (context: GraphQLContext, symbol: Optional) =>
  symbol === null || symbol === undefined ? null : (await knownInstrument(context, symbol)).symbol;

@Resolver()
export class TradingResolver {
  @Authorized('READ')
  @Query(() => AccountConnection, { description: 'The accounts, by id.', complexity: pageComplexity })
  accounts(@Args(() => PageArgs) args: PageArgs, @Ctx() context: GraphQLContext) {
    return connection({ field: 'accounts', filter: {} }, ['string'], args, (page) =>
      context.readModel.trading.accounts(page),
    );
  }

  @Authorized('READ')
  @Query(() => OrderConnection, {
    description: 'Orders by the time of their decision, latest first.',
    complexity: pageComplexity,
  })
  async orders(
    @Arg('accountId', () => ID, { nullable: true, description: ANY_ACCOUNT }) accountId: Optional,
    @Arg('symbol', () => String, { nullable: true, description: ANY_SYMBOL }) symbol: Optional,
    @Arg('statuses', () => [OrderStatus], { nullable: true, description: 'Only in these statuses; all when left out.' })
    statuses: Status[] | null | undefined,
    @Arg('clientOrderId', () => String, { nullable: true, description: 'Only with this client order id.' })
    clientOrderId: Optional,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const filter = {
      accountId: await accountFilter(context, accountId),
      symbol: await symbolFilter(context, symbol),
      statuses: statuses ? [...new Set(statuses)].toSorted() : null,
      clientOrderId: clientOrderId ?? null,
    };
    return connection({ field: 'orders', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.trading.orders({ ...filter, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => Order, { nullable: true, description: 'One order; null when there is none of this id.' })
  async order(
    @Arg('id', () => ID, { description: 'Id of the order.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<StoredOrderView | null> {
    return isUuid(id) ? context.loaders.order.load(id.toLowerCase()) : null;
  }

  @Authorized('READ')
  @Query(() => FillConnection, { description: 'Executions, newest first.', complexity: pageComplexity })
  async fills(
    @Arg('accountId', () => ID, { nullable: true, description: ANY_ACCOUNT }) accountId: Optional,
    @Arg('symbol', () => String, { nullable: true, description: ANY_SYMBOL }) symbol: Optional,
    @Arg('orderId', () => ID, { nullable: true, description: 'Only of this order; all orders when left out.' })
    orderId: Optional,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const filter = {
      accountId: await accountFilter(context, accountId),
      symbol: await symbolFilter(context, symbol),
      orderId: await orderFilter(context, orderId),
    };
    return connection({ field: 'fills', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.trading.fills({ ...filter, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => AccountActionConnection, {
    description: 'Splits and dividends as accounts took them, latest first.',
    complexity: pageComplexity,
  })
  async accountActions(
    @Arg('accountId', () => ID, { nullable: true, description: ANY_ACCOUNT }) accountId: Optional,
    @Arg('symbol', () => String, { nullable: true, description: ANY_SYMBOL }) symbol: Optional,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const filter = {
      accountId: await accountFilter(context, accountId),
      symbol: await symbolFilter(context, symbol),
    };
    return connection({ field: 'accountActions', filter }, ['number', 'uuid'], args, (page) =>
      context.readModel.trading.accountActions({ ...filter, ...range }, page),
    );
  }

  @Authorized('READ')
  @Query(() => PositionConnection, {
    description: 'What an account holds or has held, by symbol.',
    complexity: pageComplexity,
  })
  async positions(
    @Arg('accountId', () => ID, { nullable: true, description: ONE_ACCOUNT }) accountId: Optional,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const { id } = await knownAccount(context, accountId);
    return connection({ field: 'positions', filter: { accountId: id } }, ['string'], args, (page) =>
      context.readModel.trading.positions(id, page),
    );
  }

  @Authorized('READ')
  @Query(() => Portfolio, { description: 'What an account is worth now, with its positions.' })
  async portfolio(
    @Arg('accountId', () => ID, { nullable: true, description: ONE_ACCOUNT }) accountId: Optional,
    @Ctx() context: GraphQLContext,
  ): Promise<PortfolioView> {
    return context.readModel.trading.portfolio(await knownAccount(context, accountId));
  }

  @Authorized('READ')
  @Query(() => PortfolioHistoryConnection, {
    description: 'What an account was worth, oldest first.',
    complexity: pageComplexity,
  })
  async portfolioHistory(
    @Arg('accountId', () => ID, { nullable: true, description: ONE_ACCOUNT }) accountId: Optional,
    @Args(() => TimePageArgs) args: TimePageArgs,
    @Ctx() context: GraphQLContext,
  ) {
    const range = timeRange(args);
    const { id } = await knownAccount(context, accountId);
    return connection({ field: 'portfolioHistory', filter: { accountId: id } }, ['number'], args, (page) =>
      context.readModel.trading.portfolioHistory(id, range, page),
    );
  }
}

async function orderFilter(context: GraphQLContext, id: Optional): Promise<string | null> {
  if (id === null || id === undefined) return null;
  const order = isUuid(id) ? await context.loaders.order.load(id.toLowerCase()) : null;
  if (order !== null) return order.id;
  const value = id.slice(0, 100);
  throw queryError({
    code: 'UNKNOWN_ORDER',
    message: `orderId: there is no order "${value}"`,
    path: ['orderId'],
    value,
  });
}
