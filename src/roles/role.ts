/** The services that one process can run, each a role of the one program. */
export const ROLES = ['ingestion', 'ml', 'trading', 'backtesting', 'api'] as const;
export type Role = (typeof ROLES)[number];
