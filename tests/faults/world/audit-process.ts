// A consumer of every event that matters, as a process of its own: notes each in a table that would take it twice. Two variants
// are bugs that are planted on purpose; they are nowhere in the program.
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import { openKafkaTransport } from '../../../src/adapters/kafka/open-kafka-transport.js';
import { poolOptions } from '../../../src/adapters/postgres/database.js';
import { openEventLog } from '../../../src/adapters/postgres/event-log/index.js';
import { pgTransaction } from '../../../src/adapters/postgres/transaction.js';
import type { EventBatch, EventBus } from '../../../src/ports/event-bus.js';
import { RecordedMetrics, silentLogger } from '../../support/silent.js';
import { AUDIT_GROUP, AUDITED_TOPICS, type AuditedTopic, type AuditOptions } from './audit.js';
import { runChild, untilItSucceeds } from './child.js';

const BATCH_SIZE = 50;
/** Of a planted bug, between effect and offset: long enough that one of some faults meets it. */
const MOMENT_MS = 50;
let notedLater: Promise<unknown> = Promise.resolve();
const NOTE = `INSERT INTO fault_effects (topic, part, off, event_id)
              SELECT $1, $2, off, id FROM unnest($3::bigint[], $4::uuid[]) AS t (off, id)`;

const noteOf = ({ topic, part, events }: EventBatch<AuditedTopic>): [string, unknown[]] => [
  NOTE,
  [topic, part, events.map(({ off }) => off), events.map(({ eventId }) => eventId)],
];

await runChild<AuditOptions>(async ({ connectionString, variant, kafka }, { stopping, ready }) => {
  const pool = new Pool(poolOptions({ connectionString, poolSize: 8 }));
  pool.on('error', () => undefined);
  const metrics = new RecordedMetrics();
  const log = await untilItSucceeds(stopping, () =>
    openEventLog({ pool, connectionString, logger: silentLogger, metrics }),
  );
  const transport =
    kafka === null
      ? null
      : await untilItSucceeds(stopping, () =>
          openKafkaTransport({
            settings: {
              brokers: [kafka.broker],
              clientId: 'fault-audit',
              topicPrefix: kafka.topicPrefix,
              tls: null,
              sasl: null,
            },
            pool,
            eventLog: log,
            logger: silentLogger,
            metrics,
          }),
        );
  const eventBus: EventBus = transport?.eventBus ?? log.eventBus;
  const consumer = await untilItSucceeds(stopping, () =>
    eventBus.consume({
      group: AUDIT_GROUP,
      topics: AUDITED_TOPICS,
      start: 'earliest',
      batchSize: BATCH_SIZE,
      handle: async (batch) => {
        const note = noteOf(batch);
        if (variant === 'effect-first') {
          await pool.query(...note);
          await delay(MOMENT_MS);
        }
        return async (tx) => {
          if (variant === 'right') await pgTransaction(tx).query(...note);
          if (variant === 'offset-first') {
            tx.onCommit(() => {
              notedLater = notedLater
                .then(() => delay(MOMENT_MS))
                .then(() => pool.query(...note))
                .catch(() => undefined);
            });
          }
        };
      },
    }),
  );
  ready();
  await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve()));
  await consumer.stop();
  await transport?.close();
  await log.close();
  await pool.end();
});
