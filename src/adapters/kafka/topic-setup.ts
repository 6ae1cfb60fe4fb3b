import kafkajs, { type Admin } from 'kafkajs';
import { ALL_TOPICS, PARTITIONS, type Topic } from '../../domain/topics.js';
import type { Logger } from '../../ports/logger.js';
import { disconnected, type KafkaClient } from './kafka-client.js';
import type { TopicNames } from './topic-names.js';

// Not among the names that Node finds in a CommonJS module.
const { ConfigResourceTypes } = kafkajs;

/** Kafka's default of `max.message.bytes`, used where the broker does not tell. */
const MESSAGE_BYTES_DEFAULT = 1_048_588;

/** A topic has another number of partitions than the log, so its events would be somewhere else. */
export class PartitionCountError extends Error {
  override readonly name = 'PartitionCountError';
  constructor(topic: string, found: number) {
    super(
      `Kafka's topic "${topic}" has ${found} partitions, and the event log has ${PARTITIONS}: both must be the same. ` +
        `Delete the topic (it is made again with ${PARTITIONS}, and filled from the log), or set KAFKA_TOPIC_PREFIX to use other topics.`,
    );
  }
}

/** Bytes that a batch of records of a topic may have at most. */
export type MessageLimits = ReadonlyMap<Topic, number>;

/**
 * Makes the topics that are missing, with the log's number of partitions. Answers how large their messages may be.
 * @throws PartitionCountError when one has another number; what kafkajs throws when no broker answers
 */
export async function setUpTopics(client: KafkaClient, names: TopicNames, logger: Logger): Promise<MessageLimits> {
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    await createMissing(admin, names, logger);
    const { topics } = await admin.fetchTopicMetadata({ topics: ALL_TOPICS.map((topic) => names.of(topic)) });
    for (const { name, partitions } of topics) {
      if (partitions.length !== PARTITIONS) throw new PartitionCountError(name, partitions.length);
    }
    return await messageLimits(admin, names, logger);
  } finally {
    await disconnected(admin, logger, client.timings.connect);
  }
}

async function createMissing(admin: Admin, names: TopicNames, logger: Logger): Promise<void> {
  const present = new Set(await admin.listTopics());
  const missing = ALL_TOPICS.map((topic) => names.of(topic)).filter((name) => !present.has(name));
  if (missing.length === 0) return;
  // -1: as many copies as the cluster makes by default. Another process may be making the same: that is no fault.
  await admin.createTopics({
    topics: missing.map((topic) => ({ topic, numPartitions: PARTITIONS, replicationFactor: -1 })),
    waitForLeaders: true,
  });
  logger.info({ topics: missing, partitions: PARTITIONS }, 'made the topics that Kafka did not have');
}

async function messageLimits(admin: Admin, names: TopicNames, logger: Logger): Promise<MessageLimits> {
  const limits = new Map<Topic, number>(ALL_TOPICS.map((topic) => [topic, MESSAGE_BYTES_DEFAULT]));
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: ALL_TOPICS.map((topic) => ({
        type: ConfigResourceTypes.TOPIC,
        name: names.of(topic),
        configNames: ['max.message.bytes'],
      })),
    });
    for (const { resourceName, configEntries } of resources) {
      const topic = names.topic(resourceName);
      const bytes = Number(configEntries[0]?.configValue);
      if (topic !== undefined && Number.isSafeInteger(bytes) && bytes > 0) limits.set(topic, bytes);
    }
  } catch (error) {
    // Reading configurations may be forbidden to us: publishing then finds out for itself.
    logger.debug({ error, assumed: MESSAGE_BYTES_DEFAULT }, "Kafka did not tell its topics' message limits");
  }
  return limits;
}
