import { expect, it } from 'vitest';
import { barSpan, barTrace, signalSpan } from '../../../domain/trace.js';
import { NO_TRACING, type FinishedSpan, type Tracing } from '../../../ports/tracing.js';
import { toMessage, type RelayedEvent } from '../event-message.js';
import { traceparentOf, tracePublished } from './trace-published.js';

const CLOSE = '2016-01-03T15:31:00.000Z';
const TRACE = barTrace({ symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', closeTime: Date.parse(CLOSE) });
const about = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE' };

const event = (topic: RelayedEvent['topic'], type: string, payload: object): RelayedEvent => ({
  topic,
  type,
  part: 3,
  off: 7,
  key: 'BTC-USD',
  eventId: 'e',
  payload: JSON.stringify(payload),
  createdAt: '1970-01-01T00:00:00.000Z',
});
const bar = event('market_data', 'bar', { ...about, close_time: CLOSE });
const signal = event('trading_signals', 'signal', { ...about, timestamp: CLOSE, signal_id: 's' });
const order = event('orders', 'order_created', { order_id: 'o' });

const spans: FinishedSpan[] = [];
const tracing: Tracing = { ...NO_TRACING, isOn: true, keeps: () => true, record: (span) => void spans.push(span) };

it('what is published is below what stored it, and what no bar has caused is in no trace', () => {
  tracePublished(tracing, [{ topic: 'market_data', part: 3, events: [bar, signal, order] }], 0);
  expect(spans.map(({ parent }) => parent)).toEqual([barSpan(TRACE), signalSpan(TRACE, 's')]);
  expect(spans[0]).toMatchObject({ name: 'publish market_data', kind: 'PRODUCER' });
});

it('a record names its span for readers that are not ours, and nothing while tracing is off', () => {
  const { spanId } = barSpan(TRACE);
  expect(traceparentOf(tracing, bar)).toBe(`00-${TRACE}-${spanId}-01`);
  expect(toMessage(bar, 'log', traceparentOf(tracing, bar)).headers).toMatchObject({
    traceparent: `00-${TRACE}-${spanId}-01`,
  });
  expect(traceparentOf(NO_TRACING, bar)).toBeUndefined();
  expect(toMessage(bar, 'log', traceparentOf(NO_TRACING, bar)).headers).not.toHaveProperty('traceparent');
});
