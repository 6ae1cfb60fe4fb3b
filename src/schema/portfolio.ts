import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { Position } from './position.js';

@ObjectType({ description: 'What an account is worth, with its positions.', simpleResolvers: true })
export class Portfolio {
  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => DateTime, {
    description: 'Market time of its prices.',
  })
  timestamp: number;

  @Field(() => Decimal, { description: "Cash and positions, in the account's currency." })
  totalValue: string;

  @Field(() => Decimal, { description: "Cash, reserved or not, in the account's currency." })
  cash: string;

  @Field(() => Decimal, { description: "Market value of the positions, in the account's currency." })
  positionsValue: string;

  @Field(() => Decimal, { description: "Total value less net deposits, in the account's currency." })
  totalPnl: string;

  @Field(() => Decimal, { description: "PnL of what was closed, before fees, in the account's currency." })
  realizedPnl: string;

  @Field(() => Decimal, { description: "PnL of what is open, at current prices, in the account's currency." })
  unrealizedPnl: string;

  @Field(() => Decimal, { description: "Fees paid so far, in the account's currency." })
  fees: string;

  @Field(() => [Position], { description: 'What it holds or has held, by symbol.' })
  positions: readonly Position[];
}

@ObjectType({ description: 'What an account was worth at one moment.', simpleResolvers: true })
export class PortfolioSnapshot {
  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => DateTime, { description: 'Market time.' })
  timestamp: number;

  @Field(() => Decimal, { description: "Cash and positions, in the account's currency." })
  totalValue: string;

  @Field(() => Decimal, { description: "Cash, in the account's currency." })
  cash: string;

  @Field(() => Decimal, { description: "Market value of the positions, in the account's currency." })
  positionsValue: string;

  @Field(() => Decimal, { description: "Total value less net deposits, in the account's currency." })
  totalPnl: string;

  @Field(() => Decimal, { description: "PnL of what was closed, before fees, in the account's currency." })
  realizedPnl: string;

  @Field(() => Decimal, { description: "PnL of what was open, in the account's currency." })
  unrealizedPnl: string;

  @Field(() => Decimal, { description: "Fees paid so far, in the account's currency." })
  fees: string;
}

export const PortfolioHistoryConnection = connectionOf(
  'PortfolioHistory',
  'the snapshots of an account, oldest first',
  () => PortfolioSnapshot,
);
