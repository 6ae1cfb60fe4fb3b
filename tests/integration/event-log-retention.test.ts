import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventLogMonitor } from '../../src/adapters/postgres/event-log/event-log-monitor.js';
import { LogGapError } from '../../src/ports/event-bus.js';
import { anomalyEvent, SYMBOL_OF_PARTITION } from '../support/anomaly-events.js';
import { openEventLogProcess, type EventLogProcess } from '../support/event-log-process.js';
import { eventually } from '../support/eventually.js';
import { startTestDatabase, type TestDatabase } from '../support/postgres.js';
import { recordingLogger } from '../support/recording-logger.js';

const HOUR_MS = 3_600_000;
const SYMBOL = SYMBOL_OF_PARTITION[2]!;

describe('retention of the event log in PostgreSQL', () => {
  let database: TestDatabase;
  let log: EventLogProcess;

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    log = await openEventLogProcess(database.connectionString, { leaseMs: 600 });
    await log.pool.query(
      'TRUNCATE event_log, consumer_offsets, consumer_members, accounts CASCADE; UPDATE log_partition SET next_off = 0',
    );
    await log.unitOfWork.transaction(async (tx) => {
      for (let number = 0; number < 10; number += 1) tx.append(anomalyEvent(SYMBOL, number));
    });
  });
  afterEach(() => log.close());

  const age = (through: number): Promise<unknown> =>
    log.pool.query("UPDATE event_log SET created_at = now() - interval '2 hours' WHERE off <= $1", [through]);

  const group = (name: string, nextOff: number, aliveSecondsAgo = 0): Promise<unknown> =>
    log.pool.query(
      `INSERT INTO consumer_offsets (grp, topic, part, next_off, updated_at, lease_until)
       SELECT $1, 'anomalies', 2, $2, t, t FROM (SELECT now() - $3 * interval '1 second' AS t) AS alive`,
      [name, nextOff, aliveSecondsAgo],
    );

  const run = () => log.retention.run({ retentionMs: HOUR_MS, batchSize: 2 });
  const oldest = async (): Promise<number> => (await log.eventBus.oldest('anomalies'))[2]!;

  it('deletes, in batches, what is old enough and that every live group has acted on', async () => {
    await age(6);
    await group('fast', 9);
    await group('slow', 5);
    expect(await run()).toEqual({ deleted: 5, droppedGroups: [] });
    expect(await oldest()).toBe(5);
  });

  it('keeps what is younger than the retention, also when everybody has read it', async () => {
    await age(2);
    await group('fast', 10);
    expect((await run()).deleted).toBe(3);
    expect(await oldest()).toBe(3);
  });

  it('leaves no hole when a younger event stands before older ones', async () => {
    await age(9);
    await log.pool.query('UPDATE event_log SET created_at = now() WHERE off = 4');
    expect((await run()).deleted).toBe(4);
    expect(await oldest()).toBe(4);
  });

  it('asks accounts too, by the offsets in their rows', async () => {
    await age(9);
    await log.pool.query(
      `INSERT INTO accounts (id, name, data_source, broker, currency, starting_cash, net_deposits, cash, market_collar, as_of, feed)
       VALUES ('replay-manual', 'manual', 'replay', 'paper', 'USD', 100000, 0, 0, 0.05, now(), $1)`,
      [JSON.stringify({ offsets: { anomalies: [0, 0, 4, 0, 0, 0, 0, 0] } })],
    );
    expect((await run()).deleted).toBe(4);
    expect(await log.eventBus.lag()).toEqual([{ group: 'account:replay-manual', topic: 'anomalies', events: 6 }]);
  });

  it('goes on without a group that is gone for longer than the retention, and reports it', async () => {
    await age(9);
    await group('gone', 1, 7_300);
    await group('live', 8);
    const report = await run();
    expect(report.deleted).toBe(8);
    expect(report.droppedGroups.map((dropped) => dropped.group)).toEqual(['gone']);
    expect(report.droppedGroups[0]!.goneForMs).toBeGreaterThan(2 * HOUR_MS);
    expect(log.metrics.value('tradegraph_event_log_dropped_groups')).toBe(1);
  });

  it('answers a reader that comes too late with the oldest offset that is kept', async () => {
    await age(9);
    await group('live', 4);
    await run();
    const late = log.eventBus.read('anomalies', 2, 1, 10);
    await expect(late).rejects.toThrow(LogGapError);
    await expect(late).rejects.toMatchObject({ topic: 'anomalies', part: 2, requested: 1, oldest: 4 });
    await log.pool.query('UPDATE consumer_offsets SET next_off = 10');
    await run();
    await expect(log.eventBus.read('anomalies', 2, 4, 10)).rejects.toMatchObject({ requested: 4, oldest: 10 });
    expect(await log.eventBus.read('anomalies', 2, 10, 10)).toEqual([]);
  });

  it('refuses to read over an offset that is missing within the log', async () => {
    await log.pool.query('DELETE FROM event_log WHERE off = 5');
    await expect(log.eventBus.read('anomalies', 2, 3, 10)).rejects.toThrow(
      'anomalies/2: offset 5 is missing, 6 follows',
    );
    await expect(log.eventBus.read('anomalies', 2, 5, 10)).rejects.toThrow(
      'anomalies/2: offset 5 is missing, 6 follows',
    );
  });

  it('lets a group that comes back too late go on at the oldest event, and counts what it missed', async () => {
    await age(5);
    await group('collector', 1, 7_300);
    await run();
    const seen: string[] = [];
    await log.eventBus.consume({
      group: 'collector',
      topics: ['anomalies'],
      start: 'earliest',
      batchSize: 10,
      handle:
        async ({ events }) =>
        async () =>
          void seen.push(...events.map(({ payload }) => payload.description)),
    });
    await eventually('the rest is consumed', () => seen.length === 4);
    expect(seen).toEqual(['6', '7', '8', '9']);
    expect(
      log.metrics.value('tradegraph_event_log_events_missed_total', { group: 'collector', topic: 'anomalies' }),
    ).toBe(5);
  });

  it('publishes the lag of every group', async () => {
    await group('slow', 4);
    expect(await log.monitor.check()).toEqual([]);
    expect(log.metrics.value('tradegraph_event_log_lag_events', { group: 'slow', topic: 'anomalies' })).toBe(6);
    expect(log.metrics.value('tradegraph_event_log_consumer_stuck', { group: 'slow', topic: 'anomalies' })).toBe(0);
  });

  it('says of a group that does not move when it begins and when it is over, not at each look', async () => {
    await group('stuck', 4);
    const logger = recordingLogger();
    const { pool, metrics } = log;
    const monitor = new EventLogMonitor({ pool, metrics, logger, intervalMs: 1_000, stuckAfterMs: -1 });
    for (let look = 0; look < 3; look += 1) expect(await monitor.check()).toMatchObject([{ group: 'stuck' }]);
    await log.pool.query(`DELETE FROM consumer_offsets WHERE grp = 'stuck'`);
    for (let look = 0; look < 3; look += 1) expect(await monitor.check()).toEqual([]);
    expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info']);
  });
});
