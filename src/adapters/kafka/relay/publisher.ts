import type { Producer } from 'kafkajs';
import type { Topic } from '../../../domain/topics.js';
import type { Logger } from '../../../ports/logger.js';
import { NO_TRACING, type Tracing } from '../../../ports/tracing.js';
import { messageBytes, toMessage, type RelayedEvent } from '../event-message.js';
import { disconnected, REQUEST_RETRIES, type KafkaClient } from '../kafka-client.js';
import type { TopicNames } from '../topic-names.js';
import { tracePublished, traceparentOf } from './trace-published.js';

/** Events of one partition, in order, that fit into one batch of records. */
export interface PartitionBatch {
  readonly topic: Topic;
  readonly part: number;
  readonly events: readonly RelayedEvent[];
}

export interface PublisherOptions {
  readonly client: KafkaClient;
  readonly names: TopicNames;
  /** Of the database that the events come from. */
  readonly logId: string;
  readonly logger: Logger;
  /** Off when left out. */
  readonly tracing?: Tracing;
}

const ACKNOWLEDGED_BY_ALL_IN_SYNC = -1;
/** Names of the broker's answers to a batch, or one record, that is too large for it. */
const TOO_LARGE = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];

/** Publishes events to the partitions they have in the log. After a failure its connections are made anew. */
export class Publisher {
  #producer: Producer | null = null;

  constructor(private readonly options: PublisherOptions) {}

  /**
   * Resolves once all copies in sync have the events; answers those that the broker found too large, alone. Throws what
   * kafkajs throws: the events may then be in Kafka or not, and publishing them again does no harm.
   */
  async publish(batches: readonly PartitionBatch[]): Promise<readonly RelayedEvent[]> {
    if (batches.length === 0) return [];
    try {
      await this.#send(batches);
      return [];
    } catch (error) {
      if (!isTooLarge(error)) {
        await this.close();
        throw error;
      }
    }
    return this.#publishInParts(batches);
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    if (producer) await disconnected(producer, this.options.logger, this.options.client.timings.connect);
  }

  /** The limit was lowered since it was asked for: finds the events that pass it, by halves. */
  async #publishInParts(batches: readonly PartitionBatch[]): Promise<readonly RelayedEvent[]> {
    const refused: RelayedEvent[] = [];
    for (const batch of batches) {
      const { events } = batch;
      const middle = Math.ceil(events.length / 2);
      // Several partitions: one of them may be at fault. One partition: one of its halves. One event: it is itself.
      const parts = batches.length > 1 ? [events] : [events.slice(0, middle), events.slice(middle)];
      if (batches.length === 1 && events.length === 1) return events;
      for (const part of parts) {
        if (part.length > 0) refused.push(...(await this.publish([{ ...batch, events: part }])));
      }
    }
    return refused;
  }

  async #send(batches: readonly PartitionBatch[]): Promise<void> {
    const { client, names, logId, tracing = NO_TRACING } = this.options;
    const startMs = tracing.now();
    const producer = await this.#connected();
    const byTopic = new Map<Topic, RelayedEvent[]>();
    for (const { topic, events } of batches) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...events]);
    await producer.sendBatch({
      acks: ACKNOWLEDGED_BY_ALL_IN_SYNC,
      timeout: client.timings.request,
      topicMessages: [...byTopic].map(([topic, events]) => ({
        topic: names.of(topic),
        messages: events.map((event) => toMessage(event, logId, traceparentOf(tracing, event))),
      })),
    });
    if (tracing.isOn) tracePublished(tracing, batches, startMs);
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.options.client.kafka.producer({
      allowAutoTopicCreation: false,
      retry: REQUEST_RETRIES,
      // Every message names its partition.
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
    try {
      await producer.connect();
    } catch (error) {
      await disconnected(producer, this.options.logger, this.options.client.timings.connect);
      throw error;
    }
    this.#producer = producer;
    return producer;
  }
}

const isTooLarge = (error: unknown): boolean => {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (TOO_LARGE.includes(String((current as Error & { type?: unknown }).type))) return true;
  }
  return false;
};

/**
 * As many of the first events as fit into one batch of records of `limitBytes`. An event that alone is larger is in
 * `oversize` and in no batch.
 */
export function fitting(
  events: readonly RelayedEvent[],
  limitBytes: number,
): { readonly taken: number; readonly batch: readonly RelayedEvent[]; readonly oversize: readonly RelayedEvent[] } {
  const batch: RelayedEvent[] = [];
  const oversize: RelayedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = messageBytes(event);
    if (size > limitBytes) {
      oversize.push(event);
      continue;
    }
    if (bytes + size > limitBytes) break;
    bytes += size;
    batch.push(event);
  }
  return { taken: batch.length + oversize.length, batch, oversize };
}
