import { Field, ID, ObjectType } from 'type-graphql';
import type { OrderSide as Side } from '../domain/order.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { OrderSide } from './trading-enums.js';

@ObjectType({ description: 'One part of what a simulated fill price was made of.', simpleResolvers: true })
export class FillAssumption {
  @Field(() => String, { description: 'Its name, with the unit last.' })
  name: string;

  @Field(() => String, { description: 'Its value, in the unit of its name.' })
  value: string;
}

@ObjectType({ description: 'One execution of an order.', simpleResolvers: true })
export class Fill {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Id of its order.' })
  orderId: string;

  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => String, { description: "The broker's id of the execution." })
  executionId: string;

  @Field(() => String, { description: 'Symbol of the instrument.' })
  symbol: string;

  @Field(() => OrderSide, { description: 'Direction.' })
  side: Side;

  @Field(() => Decimal, { description: 'Filled quantity, in units of the instrument, above 0.' })
  quantity: string;

  @Field(() => Decimal, { description: 'Price, in the quote currency.' })
  price: string;

  @Field(() => Decimal, { description: "Fee, in the account's currency, 0 or above." })
  fee: string;

  @Field(() => Decimal, { description: "PnL that this fill realized, before fees, in the account's currency." })
  realizedPnl: string;

  @Field(() => [FillAssumption], {
    description: 'What a simulated price was made of: reference price, slippage, half spread. Empty for a real one.',
  })
  assumptions: readonly FillAssumption[];

  @Field(() => DateTime, { description: 'When it happened, market time.' })
  timestamp: number;

  @Field(() => DateTime, { description: 'Open time of the bar it happened in.' })
  barTimestamp: number;
}

export const FillConnection = connectionOf('Fill', 'the fills, newest first', () => Fill);
