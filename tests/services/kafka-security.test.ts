import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KafkaTransport } from '../../src/adapters/kafka/open-kafka-transport.js';
import { readConfig } from '../../src/config/config.js';
import { askKafka, openEventTransport } from '../../src/roles/event-transport.js';
import { anomalyEvent } from '../support/anomaly-events.js';
import { openEventLogProcess } from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';
import { makeKafkaCertificates, type KafkaCertificates } from '../support/kafka-certificates.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { silentLogger } from '../support/silent.js';

const DEADLINE_MS = 60_000;
const USER = 'tradegraph';
const PASSWORD = 'a-password';
vi.setConfig({ testTimeout: 120_000 });

describe('a Kafka that asks for TLS and a password', () => {
  let certificates: KafkaCertificates;
  let broker: KafkaBroker;
  let database: TestDatabase;

  beforeAll(async () => {
    certificates = await makeKafkaCertificates();
    const login = 'org.apache.kafka.common.security';
    [broker, database] = await Promise.all([
      startKafkaBroker({
        KAFKA_SCRAM: `SCRAM-SHA-256=[name=${USER},password=${PASSWORD}]`,
        // The name of the listener stays; what it speaks does not.
        KAFKA_PROPERTIES: [
          'listener.security.protocol.map=PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT',
          'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256',
          'sasl.mechanism.inter.broker.protocol=PLAIN',
          `listener.name.plaintext.plain.sasl.jaas.config=${login}.plain.PlainLoginModule required username="${USER}" password="${PASSWORD}" user_${USER}="${PASSWORD}";`,
          `listener.name.plaintext.scram-sha-256.sasl.jaas.config=${login}.scram.ScramLoginModule required;`,
          certificates.brokerProperties,
        ].join('\n'),
      }),
      startTestDatabase(),
    ]);
  });
  afterAll(async () => {
    await Promise.all([broker?.close(), database?.drop(), certificates?.remove()]);
  });

  /** The program's settings; what is undefined is not set. */
  function settings(changed: Readonly<Record<string, string | undefined>> = {}) {
    const config = readConfig({
      KAFKA_BROKERS: broker.address,
      KAFKA_TOPIC_PREFIX: `secure-${randomBytes(4).toString('hex')}.`,
      KAFKA_SSL: 'true',
      KAFKA_CA_FILE: certificates.caFile,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: USER,
      KAFKA_SASL_PASSWORD: PASSWORD,
      ...changed,
    });
    if (!config.ok) throw new Error(config.error.join('\n'));
    return config.value;
  }

  it.each(['plain', 'scram-sha-256'])('carries events for a user of %s', async (mechanism) => {
    const log = await openEventLogProcess(database.connectionString, { leaseMs: 10_000 });
    let transport: KafkaTransport | null = null;
    try {
      const { pool, metrics } = log;
      const config = settings({ KAFKA_SASL_MECHANISM: mechanism });
      transport = await openEventTransport({ config, pool, eventLog: log, logger: silentLogger, metrics });
      const seen: string[] = [];
      await transport!.eventBus.consume<'anomalies'>({
        group: `collector-${mechanism}`,
        topics: ['anomalies'],
        start: 'latest',
        batchSize: 10,
        handle:
          async ({ events }) =>
          async (tx) =>
            tx.onCommit(() => void seen.push(...events.map(({ payload }) => payload.description))),
      });
      await eventually(
        'Kafka brings the events',
        () => transport!.status().consumers.every(({ isFollowing }) => isFollowing),
        DEADLINE_MS,
      );
      await log.unitOfWork.transaction(async (tx) => tx.append(anomalyEvent(mechanism, 1)));
      await eventually('it is consumed', () => seen.length === 1, DEADLINE_MS);
      const published = (): number => metrics.value('tradegraph_kafka_published_total', { topic: 'anomalies' });
      await eventually('it is published', () => published() > 0, DEADLINE_MS);
      expect(transport!.status()).toMatchObject({ kafka: 'connected', faults: [] });
      expect(await askKafka(config)).toEqual({ brokers: 1, topics: { found: 12, missing: 0 } });
    } finally {
      await transport?.close();
      await log.close();
    }
  });

  const NO_SASL = {
    KAFKA_SASL_MECHANISM: undefined,
    KAFKA_SASL_USERNAME: undefined,
    KAFKA_SASL_PASSWORD: undefined,
  };
  it.each([
    ['a wrong password', () => ({ KAFKA_SASL_PASSWORD: 'wrong' }), 'KAFKA_SASL_PASSWORD'],
    [
      'a wrong password by SCRAM',
      () => ({ KAFKA_SASL_PASSWORD: 'wrong', KAFKA_SASL_MECHANISM: 'scram-sha-256' }),
      'KAFKA_SASL_PASSWORD',
    ],
    ['a mechanism that is off', () => ({ KAFKA_SASL_MECHANISM: 'scram-sha-512' }), 'KAFKA_SASL_MECHANISM'],
    ['no user where one is asked for', () => NO_SASL, 'KAFKA_SASL_MECHANISM'],
    ['an authority that is not the brokers’', () => ({ KAFKA_CA_FILE: certificates.otherCaFile }), 'KAFKA_CA_FILE'],
    ['the system’s authorities alone', () => ({ KAFKA_CA_FILE: undefined }), 'KAFKA_CA_FILE'],
    ['no TLS', () => ({ KAFKA_SSL: undefined, KAFKA_CA_FILE: undefined }), 'KAFKA_SSL'],
  ])('refuses %s, and the setting is named', async (_what, changed, setting) => {
    await expect(askKafka(settings(changed()))).rejects.toThrow(setting);
  });
});
