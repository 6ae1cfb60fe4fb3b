import type { DataSource } from './instrument.js';

/** ACTIVE trades. REDUCING accepts only what lowers exposure. HALTED takes no entries and has had its entries canceled. */
export const ACCOUNT_STATUSES = ['ACTIVE', 'REDUCING', 'HALTED'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export type BrokerName = 'paper' | 'alpaca-paper' | 'alpaca-live';

/** Belongs to one data source and one broker for ever: a replay's account never trades live data. */
export interface Account {
  /** `<data source>-<name>`, as in `replay-ema-cross`. */
  readonly id: string;
  readonly name: string;
  readonly dataSource: DataSource;
  readonly broker: BrokerName;
  /** The signal source it trades, or null for an account of orders by hand. */
  readonly signalSource: string | null;
  readonly currency: string;
  /** Decimal text. */
  readonly startingCash: string;
  readonly status: AccountStatus;
  readonly createdAt: number;
}
