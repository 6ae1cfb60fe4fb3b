import { createUnionType, Field, ObjectType } from 'type-graphql';
import type { Refusal } from '../domain/error-codes.js';
import type { OrderStatus as Status } from '../domain/order.js';
import { OrderStatus } from './trading-enums.js';
import { InvalidInputError, NotFoundError, RiskDeniedError, UserError } from './user-error.js';

@ObjectType({
  implements: UserError,
  description: 'The account has an order with this client order id and another input.',
  simpleResolvers: true,
})
export class ClientOrderIdReusedError extends UserError {
  @Field(() => String, { nullable: true, description: 'The client order id.' })
  value: string | null;

  constructor(refusal?: Refusal) {
    super(refusal);
    this.value = refusal?.value === undefined || refusal.value === null ? null : String(refusal.value);
  }
}

@ObjectType({ implements: UserError, description: 'The order has ended.', simpleResolvers: true })
export class OrderNotOpenError extends UserError {
  @Field(() => OrderStatus, { description: 'How it ended.' })
  status: Status;
}

export const CreateOrderError = createUnionType({
  name: 'CreateOrderError',
  description: 'Why an order was not created.',
  types: () => [InvalidInputError, NotFoundError, RiskDeniedError, ClientOrderIdReusedError] as const,
});

export const CancelOrderError = createUnionType({
  name: 'CancelOrderError',
  description: 'Why an order was not canceled.',
  types: () => [InvalidInputError, NotFoundError, OrderNotOpenError] as const,
});
