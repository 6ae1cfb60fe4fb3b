import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import {
  CancelOrderPayload,
  CreateOrderInput,
  CreateOrderPayload,
  PreviewOrderInput,
  ReplaceOrderInput,
  ReplaceOrderPayload,
} from '../schema/order-payloads.js';
import { OrderPreview } from '../schema/order-preview.js';
import { isUuid } from './arguments.js';
import type { GraphQLContext } from './context.js';
import { readOrderInput, readPreviewInput, readReplaceInput } from './order-input.js';
import { queryError } from './query-error.js';
import { cancelOrderError, createOrderError, replaceOrderError } from './refusals.js';

/** A write costs far more than a read; a preview locks the account as a write does. */
const LOCKING_COMPLEXITY = 20;

@Resolver()
export class OrderResolver {
  @Authorized('TRADE')
  @Query(() => OrderPreview, {
    description:
      'What would become of an order by hand: the decision of our risk engine with every check, what would be set aside, where it would fill and for which fee. A denial is an answer; only what cannot be read is refused.',
    complexity: ({ childComplexity }) => LOCKING_COMPLEXITY + childComplexity,
  })
  async previewOrder(
    @Arg('input', () => PreviewOrderInput, { description: 'The order.' }) input: PreviewOrderInput,
    @Ctx() context: GraphQLContext,
  ): Promise<OrderPreview> {
    const accountId = input.accountId ?? null;
    const account = await context.readModel.trading.account(accountId);
    const command = readPreviewInput(input, account?.id ?? '');
    const [refusal] = command.ok ? [] : command.error;
    if (refusal !== undefined) throw queryError(refusal);
    if (account === null || !command.ok) throw queryError(unknownAccount(accountId));
    const preview = await context.services.previewOrder(command.value);
    if (!preview.ok) throw queryError({ path: ['input'], ...preview.error });
    return preview.value;
  }

  @Authorized('TRADE')
  @Mutation(() => CreateOrderPayload, {
    description:
      'Places an order by hand, after our risk checks. Safe to send again: the same clientOrderId with the same input answers the first order.',
    complexity: LOCKING_COMPLEXITY,
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
  @Mutation(() => ReplaceOrderPayload, {
    description:
      'Changes quantity or price of an open LIMIT or STOP order by hand: it is canceled and another one placed at once, after our risk checks; when those deny it, it stays as it is. Safe to send again: the same clientOrderId with the same input answers the first replacement.',
    complexity: LOCKING_COMPLEXITY,
  })
  async replaceOrder(
    @Arg('input', () => ReplaceOrderInput, { description: 'The order and what is to change.' })
    input: ReplaceOrderInput,
    @Ctx() context: GraphQLContext,
  ): Promise<ReplaceOrderPayload> {
    const command = readReplaceInput(input);
    if (!command.ok) {
      const errors = command.error.map((refusal) => replaceOrderError(refusal, null));
      return { order: null, replacedOrder: null, errors };
    }
    const replaced = await context.services.replaceOrder(command.value);
    const replacedOrder = await context.loaders.order.load(command.value.orderId);
    if (!replaced.ok) {
      const errors = [replaceOrderError({ path: ['input'], ...replaced.error }, replacedOrder)];
      return { order: null, replacedOrder, errors };
    }
    return { order: await context.loaders.order.load(replaced.value.orderId), replacedOrder, errors: [] };
  }

  @Authorized('TRADE')
  @Mutation(() => CancelOrderPayload, {
    description: 'Cancels what an order has not filled yet.',
    complexity: LOCKING_COMPLEXITY,
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
