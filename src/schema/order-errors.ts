import { createUnionType, Field, ObjectType } from 'type-graphql';
import type { Refusal } from '../domain/error-codes.js';
import type { OrderCause, OrderStatus as Status, OrderType as Type } from '../domain/order.js';
import { OrderCauseEnum, OrderStatus, OrderType } from './trading-enums.js';
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

@ObjectType({
  implements: UserError,
  description: 'The order is not one that can be replaced: cancel it and create another.',
  simpleResolvers: true,
})
export class OrderNotReplaceableError extends UserError {
  @Field(() => OrderCauseEnum, { description: 'Why it exists: only MANUAL ones are replaced.' })
  cause: OrderCause;

  @Field(() => OrderType, { description: 'When it fills: only LIMIT and STOP ones are replaced.' })
  orderType: Type;
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

export const ReplaceOrderError = createUnionType({
  name: 'ReplaceOrderError',
  description: 'Why an order was not replaced.',
  types: () =>
    [
      InvalidInputError,
      NotFoundError,
      RiskDeniedError,
      ClientOrderIdReusedError,
      OrderNotOpenError,
      OrderNotReplaceableError,
    ] as const,
});

export const AccountError = createUnionType({
  name: 'AccountError',
  description: 'Why something was not done with an account, or with a part of what it holds.',
  types: () => [NotFoundError, RiskDeniedError] as const,
});
