import { ALL_TOPICS, PARTITIONS } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import { disconnected, kafkaClient } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';
import { TopicNames } from './topic-names.js';
import { PartitionCountError } from './topic-setup.js';

export interface KafkaDescription {
  readonly brokers: number;
  /** Of our topics those that are there, each with the log's number of partitions, and those that the next start makes. */
  readonly topics: { readonly found: number; readonly missing: number };
}

/** Who asks once wants to know soon. */
const ASK_RETRIES = { retries: 1, initialRetryTime: 100, maxRetryTime: 500 };

/**
 * Asks the brokers who they are and for our topics; changes nothing.
 * @throws PartitionCountError when a topic has other partitions than the log; what kafkajs throws when none answers
 */
export async function describeKafka(settings: KafkaSettings, logger: Logger): Promise<KafkaDescription> {
  const { kafka, timings } = kafkaClient(settings, logger);
  const admin = kafka.admin({ retry: ASK_RETRIES });
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    const names = new TopicNames(settings.topicPrefix);
    const existing = new Set(await admin.listTopics());
    const ours = ALL_TOPICS.map((topic) => names.of(topic)).filter((name) => existing.has(name));
    // Asked for none, it answers all.
    const { topics } = ours.length === 0 ? { topics: [] } : await admin.fetchTopicMetadata({ topics: ours });
    for (const { name, partitions } of topics) {
      if (partitions.length !== PARTITIONS) throw new PartitionCountError(name, partitions.length);
    }
    return { brokers: brokers.length, topics: { found: ours.length, missing: ALL_TOPICS.length - ours.length } };
  } finally {
    await disconnected(admin, logger, timings.connect);
  }
}
