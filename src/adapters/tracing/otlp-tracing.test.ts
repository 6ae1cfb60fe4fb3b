import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { barSpan, barTrace, orderSpan, pollSpan } from '../../domain/trace.js';
import { eventually } from '../../../tests/support/eventually.js';
import { OtlpReceiver } from '../../../tests/support/otlp-receiver.js';
import { recordingLogger } from '../../../tests/support/recording-logger.js';
import { RecordedMetrics } from '../../../tests/support/silent.js';
import { traceFields } from './current-span.js';
import { openTracing, type OpenTracing } from './otlp-tracing.js';

const BAR = { symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', closeTime: 1_451_831_400_000 } as const;
const TRACE = barTrace(BAR);
const NOW = Date.UTC(2026, 0, 1);

let receiver: OtlpReceiver;
let tracing: OpenTracing | null;
let metrics: RecordedMetrics;
let logger: ReturnType<typeof recordingLogger>;

const open = (change: { endpoint?: string; sampleRatio?: number } = {}): OpenTracing => {
  tracing = openTracing({
    endpoint: receiver.url,
    headers: { authorization: 'Bearer x' },
    sampleRatio: 1,
    attributes: { 'service.name': 'tradegraph' },
    logger,
    metrics,
    ...change,
  });
  return tracing;
};

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
  metrics = new RecordedMetrics();
  logger = recordingLogger();
  tracing = null;
});
afterEach(async () => {
  await tracing?.close();
  await receiver.close();
});

describe('traces over OTLP/HTTP', () => {
  it('puts spans of different processes below each other by what they are about, and sends them with the headers', async () => {
    const first = open();
    first.record({ name: 'poll', ref: pollSpan(TRACE), parent: null, startMs: NOW, endMs: NOW + 4.5 });
    await first.close();
    const second = open();
    const link = orderSpan('a'.repeat(32), 'b');
    const settings = {
      parent: pollSpan(TRACE),
      startMs: NOW + 1,
      endMs: NOW + 2,
      links: [link],
      attributes: { size: 2 },
    };
    second.record({ name: 'store', ref: barSpan(TRACE), ...settings, error: 'no luck' });
    await second.close();
    const [poll, store] = receiver.spans;
    expect(poll).toMatchObject({
      name: 'poll',
      ...pollSpan(TRACE),
      parentSpanId: null,
      startMs: NOW,
      endMs: NOW + 4.5,
    });
    expect(store).toMatchObject({
      ...barSpan(TRACE),
      parentSpanId: pollSpan(TRACE).spanId,
      attributes: { size: 2 },
      links: [link],
      status: { code: 2, message: 'no luck' },
    });
    expect(receiver.headers[0]).toMatchObject({ authorization: 'Bearer x' });
    expect(receiver.resources[0]).toEqual({ 'service.name': 'tradegraph' });
  });

  it('keeps the same share of traces in every process', async () => {
    const traces = Array.from({ length: 2_000 }, (_, minute) => barTrace({ ...BAR, closeTime: minute * 60_000 }));
    const first = open({ sampleRatio: 0.25 });
    const kept = traces.filter((traceId) => first.keeps(traceId));
    for (const traceId of traces)
      first.record({ name: 'poll', ref: pollSpan(traceId), parent: null, startMs: NOW, endMs: NOW });
    await first.close();
    expect(kept.length).toBeGreaterThan(400);
    expect(kept.length).toBeLessThan(600);
    expect(new Set(receiver.spans.map(({ traceId }) => traceId))).toEqual(new Set(kept));
    const second = open({ sampleRatio: 0.25 });
    expect(traces.filter((traceId) => second.keeps(traceId))).toEqual(kept);
  });

  it('goes on in the trace that a client names, and begins one where it names none', () => {
    const opened = open();
    const header = `00-${'4bf92f3577b34da6a3ce929d0e0e4736'}-00f067aa0ba902b7-01`;
    expect(opened.open(header)).toMatchObject({
      ref: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
      parent: { spanId: '00f067aa0ba902b7' },
    });
    for (const bad of [null, '', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`]) {
      expect(opened.open(bad).parent).toBeNull();
    }
  });

  it('gives log lines the trace that they are written within, over awaits, and none outside', async () => {
    const opened = open();
    const within = await opened.within(barSpan(TRACE), async () => {
      await Promise.resolve();
      return traceFields();
    });
    expect(within).toEqual({ trace_id: TRACE, span_id: barSpan(TRACE).spanId });
    expect(traceFields()).toEqual({});
    expect(opened.current()).toBeNull();
  });

  it('loses spans, says so once, and disturbs nobody when the receiver refuses or is away', async () => {
    receiver.status = 400;
    const refused = open();
    for (let index = 0; index < 600; index += 1) {
      refused.record({ name: 'poll', ref: pollSpan(TRACE), parent: null, startMs: NOW, endMs: NOW });
    }
    await eventually(
      'a span is counted as lost',
      () => metrics.value('tradegraph_trace_spans_total', { outcome: 'lost' }) > 0,
      30_000,
    );
    await refused.close();
    expect(receiver.spans).toEqual([]);
    expect(logger.lines.filter(({ message }) => message.includes('traces could not be sent'))).toHaveLength(1);

    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    const away = open({ endpoint });
    for (let index = 0; index < 20_000; index += 1) {
      away.record({ name: 'poll', ref: pollSpan(TRACE), parent: null, startMs: NOW, endMs: NOW });
    }
    await away.close();
  });
});
