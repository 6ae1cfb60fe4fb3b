/** Where the brokers are, and how they are spoken to. */
export interface KafkaSettings {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Before the name of every topic and consumer group: several deployments can share a cluster. */
  readonly topicPrefix: string;
  /** TLS, and the authorities in PEM that the brokers' certificates are checked against (the system's when left out). */
  readonly tls: { readonly ca?: string } | null;
  readonly sasl: KafkaSasl | null;
  readonly timings?: Partial<KafkaTimings>;
}

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export interface KafkaSasl {
  readonly mechanism: (typeof SASL_MECHANISMS)[number];
  readonly username: string;
  readonly password: string;
}

/** Milliseconds, all of them. */
export interface KafkaTimings {
  /** A consumer that the broker has not heard of for so long loses its partitions. */
  readonly session: number;
  readonly heartbeat: number;
  /** How long the members of a group are waited for when its partitions are shared out anew. */
  readonly rebalance: number;
  /** How long a fetch waits for the first event; heartbeats go out between fetches. */
  readonly fetchWait: number;
  readonly connect: number;
  readonly request: number;
  /** What the log holds and Kafka has not brought for so long is read from the log. */
  readonly late: number;
  /** Pause after a first failure; it doubles up to `lastBackOff`. */
  readonly firstBackOff: number;
  readonly lastBackOff: number;
}

export const KAFKA_TIMINGS: KafkaTimings = {
  session: 10_000,
  heartbeat: 2_000,
  rebalance: 15_000,
  fetchWait: 500,
  connect: 3_000,
  request: 10_000,
  late: 500,
  firstBackOff: 200,
  lastBackOff: 5_000,
};
