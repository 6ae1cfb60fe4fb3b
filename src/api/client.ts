import type { Budget } from './client-budgets.js';

/** Who sent an operation. */
export interface ApiClient {
  readonly remoteAddress: string;
  /** Authorization scope: results are shared only inside one. There is one until access keys exist. */
  readonly scope: string;
  /** What is left of the client's cost budget, now. */
  readBudget(): Budget;
}

/** Makes the resolvers' context: once for each operation, and once for each event of a subscription. */
export type CreateContext = (client: ApiClient) => object;
