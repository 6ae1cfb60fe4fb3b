import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { EventBus } from '../../ports/event-bus.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { Tracing } from '../../ports/tracing.js';
import type { EventLog } from '../postgres/event-log/index.js';
import { BrokerGate } from './broker-gate.js';
import type { GroupMemberState } from './group-member.js';
import { kafkaClient } from './kafka-client.js';
import { KafkaEventBus } from './kafka-event-bus.js';
import type { KafkaSettings } from './kafka-settings.js';
import { Publisher } from './relay/publisher.js';
import { Relay, type RelayState } from './relay/relay.js';
import { RelayPositions } from './relay/relay-positions.js';
import { TopicNames } from './topic-names.js';

/** Long enough for a stop-the-world pause, short enough that another process relays soon after a crash. */
const LEASE_MS = 10_000;

export interface KafkaTransportOptions {
  readonly settings: KafkaSettings;
  readonly pool: Pool;
  readonly eventLog: EventLog;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly tracing?: Tracing;
  readonly leaseMs?: number;
}

/** How the transport is, for those who ask whether the process is ready. */
export interface KafkaStatus {
  readonly kafka: 'connected' | 'away';
  /** This process's part in publishing the log. */
  readonly relay: RelayState;
  readonly consumers: readonly GroupMemberState[];
  /** What does not work, since when (ISO 8601) and why; the log stands in for it. */
  readonly faults: readonly { readonly client: string; readonly since: string; readonly reason: string }[];
}

export interface KafkaTransport {
  readonly eventBus: EventBus;
  status(): KafkaStatus;
  /** Stops consumers, tail and relay. The log's own parts are the caller's. */
  close(): Promise<void>;
}

/**
 * Puts Kafka behind an event log: its relay, and the bus whose consumers read Kafka.
 * @throws PartitionCountError when a topic of Kafka has other partitions than the log. A broker that is away is no reason
 * not to start.
 */
export async function openKafkaTransport(options: KafkaTransportOptions): Promise<KafkaTransport> {
  const { settings, pool, eventLog, logger, metrics, leaseMs = LEASE_MS } = options;
  const { wakeUp, onAppended } = eventLog;
  const client = kafkaClient(settings, logger);
  const names = new TopicNames(settings.topicPrefix);
  const logId = await readLogId(pool);
  const gate = new BrokerGate({ client, names, logger, metrics });
  await gate.open();
  const relay = new Relay({
    pool,
    positions: new RelayPositions({ pool, owner: randomUUID(), leaseMs, logger }),
    publisher: new Publisher({ client, names, logId, logger, ...(options.tracing && { tracing: options.tracing }) }),
    gate,
    wakeUp,
    leaseMs,
    timings: client.timings,
    logger,
    metrics,
  });
  relay.start();
  const eventBus = new KafkaEventBus({
    pool,
    log: eventLog.eventBus,
    wakeUp,
    onAppended,
    leaseMs,
    subscription: { client, names, gate, logId, logger, metrics },
  });
  return {
    eventBus,
    status: () => ({
      kafka: gate.isConnected ? 'connected' : 'away',
      relay: relay.state,
      consumers: eventBus.members,
      faults: [...gate.faults].map(([part, { since, reason }]) => ({
        client: part,
        since: since.toISOString(),
        reason,
      })),
    }),
    async close() {
      await eventBus.close();
      await relay.stop();
      await gate.close();
    },
  };
}

async function readLogId(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM log_identity');
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('log_identity is empty: the database was not made by our migrations');
  return id;
}
