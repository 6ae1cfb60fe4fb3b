import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';

@ObjectType({
  description: 'What an account holds of one instrument. It stays, with quantity 0, after it was closed.',
  simpleResolvers: true,
})
export class Position {
  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => String, { description: 'Symbol of the instrument.' })
  symbol: string;

  @Field(() => Decimal, { description: 'Held quantity, in units of the instrument; below 0 when short.' })
  quantity: string;

  @Field(() => Decimal, { description: 'Cost basis a unit, in the quote currency; 0 when flat.' })
  averagePrice: string;

  @Field(() => Decimal, { description: 'Last visible close, in the quote currency.' })
  currentPrice: string;

  @Field(() => Decimal, { description: "Quantity at the current price, in the account's currency." })
  marketValue: string;

  @Field(() => Decimal, { description: "Market value less cost basis, in the account's currency." })
  unrealizedPnl: string;

  @Field(() => Decimal, { description: "PnL of what was closed, before fees, in the account's currency." })
  realizedPnl: string;

  @Field(() => DateTime, { description: 'When it was last filled or marked, market time.' })
  lastUpdated: number;
}

export const PositionConnection = connectionOf('Position', 'the positions, by symbol', () => Position);
