import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { AccountActionOutcome as Outcome } from '../domain/account-action.js';
import type { CorporateActionKind as Kind } from '../domain/corporate-action.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { defineEnum } from './define-enum.js';

export const CorporateActionKind = defineEnum<Kind>('CorporateActionKind', 'What an issuer did to its shares.', {
  SPLIT: 'New shares for old ones.',
  DIVIDEND: 'Cash for each share.',
});

export const AccountActionOutcome = defineEnum<Outcome>('AccountActionOutcome', 'What an account made of an action.', {
  BOOKED: 'Positions, open orders and cash are as after it.',
  LATE: 'It was known too late, nothing was booked. After a split the account may only reduce until somebody has looked.',
});

@ObjectType({ description: 'A split or dividend as an account took it, once.', simpleResolvers: true })
export class AccountAction {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => ID, { description: 'Id of its account.' })
  accountId: string;

  @Field(() => String, { description: 'Symbol of the instrument.' })
  symbol: string;

  @Field(() => CorporateActionKind, { description: 'What it is.' })
  kind: Kind;

  @Field(() => DateTime, { description: 'Ex-date, midnight UTC: bars that open at or after it are without.' })
  exDate: number;

  @Field(() => AccountActionOutcome, { description: 'Whether it was booked.' })
  outcome: Outcome;

  @Field(() => Float, { description: 'SPLIT: new shares for one old. DIVIDEND: cash a share, in the quote currency.' })
  value: number;

  @Field(() => Decimal, { description: 'Held before it, in units of the instrument.' })
  quantityBefore: string;

  @Field(() => Decimal, { description: 'Held after it, in units of the instrument.' })
  quantity: string;

  @Field(() => Decimal, {
    description: "The dividend, or what was paid for a part of a lot, in the account's currency.",
  })
  cash: string;

  @Field(() => Decimal, { description: "PnL that was realized with a part of a lot, in the account's currency." })
  realizedPnl: string;

  @Field(() => DateTime, { description: 'When it was booked, market time: the bar before.' })
  timestamp: number;
}

export const AccountActionConnection = connectionOf(
  'AccountAction',
  'splits and dividends of accounts, latest first',
  () => AccountAction,
);
