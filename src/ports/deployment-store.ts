import type { Deployment } from '../domain/deployment.js';
import type { Transaction } from './unit-of-work.js';

/** What is known of a deployment before the database has dated it. */
export type NewDeployment = Omit<Deployment, 'status' | 'failure' | 'createdAt' | 'endedAt'>;

/** What an account held of a symbol from a bar on, until the next such entry. */
export interface HeldFrom {
  readonly symbol: string;
  /** Open time of the bar of the fill, or of the first one after the split, epoch milliseconds UTC: visible once it has closed. */
  readonly barTimestamp: number;
  /** Decimal text. */
  readonly quantity: string;
}

/** Strategies that trade on accounts. What takes a transaction is asked of a locked account. */
export interface DeploymentStore {
  /** Stores it as RUNNING; the account follows it from now on. */
  begin(tx: Transaction, deployment: NewDeployment): Promise<void>;
  /** Ends one that is RUNNING; the account follows nothing from now on. */
  end(tx: Transaction, deployment: Deployment, status: 'STOPPED' | 'FAILED', failure: string | null): Promise<void>;
  deployment(id: string): Promise<Deployment | null>;
  /** How the account's holdings of these symbols have changed, oldest first. */
  holdings(accountId: string, symbols: readonly string[]): Promise<readonly HeldFrom[]>;
}
