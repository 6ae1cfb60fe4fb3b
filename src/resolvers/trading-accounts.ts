import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { AccountStatus } from '../domain/account.js';
import { FlattenAccountPayload, SetAccountStatusPayload } from '../schema/account-payloads.js';
import { AccountStatusEnum } from '../schema/trading-enums.js';
import type { StoredOrderView } from '../ports/read-model.js';
import type { GraphQLContext } from './context.js';
import { accountError } from './refusals.js';

/** Each ends orders and places others. */
const MUTATION_COMPLEXITY = 50;

@Resolver()
export class AccountMutations {
  @Authorized('TRADE')
  @Mutation(() => FlattenAccountPayload, {
    description:
      'Sells all that an account holds at the next opens and cancels its other orders; stops and targets stand until the sales fill. Also on a halted account. Its signals go on: halt it first where it should stay flat.',
    complexity: MUTATION_COMPLEXITY,
  })
  async flattenAccount(
    @Arg('accountId', () => ID, { description: 'Id of the account.' }) accountId: string,
    @Ctx() context: GraphQLContext,
  ): Promise<FlattenAccountPayload> {
    const flattened = await context.services.flattenAccount(accountId);
    const account = await context.readModel.trading.account(accountId);
    if (!flattened.ok) return { account, orders: [], errors: [accountError(flattened.error)] };
    const { orderIds, denied } = flattened.value;
    const orders = await Promise.all(orderIds.map((id) => context.loaders.order.load(id)));
    return {
      account,
      orders: orders.filter((order): order is StoredOrderView => order !== null),
      errors: denied.map(accountError),
    };
  }

  /** A key that trades cannot lift the halt that was put on it. */
  @Authorized('ADMIN')
  @Mutation(() => SetAccountStatusPayload, {
    description:
      'Halts an account, lets it only reduce, or lets it trade again. A halt cancels every order that buys; stops, targets and other sales stay. Doing it again changes nothing.',
    complexity: MUTATION_COMPLEXITY,
  })
  async setAccountStatus(
    @Arg('accountId', () => ID, { description: 'Id of the account.' }) accountId: string,
    @Arg('status', () => AccountStatusEnum, { description: 'What it may do from now on.' }) status: AccountStatus,
    @Ctx() context: GraphQLContext,
  ): Promise<SetAccountStatusPayload> {
    const set = await context.services.setAccountStatus(accountId, status);
    const account = await context.readModel.trading.account(accountId);
    return { account, errors: set.ok ? [] : [accountError(set.error)] };
  }
}
