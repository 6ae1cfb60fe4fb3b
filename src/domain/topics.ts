/** The event log's topics. The first three carry the original design's message fields. */
export const TOPICS = ['market_data', 'trading_signals', 'anomalies', 'orders', 'portfolio', 'backtests'] as const;
export type BusinessTopic = (typeof TOPICS)[number];
/** Dead letters of a topic go to `<topic>.dlq`. */
export type DeadLetterTopic = `${BusinessTopic}.dlq`;
export type Topic = BusinessTopic | DeadLetterTopic;

/** Fixed for the life of a database: the same number of partitions in PostgreSQL and in Kafka. */
export const PARTITIONS = 8;

export const deadLetterTopic = (topic: BusinessTopic): DeadLetterTopic => `${topic}.dlq`;
/** Every topic of the log, dead letters included. */
export const ALL_TOPICS: readonly Topic[] = [...TOPICS, ...TOPICS.map(deadLetterTopic)];
export const isTopic = (text: string): text is Topic => (ALL_TOPICS as readonly string[]).includes(text);

/** FNV-1a, 32 bit, over UTF-16 code units: a key always lands in the same partition, in every process. */
export function partitionOf(key: string, partitions: number = PARTITIONS): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash ^= key.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
