import { naturalId } from '../../src/domain/event-id.js';
import type { NewEvent } from '../../src/domain/events.js';
import { partitionOf } from '../../src/domain/topics.js';

export type AnomalyEvent = Extract<NewEvent, { topic: 'anomalies' }>;

/** An event of `anomalies` whose description is its number: tests of the log look at nothing else. */
export function anomalyEvent(symbol: string, number: number): AnomalyEvent {
  return {
    topic: 'anomalies',
    type: 'anomaly',
    key: symbol,
    eventId: naturalId('test-anomaly', symbol, number),
    payload: {
      anomaly_id: naturalId('test', symbol, number),
      model_id: naturalId('test-model', symbol),
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp: '2016-01-03T15:31:00.000Z',
      bar_timestamp: '2016-01-03T15:30:00.000Z',
      anomaly_score: -0.125,
      raw_score: -0.625,
      anomaly_type: 'PRICE_SPIKE',
      severity: 'HIGH',
      description: String(number),
    },
  };
}

/** The same moment told on another topic, as a consumer of anomalies may do. */
export function evaluatedEvent(symbol: string, number: number): Extract<NewEvent, { type: 'bar_evaluated' }> {
  return {
    topic: 'trading_signals',
    type: 'bar_evaluated',
    key: symbol,
    eventId: naturalId('test-evaluated', symbol, number),
    payload: {
      source: 'lstm',
      symbol,
      timeframe: 'ONE_MINUTE',
      timestamp: '2016-01-03T15:31:00.000Z',
      bar_timestamp: `2016-01-03T15:30:00.${String(number % 1000).padStart(3, '0')}Z`,
      reason: 'NO_MODEL',
    },
  };
}

/** One symbol for each of the 8 partitions: index = partition. */
export const SYMBOL_OF_PARTITION: readonly string[] = Array.from({ length: 8 }, (_, part) => {
  for (let number = 0; ; number += 1) if (partitionOf(`SYM${number}`) === part) return `SYM${number}`;
});
