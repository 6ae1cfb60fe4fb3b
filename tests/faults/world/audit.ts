/** Topics that the audit consumes: what the services say to each other. */
export const AUDITED_TOPICS = ['market_data', 'trading_signals', 'orders', 'portfolio'] as const;
export type AuditedTopic = (typeof AUDITED_TOPICS)[number];
export const AUDIT_GROUP = 'fault-audit';

/**
 * `right`: the effect in the transaction of the offset. `effect-first`: the effect is committed, then the offset.
 * `offset-first`: the offset is committed, then the effect. The latter two are bugs, planted to see that they are found.
 */
export type AuditVariant = 'right' | 'effect-first' | 'offset-first';

export interface AuditOptions {
  readonly connectionString: string;
  readonly variant: AuditVariant;
  /** Null where the log is its own transport. */
  readonly kafka: { readonly broker: string; readonly topicPrefix: string } | null;
}
