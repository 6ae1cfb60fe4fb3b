import { join } from 'node:path';
import { startKafkaBroker, type KafkaBroker } from '../../support/kafka-broker.js';
import { startRedisServer, type RedisServer } from '../../support/redis-server.js';
import { DatabaseServer } from './database-server.js';
import { openSmallDisk, type SmallDisk } from './small-disk.js';

export interface EnginesOptions {
  readonly directory: string;
  readonly diskMegabytes: number;
  /** Kafka as the transport and Redis for the jobs, instead of PostgreSQL for both. */
  readonly services: boolean;
  /** Told where PostgreSQL listens after each of its starts. */
  readonly onPort: (port: number) => void;
}

/** What the program runs on: real servers of the run's own. */
export interface Engines {
  readonly disk: SmallDisk;
  readonly server: DatabaseServer;
  readonly kafka: KafkaBroker | null;
  readonly redis: RedisServer | null;
  /** Settings of the processes of a world; worlds share the servers, each under its own prefix. */
  environment(world: string): Readonly<Record<string, string>>;
  /** The same for a process of the harness; null without Kafka. */
  kafkaSettings(world: string): { readonly broker: string; readonly topicPrefix: string } | null;
  close(): Promise<void>;
}

/** The world whose end the others are held against runs on PostgreSQL alone: the transport must not show. */
export const REFERENCE_WORLD = 'clean';

export async function openEngines({ directory, diskMegabytes, services, onPort }: EnginesOptions): Promise<Engines> {
  const disk = await openSmallDisk(join(directory, 'disk'), diskMegabytes);
  const server = new DatabaseServer(disk.path, onPort);
  let [kafka, redis]: [KafkaBroker | null, RedisServer | null] = [null, null];
  const close = async (): Promise<void> => {
    await kafka?.close();
    await redis?.remove();
    await server.stop().catch(() => undefined);
    await disk.remove();
  };
  try {
    await server.ensureRunning();
    if (services) [kafka, redis] = await Promise.all([startKafkaBroker(), startRedisServer()]);
  } catch (error) {
    await close();
    throw error;
  }
  const kafkaSettings: Engines['kafkaSettings'] = (world) =>
    kafka === null || world === REFERENCE_WORLD ? null : { broker: kafka.address, topicPrefix: `${world}-` };
  return {
    disk,
    server,
    kafka,
    redis,
    kafkaSettings,
    environment: (world): Readonly<Record<string, string>> => {
      const settings = kafkaSettings(world);
      if (settings === null || redis === null) return {};
      return {
        KAFKA_BROKERS: settings.broker,
        KAFKA_TOPIC_PREFIX: settings.topicPrefix,
        REDIS_URL: redis.url,
        REDIS_PREFIX: world,
      };
    },
    close,
  };
}
