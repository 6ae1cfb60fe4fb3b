import { openKafkaTransport, type KafkaStatus } from '../../src/adapters/kafka/open-kafka-transport.js';
import type { KafkaTimings } from '../../src/adapters/kafka/kafka-settings.js';
import type { Logger } from '../../src/ports/logger.js';
import { openEventLogProcess, type EventLogProcess } from './event-log-process.js';
import { silentLogger } from './silent.js';

/** Quicker than in production: a test waits for a session that ends. */
export const TEST_TIMINGS: KafkaTimings = {
  session: 6_000,
  heartbeat: 300,
  rebalance: 6_000,
  fetchWait: 100,
  connect: 1_000,
  request: 3_000,
  late: 150,
  firstBackOff: 50,
  lastBackOff: 500,
};

/** The event log as one process has it when Kafka carries its events. */
export interface KafkaProcess extends EventLogProcess {
  kafkaStatus(): KafkaStatus;
}

export interface KafkaProcessOptions {
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  readonly leaseMs?: number;
  readonly logger?: Logger;
  readonly timings?: Partial<KafkaTimings>;
}

export async function openKafkaProcess(
  connectionString: string,
  { brokers, topicPrefix, leaseMs = 600, logger = silentLogger, timings = {} }: KafkaProcessOptions,
): Promise<KafkaProcess> {
  const log = await openEventLogProcess(connectionString, { leaseMs });
  try {
    const transport = await openKafkaTransport({
      settings: {
        brokers,
        clientId: 'tradegraph-test',
        topicPrefix,
        tls: null,
        sasl: null,
        timings: { ...TEST_TIMINGS, ...timings },
      },
      pool: log.pool,
      eventLog: log,
      logger,
      metrics: log.metrics,
      leaseMs,
    });
    let closed: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      await transport.close();
      await log.close();
    };
    return {
      ...log,
      eventBus: transport.eventBus,
      kafkaStatus: () => transport.status(),
      close: () => (closed ??= close()),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}
