import { describe, expect, it } from 'vitest';
import { recordingLogger } from '../../../tests/support/recording-logger.js';
import { RecordedMetrics } from '../../../tests/support/silent.js';
import { KafkaFaults } from './kafka-faults.js';

const MINUTE_MS = 60_000;

function watched() {
  const logger = recordingLogger();
  const clock = { nowMs: 0 };
  const faults = new KafkaFaults({
    brokers: ['kafka:9092'],
    logger,
    metrics: new RecordedMetrics(),
    now: () => clock.nowMs,
  });
  return { faults, clock, levels: () => logger.lines.map(({ level }) => level) };
}

describe('what a process says of Kafka while it is away', () => {
  it('is said when it begins, after one minute, two more, four more, and when it is over', () => {
    const { faults, clock, levels } = watched();
    const saidAtMinutes: number[] = [];
    for (clock.nowMs = 0; clock.nowMs <= 20 * MINUTE_MS; clock.nowMs += 5_000) {
      const before = levels().length;
      faults.failed('relay', 'kafka-relay', new Error('no broker'));
      if (levels().length > before) saidAtMinutes.push(clock.nowMs / MINUTE_MS);
    }
    expect(saidAtMinutes).toEqual([0, 1, 3, 7, 15]);
    faults.recovered('relay', 'kafka-relay');
    expect(levels()).toEqual(['error', 'warn', 'warn', 'warn', 'warn', 'info']);
    expect(faults.current.size).toBe(0);
  });

  it('is said once for all consumer groups, and is over when the last of them is back', () => {
    const { faults, levels } = watched();
    faults.failed('group', 'ml', new Error('no broker'));
    faults.failed('group', 'trading', new Error('no broker'));
    faults.recovered('group', 'ml');
    expect(faults.current.get('group')?.reason).toBe('no broker');
    expect(levels()).toEqual(['error']);
    faults.recovered('group', 'trading');
    expect(levels()).toEqual(['error', 'info']);
  });

  it('is no longer true of a client that has been stopped', () => {
    const { faults, levels } = watched();
    faults.failed('tail', 'api-tail', new Error('no broker'));
    faults.forget('tail', 'api-tail');
    expect(faults.current.size).toBe(0);
    expect(levels()).toEqual(['error']);
  });

  it('is not said anew by a relay that has only let another one try meanwhile', () => {
    const { faults, clock, levels } = watched();
    for (let turn = 0; turn < 8; turn += 1) {
      faults.failed('relay', 'kafka-relay', new Error('no broker'));
      faults.forget('relay', 'kafka-relay');
      clock.nowMs += 5_000;
    }
    expect(levels()).toEqual(['error']);
    clock.nowMs = 10 * MINUTE_MS;
    faults.failed('relay', 'kafka-relay', new Error('no broker'));
    expect(levels()).toEqual(['error', 'error']);
  });
});
