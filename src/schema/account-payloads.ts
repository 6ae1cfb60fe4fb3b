import { Field, ObjectType } from 'type-graphql';
import { Account } from './account.js';
import { Order } from './order.js';
import { AccountError } from './order-errors.js';

@ObjectType({ description: 'The sales that flatten an account, and why positions stay.', simpleResolvers: true })
export class FlattenAccountPayload {
  @Field(() => Account, { nullable: true, description: 'The account; null when there is none of this id.' })
  account: Account | null;

  @Field(() => [Order], { description: 'The sales placed, one for each position; they fill at the next opens.' })
  orders: readonly Order[];

  @Field(() => [AccountError], {
    description: 'Why it was not done, or why single positions stay; empty when all is being sold.',
    complexity: 0,
  })
  errors: readonly (typeof AccountError)[];
}

@ObjectType({ description: 'The account with its status, or why it has not changed.', simpleResolvers: true })
export class SetAccountStatusPayload {
  @Field(() => Account, { nullable: true, description: 'The account; null when there is none of this id.' })
  account: Account | null;

  @Field(() => [AccountError], { description: 'Why it was not done; empty when it was.', complexity: 0 })
  errors: readonly (typeof AccountError)[];
}
