import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { describeKafka, type KafkaDescription } from '../adapters/kafka/describe-kafka.js';
import { kafkaReason } from '../adapters/kafka/kafka-reason.js';
import type { KafkaSettings } from '../adapters/kafka/kafka-settings.js';
import { openKafkaTransport, type KafkaTransport } from '../adapters/kafka/open-kafka-transport.js';
import { PartitionCountError } from '../adapters/kafka/topic-setup.js';
import type { EventLog } from '../adapters/postgres/event-log/index.js';
import type { CheckResult, ReadinessCheck } from '../api/health.js';
import type { Config } from '../config/config.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Tracing } from '../ports/tracing.js';
import { ExplainedError } from './explained-error.js';

type KafkaConfig = Pick<
  Config,
  | 'KAFKA_BROKERS'
  | 'KAFKA_CLIENT_ID'
  | 'KAFKA_TOPIC_PREFIX'
  | 'KAFKA_SSL'
  | 'KAFKA_CA_FILE'
  | 'KAFKA_SASL_MECHANISM'
  | 'KAFKA_SASL_USERNAME'
  | 'KAFKA_SASL_PASSWORD'
>;

export interface EventTransportOptions {
  readonly config: KafkaConfig;
  readonly pool: Pool;
  readonly eventLog: EventLog;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Off when left out. */
  readonly tracing?: Tracing;
}

/**
 * The Kafka that KAFKA_BROKERS names, in front of the event log; null where the log is its own transport. A broker that is
 * away is said and tried again.
 * @throws ExplainedError when a topic has another number of partitions than the log, or a file cannot be read
 */
export async function openEventTransport(options: EventTransportOptions): Promise<KafkaTransport | null> {
  const { config, ...rest } = options;
  const settings = await kafkaSettingsOf(config);
  if (settings === null) return null;
  return openKafkaTransport({ ...rest, settings }).catch((error: unknown) => {
    throw error instanceof PartitionCountError ? new ExplainedError(`KAFKA_BROKERS: ${error.message}`) : error;
  });
}

const ignore = (): void => undefined;
const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Asks the Kafka of KAFKA_BROKERS once, without changing anything; null where it is not set.
 * @throws ExplainedError with the reason, and the setting to look at where it is known
 */
export async function askKafka(config: KafkaConfig): Promise<KafkaDescription | null> {
  const settings = await kafkaSettingsOf(config);
  if (settings === null) return null;
  return describeKafka(settings, SILENT).catch((error: unknown) => {
    throw new ExplainedError(kafkaReason(error));
  });
}

/** Names the transport, and how it is. One that is away makes no process unready: the log stands in for it. */
export const eventTransportCheck =
  (transport: KafkaTransport | null): ReadinessCheck =>
  async (): Promise<CheckResult> =>
    transport === null
      ? { ok: true, detail: { transport: 'postgresql' } }
      : { ok: true, detail: { transport: 'kafka', ...transport.status() } };

async function kafkaSettingsOf(config: KafkaConfig): Promise<KafkaSettings | null> {
  const { KAFKA_BROKERS: brokers, KAFKA_SASL_MECHANISM: mechanism } = config;
  if (brokers === undefined) return null;
  const ca = await readCertificates(config.KAFKA_CA_FILE);
  return {
    brokers,
    clientId: config.KAFKA_CLIENT_ID,
    topicPrefix: config.KAFKA_TOPIC_PREFIX ?? '',
    tls: config.KAFKA_SSL ? (ca === undefined ? {} : { ca }) : null,
    sasl:
      mechanism === undefined
        ? null
        : { mechanism, username: config.KAFKA_SASL_USERNAME ?? '', password: config.KAFKA_SASL_PASSWORD ?? '' },
  };
}

async function readCertificates(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new ExplainedError(
      `KAFKA_CA_FILE: ${path} cannot be read (${error instanceof Error ? error.message : error})`,
    );
  });
}
