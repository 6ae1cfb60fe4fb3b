import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  OrderCause,
  OrderEndReason,
  OrderSide as Side,
  OrderStatus as Status,
  OrderType as Type,
  TimeInForce as Force,
} from '../domain/order.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { OrderCauseEnum, OrderEndReasonEnum, OrderSide, OrderStatus, OrderType, TimeInForce } from './trading-enums.js';

@ObjectType({ description: 'An order that passed the risk checks.', simpleResolvers: true })
export class Order {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'The id its creator gave it: unique in its account, the idempotency key.' })
  clientOrderId: string;

  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => String, { description: 'Symbol of its instrument.' })
  symbol: string;

  @Field(() => OrderSide, { description: 'Direction.' })
  side: Side;

  @Field(() => OrderType, { description: 'When it fills.' })
  orderType: Type;

  @Field(() => Decimal, { description: 'Ordered quantity, in units of the instrument, above 0.' })
  quantity: string;

  @Field(() => Decimal, { nullable: true, description: 'Limit price, in the quote currency; null unless LIMIT.' })
  limitPrice: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Stop price, in the quote currency; null unless STOP.' })
  stopPrice: string | null;

  @Field(() => TimeInForce, { description: 'How long it stands.' })
  timeInForce: Force;

  @Field(() => OrderCauseEnum, { description: 'Why it exists.' })
  cause: OrderCause;

  @Field(() => OrderStatus, { description: 'Where it stands.' })
  status: Status;

  @Field(() => OrderEndReasonEnum, {
    nullable: true,
    description: 'Why it ended without being wholly filled; null otherwise.',
  })
  endReason: OrderEndReason | null;

  @Field(() => Decimal, { description: 'Quantity filled so far, in units of the instrument.' })
  filledQuantity: string;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Average price of its fills, in the quote currency; null before the first.',
  })
  averageFillPrice: string | null;

  @Field(() => DateTime, { description: 'When it was stored, market time.' })
  createdAt: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was wholly filled, market time; null otherwise.' })
  filledAt: number | null;

  @Field(() => Int, { description: 'Grows with each change of the order, from 1.' })
  version: number;
}

export const OrderConnection = connectionOf('Order', 'the orders, latest decision first', () => Order);
