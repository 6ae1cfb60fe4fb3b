import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { CancelOrderPayload, CreateOrderInput, CreateOrderPayload } from '../schema/order-payloads.js';
import { isUuid } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { readOrderInput } from './order-input.js';
import { cancelOrderError, createOrderError } from './refusals.js';

/** A write costs far more than a read. */
const MUTATION_COMPLEXITY = 20;

@Resolver()
export class OrderMutations {
  @Authorized('TRADE')
  @Mutation(() => CreateOrderPayload, {
    description:
      'Places an order by hand, after our risk checks. Safe to send again: the same clientOrderId with the same input answers the first order.',
    complexity: MUTATION_COMPLEXITY,
  })
  async createOrder(
    @Arg('input', () => CreateOrderInput, { description: 'The order.' }) input: CreateOrderInput,
    @Ctx() context: GraphQLContext,
  ): Promise<CreateOrderPayload> {
    const accountId = input.accountId ?? null;
    const account = await context.readModel.trading.account(accountId);
    const command = readOrderInput(input, account?.id ?? '');
    if (!command.ok) return { order: null, errors: command.error.map(createOrderError) };
    if (account === null) return { order: null, errors: [createOrderError(unknownAccount(accountId))] };
    const created = await context.services.createOrder(command.value);
    if (!created.ok) return { order: null, errors: [createOrderError({ path: ['input'], ...created.error })] };
    return { order: await context.loaders.order.load(created.value.orderId), errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => CancelOrderPayload, {
    description: 'Cancels what an order has not filled yet.',
    complexity: MUTATION_COMPLEXITY,
  })
  async cancelOrder(
    @Arg('id', () => ID, { description: 'Id of the order.' }) id: string,
    @Ctx() context: GraphQLContext,
  ): Promise<CancelOrderPayload> {
    if (!isUuid(id)) return { order: null, errors: [cancelOrderError(unknownOrder(id), null)] };
    const orderId = id.toLowerCase();
    const canceled = await context.services.cancelOrder(orderId);
    const order = await context.loaders.order.load(orderId);
    if (canceled.ok) return { order, errors: [] };
    return { order, errors: [cancelOrderError({ path: ['id'], ...canceled.error }, order?.status ?? null)] };
  }
}

const unknownAccount = (id: string | null) => ({
  code: 'UNKNOWN_ACCOUNT' as const,
  message:
    id === null ? 'accountId: there is no default account yet' : `accountId: there is no account "${id.slice(0, 100)}"`,
  path: ['input', 'accountId'],
  value: id?.slice(0, 100) ?? null,
});

const unknownOrder = (id: string) => ({
  code: 'UNKNOWN_ORDER' as const,
  message: `id: there is no order "${id.slice(0, 100)}"`,
  path: ['id'],
  value: id.slice(0, 100),
});
