import type { Pool } from 'pg';
import type { Logger } from '../../../ports/logger.js';
import type { Metrics } from '../../../ports/metrics.js';
import type { LogPartition, LogRecord } from '../../postgres/event-log/log-record.js';
import type { BrokerGate } from '../broker-gate.js';
import type { RelayedEvent } from '../event-message.js';
import { oversizeLetter, oversizeReason } from './oversize-letter.js';
import { fitting, type PartitionBatch, type Publisher } from './publisher.js';
import { readUnpublished, type ReadLimits } from './read-unpublished.js';
import { RELAY_GROUP, type RelayAdvance, type RelayPosition, type RelayPositions } from './relay-positions.js';

export interface RelayRoundsOptions {
  readonly pool: Pool;
  readonly positions: RelayPositions;
  readonly publisher: Publisher;
  readonly gate: BrokerGate;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What is published in one request, and how far it brings the positions. */
export interface RelayRound {
  readonly batches: readonly PartitionBatch[];
  readonly advances: readonly RelayAdvance[];
  /** Events that are larger than Kafka takes. */
  readonly oversize: readonly RelayedEvent[];
  /** Partitions of which there may be more to read. */
  readonly unfinished: readonly LogPartition[];
}

/**
 * Large enough that reading, publishing and committing cost little an event. Not larger: encoding a round of eight full
 * partitions keeps the process from everything else meanwhile, and kafkajs's time grows with the square of a partition's share.
 */
const LIMITS: ReadLimits = { events: 500, bytes: 700_000 };

/** Carries the log to Kafka in rounds. A round may be read while the one before it is published; published they are in turn. */
export class RelayRounds {
  constructor(private readonly options: RelayRoundsOptions) {}

  /** Reads on, and notes at the positions how far. */
  async read(positions: readonly RelayPosition[]): Promise<RelayRound> {
    const { pool, gate } = this.options;
    const batches: PartitionBatch[] = [];
    const advances: RelayAdvance[] = [];
    const oversize: RelayedEvent[] = [];
    const unfinished: LogPartition[] = [];
    for (const { position, events, isCut } of await readUnpublished(pool, positions, LIMITS)) {
      const { topic, part } = position;
      const fit = fitting(events, gate.messageLimit(topic));
      if (fit.batch.length > 0) batches.push({ topic, part, events: fit.batch });
      oversize.push(...fit.oversize);
      position.readOff += fit.taken;
      advances.push({ position, next: position.readOff });
      if (isCut || fit.taken < events.length) unfinished.push(position);
    }
    return { batches, advances, oversize, unfinished };
  }

  /** Publishes a round and commits it. Answers the partitions that dead letters were put to: they wait to be published. */
  async publish({ batches, advances, oversize }: RelayRound): Promise<readonly LogPartition[]> {
    const { positions, publisher, metrics, gate } = this.options;
    if (advances.length === 0) return [];
    const refused = await publisher.publish(batches);
    if (refused.length > 0) await gate.refreshLimits();
    gate.recovered('relay', RELAY_GROUP);
    const letters = [...oversize, ...refused].flatMap((event) => this.#refuse(event));
    await positions.advance(advances, letters);
    for (const { topic, events } of batches) {
      metrics.count('tradegraph_kafka_published_total', { topic }, events.length);
    }
    return letters;
  }

  /** Kafka would refuse it for ever: said, set aside, and passed by. Our own consumers read it from the log. */
  #refuse(event: RelayedEvent): LogRecord[] {
    const { logger, metrics, gate } = this.options;
    const { topic, part, off, eventId, key } = event;
    const limitBytes = gate.messageLimit(topic);
    logger.error({ topic, part, off, key, eventId, limitBytes }, `not published: ${oversizeReason(event, limitBytes)}`);
    metrics.count('tradegraph_kafka_oversize_total', { topic });
    const letter = oversizeLetter(event, limitBytes);
    return letter ? [letter] : [];
  }
}
