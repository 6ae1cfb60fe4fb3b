import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { OrderSide as Side, OrderType as Type, TimeInForce as Force } from '../domain/order.js';
import { Decimal } from './decimal-scalar.js';
import { Order } from './order.js';
import { CancelOrderError, CreateOrderError, ReplaceOrderError } from './order-errors.js';
import { OrderSide, OrderType, TimeInForce } from './trading-enums.js';

@InputType({ description: 'An order that is asked about, not placed.' })
export class PreviewOrderInput {
  @Field(() => ID, { nullable: true, description: 'Account to trade in; the default account when left out.' })
  accountId?: string | null;

  @Field(() => String, { description: 'Symbol to trade.' })
  symbol: string;

  @Field(() => OrderSide, { description: 'Direction.' })
  side: Side;

  @Field(() => OrderType, { description: 'When it fills.', defaultValue: 'MARKET' })
  orderType: Type;

  @Field(() => Decimal, {
    description: "Quantity, in units of the instrument: above 0, a whole number of the instrument's lots.",
  })
  quantity: string;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Limit price, in the quote currency, on the tick; for LIMIT only.',
  })
  limitPrice?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Stop price, in the quote currency, on the tick; for STOP only.',
  })
  stopPrice?: string | null;

  @Field(() => TimeInForce, { description: 'How long it stands.', defaultValue: 'GTC' })
  timeInForce: Force;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'Price at which to give up the position that it opens, in the quote currency; anchored again at the fill price.',
  })
  stopLoss?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'Price at which to take the profit of the position that it opens, in the quote currency; anchored again at the fill price.',
  })
  takeProfit?: string | null;
}

@InputType({ description: 'An order to be placed.' })
export class CreateOrderInput extends PreviewOrderInput {
  @Field(() => String, {
    description:
      'Idempotency key, unique in the account: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first order.',
  })
  clientOrderId: string;
}

@InputType({
  description:
    'A change of an open LIMIT or STOP order by hand. What is left out stays as it is; something must be given.',
})
export class ReplaceOrderInput {
  @Field(() => ID, { description: 'Id of the order to replace.' })
  orderId: string;

  @Field(() => String, {
    description:
      'Idempotency key of the new order, unique in the account: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first replacement.',
  })
  clientOrderId: string;

  @Field(() => Decimal, {
    nullable: true,
    description:
      "Quantity of the replaced and the new order together, in units of the instrument: above what is filled already, a whole number of the instrument's lots.",
  })
  quantity?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Limit price, in the quote currency, on the tick; of a LIMIT order only.',
  })
  limitPrice?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Stop price, in the quote currency, on the tick; of a STOP order only.',
  })
  stopPrice?: string | null;
}

@ObjectType({ description: 'The order, or why there is none.', simpleResolvers: true })
export class CreateOrderPayload {
  @Field(() => Order, { nullable: true, description: 'The order; null when it was refused.' })
  order: Order | null;

  @Field(() => [CreateOrderError], { description: 'Why it was refused; empty when it was not.', complexity: 0 })
  errors: readonly (typeof CreateOrderError)[];
}

@ObjectType({ description: 'The canceled order, or why it was not canceled.', simpleResolvers: true })
export class CancelOrderPayload {
  @Field(() => Order, { nullable: true, description: 'The order as it stands now; null when there is none.' })
  order: Order | null;

  @Field(() => [CancelOrderError], { description: 'Why it was not canceled; empty when it was.', complexity: 0 })
  errors: readonly (typeof CancelOrderError)[];
}

@ObjectType({ description: 'The order in the place of another, or why there is none.', simpleResolvers: true })
export class ReplaceOrderPayload {
  @Field(() => Order, {
    nullable: true,
    description: 'The new order, of what the replaced one had not filled; null when it was refused.',
  })
  order: Order | null;

  @Field(() => Order, {
    nullable: true,
    description: 'The order to replace as it stands now, untouched when it was refused; null when there is none.',
  })
  replacedOrder: Order | null;

  @Field(() => [ReplaceOrderError], { description: 'Why it was refused; empty when it was not.', complexity: 0 })
  errors: readonly (typeof ReplaceOrderError)[];
}
