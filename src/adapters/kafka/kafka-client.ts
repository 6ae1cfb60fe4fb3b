import kafkajs, { Kafka, logLevel, type KafkaConfig, type LogEntry, type SASLOptions } from 'kafkajs';
import type { Logger } from '../../ports/logger.js';
import { KAFKA_TIMINGS, type KafkaSettings, type KafkaTimings } from './kafka-settings.js';
import { quietRequestQueue } from './quiet-request-queue.js';
import { quickRecords } from './record-encoding.js';
import { SeverableSockets } from './severable-sockets.js';

// Not among the names that Node finds in a CommonJS module.
const { KafkaJSError } = kafkajs;

/** kafkajs's own tries of one request; what lasts longer is ours to judge: a client is then made anew. */
export const REQUEST_RETRIES = { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 };

/** Makes producers, consumers and admins; connects to nothing itself. */
export interface KafkaClient {
  readonly kafka: Kafka;
  readonly settings: KafkaSettings;
  readonly timings: KafkaTimings;
  /** The same with connections of its own, which can be ended for good. */
  severable(): { readonly kafka: Kafka; readonly sockets: SeverableSockets };
}

export function kafkaClient(settings: KafkaSettings, logger: Logger): KafkaClient {
  quietRequestQueue();
  quickRecords();
  const timings = { ...KAFKA_TIMINGS, ...settings.timings };
  const config: KafkaConfig = {
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    ssl: settings.tls ?? false,
    // One object of three types, which the compiler does not take apart by itself.
    ...(settings.sasl === null ? {} : { sasl: settings.sasl as SASLOptions }),
    connectionTimeout: timings.connect,
    authenticationTimeout: timings.request,
    requestTimeout: timings.request,
    retry: REQUEST_RETRIES,
    logLevel: logLevel.WARN,
    // Every reconnection is an error to kafkajs. What matters to an operator is said where it is known what follows from it.
    logCreator: () => (entry: LogEntry) => {
      const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...fields } = entry.log;
      logger.debug({ kafkajs: entry.namespace, ...fields }, message);
    },
  };
  return {
    kafka: new Kafka(config),
    settings,
    timings,
    severable() {
      const sockets = new SeverableSockets();
      return { kafka: new Kafka({ ...config, socketFactory: sockets.factory }), sockets };
    },
  };
}

/** True for what kafkajs throws of itself: brokers that are away, refuse us, or answer with an error. */
export const isKafkaFault = (error: unknown): boolean => error instanceof KafkaJSError;

/** Waits for a client to go, and no longer than `deadlineMs`: one whose broker does not answer would hold a stop up. */
export async function disconnected(
  client: { disconnect(): Promise<void> },
  logger: Logger,
  deadlineMs: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const leave = client.disconnect().catch((error: unknown) => {
    logger.debug({ error }, 'a Kafka client did not say goodbye');
  });
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([leave, deadline]);
  clearTimeout(timer);
}
