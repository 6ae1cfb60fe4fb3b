import { randomUUID } from 'node:crypto';
import type { EventLog } from '../src/adapters/postgres/event-log/index.js';
import type { NewEvent } from '../src/domain/events.js';
import { barEvent } from './bar-events.js';

const LATENCY_RATE_PER_SECOND = 200;
/** Connections are opened and statements planned in the first second; what is measured is what comes after. */
const WARM_UP_SECONDS = 1;
const LATENCY_SECONDS = 8;
const nothing = (): void => undefined;

export interface EventLogLatency {
  /** From the call of transaction() to the handler; milliseconds. */
  readonly toHandler: Percentiles;
  /** To an event that the handler's effect appended, in the hands of the next consumer. */
  readonly toNextConsumer: Percentiles;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Latency at a steady 200 events a second, sent when they are due whatever becomes of the earlier ones. */
export async function measureLatency(log: EventLog): Promise<EventLogLatency> {
  const appendedAt = new Map<string, number>();
  const toHandler: number[] = [];
  const toNextConsumer: number[] = [];
  const warmUp = LATENCY_RATE_PER_SECOND * WARM_UP_SECONDS;
  const expected = warmUp + LATENCY_RATE_PER_SECOND * LATENCY_SECONDS;
  let finish: () => void = nothing;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const since = (eventId: string): number => performance.now() - (appendedAt.get(eventId) ?? Number.NaN);
  const consumer = await log.eventBus.consume({
    group: `bench-${randomUUID()}`,
    topics: ['market_data'],
    start: 'latest',
    batchSize: 100,
    handle: async ({ events }) => {
      toHandler.push(...events.map(({ eventId }) => since(eventId)));
      return async (tx) => {
        // An event of its own, read by the second consumer, shows when this commit was done.
        for (const { eventId, key } of events) tx.append(answerTo(eventId, key));
      };
    },
  });
  const second = await log.eventBus.consume({
    group: `bench-${randomUUID()}`,
    topics: ['trading_signals'],
    start: 'latest',
    batchSize: 100,
    handle: async ({ events }) => {
      for (const { payload } of events) toNextConsumer.push(since(payload.symbol));
      return async () => {
        if (toNextConsumer.length >= expected) finish();
      };
    },
  });
  const appends: Promise<void>[] = [];
  const started = performance.now();
  while (appends.length < expected) {
    const due = Math.min(expected, Math.floor(((performance.now() - started) * LATENCY_RATE_PER_SECOND) / 1000));
    while (appends.length < due) {
      const event = barEvent(`LATENCY-${appends.length % 16}`);
      appendedAt.set(event.eventId, performance.now());
      appends.push(log.unitOfWork.transaction(async (tx) => tx.append(event)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(appends);
  await finished;
  await Promise.all([consumer.stop(), second.stop()]);
  return { toHandler: percentiles(toHandler.slice(warmUp)), toNextConsumer: percentiles(toNextConsumer.slice(warmUp)) };
}

function answerTo(eventId: string, key: string): Extract<NewEvent, { type: 'bar_evaluated' }> {
  const timestamp = '2016-01-01T00:00:00.000Z';
  return {
    topic: 'trading_signals',
    type: 'bar_evaluated',
    key,
    eventId: randomUUID(),
    payload: {
      source: 'bench',
      symbol: eventId,
      timeframe: 'ONE_MINUTE',
      timestamp,
      bar_timestamp: timestamp,
      reason: 'NO_MODEL',
    },
  };
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p99: at(0.99) };
}
