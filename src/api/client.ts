import type { Access } from './access-keys.js';
import type { Budget } from './client-budgets.js';

/** Who sent an operation. */
export interface ApiClient {
  readonly access: Access;
  /** Whose budget its operations are taken from: its key's, or its address's where none is asked for. */
  readonly budgetOf: string;
  /** What is left of the client's cost budget, now. */
  readBudget(): Budget;
  /** The request's W3C header, as it came. */
  readonly traceparent: string | null;
}

/** Makes the resolvers' context: once for each operation, and once for each event of a subscription. */
export type CreateContext = (client: ApiClient) => object;

/** Clients of the same scopes may share what a public subscription answers. */
export const sharingScope = ({ access }: Pick<ApiClient, 'access'>): string => [...access.scopes].join(' ');
