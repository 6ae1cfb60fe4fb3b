import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { OrderSide as Side, OrderType as Type, TimeInForce as Force } from '../domain/order.js';
import { Decimal } from './decimal-scalar.js';
import { Order } from './order.js';
import { CancelOrderError, CreateOrderError } from './order-errors.js';
import { OrderSide, OrderType, TimeInForce } from './trading-enums.js';

@InputType({ description: 'An order to be placed.' })
export class CreateOrderInput {
  @Field(() => String, {
    description:
      'Idempotency key, unique in the account: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first order.',
  })
  clientOrderId: string;

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
