import type { NewEvent } from '../domain/events.js';

/**
 * One database transaction. Events appended to it are buffered and written once, just before COMMIT, so rows and the
 * events that speak of them are stored together or not at all. Stores take it as their first argument.
 */
export interface Transaction {
  append(event: NewEvent): void;
  /** Calls `listener`, which must not throw, once the transaction is committed and never when it is rolled back. */
  onCommit(listener: () => void): void;
}

export interface UnitOfWork {
  /** Runs `work` in a READ COMMITTED transaction. Rolls back and throws what it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
