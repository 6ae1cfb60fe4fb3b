import { Field, ID, ObjectType } from 'type-graphql';
import type { AccountStatus } from '../domain/account.js';
import type { DataSource } from '../domain/instrument.js';
import { connectionOf } from './connection.js';
import { DateTime } from './date-time.js';
import { Decimal } from './decimal-scalar.js';
import { DataSourceEnum } from './market-enums.js';
import { AccountStatusEnum } from './trading-enums.js';

@ObjectType({
  description: "Belongs to one data source and one broker for ever: a replay's account never trades live data.",
  simpleResolvers: true,
})
export class Account {
  @Field(() => ID, { description: 'Its id: the data source and the name, as in replay-ema-cross.' })
  id: string;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => DataSourceEnum, { description: 'The data it trades on.' })
  dataSource: DataSource;

  @Field(() => String, {
    nullable: true,
    description: 'The signal source it trades; null for an account of orders by hand.',
  })
  signalSource: string | null;

  @Field(() => String, { description: 'Currency of its cash, ISO 4217.' })
  currency: string;

  @Field(() => Decimal, { description: 'Cash it began with, in its currency.' })
  startingCash: string;

  @Field(() => AccountStatusEnum, { description: 'What it may do.' })
  status: AccountStatus;

  @Field(() => Boolean, { description: 'True for the account that is meant when none is named.' })
  isDefault: boolean;

  @Field(() => DateTime, { description: 'Market time up to which it has acted.' })
  asOf: number;

  @Field(() => DateTime, { description: 'When it was opened, wall time.' })
  createdAt: number;
}

export const AccountConnection = connectionOf('Account', 'the accounts, by id', () => Account);
