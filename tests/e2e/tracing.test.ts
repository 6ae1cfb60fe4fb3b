import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RUNS_LONG_TESTS } from '../support/long-tests.js';
import { OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.js';
import { eventually, temporaryHome, type Home, type Program } from '../support/program.js';
import { startReplay } from '../support/replay-run.js';

vi.setConfig({ testTimeout: 120_000 });

const REPLAY_START = '2016-01-03T22:00:00.000Z';
const CLIENT_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const FROM_POLL_TO_FILL = [
  'poll',
  'store bar',
  'evaluate bar',
  'signal',
  'trading slice',
  'risk decision',
  'submit order',
  'book fill',
];

const isTraced = (spans: readonly ReceivedSpan[]): boolean => {
  const fills = spans.filter(({ name }) => name === 'book fill');
  const byHand = spans.find(({ name, parentSpanId }) => name === 'submit order' && parentSpanId === null);
  return fills.length > 5 && fills.some(({ traceId }) => traceId === byHand?.traceId);
};

describe.runIf(RUNS_LONG_TESTS)('tracing of the real program', () => {
  let receiver: OtlpReceiver;
  let home: Home;
  let program: Program;
  let spans: readonly ReceivedSpan[];
  let output: string;

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    home = await temporaryHome();
    program = await startReplay(home.path, { REPLAY_START, TRACING_ENDPOINT: receiver.url, LOG_LEVEL: 'debug' });
    const input = { clientOrderId: 'mine', accountId: 'replay-manual', symbol: 'BTC-USD', side: 'BUY', quantity: '1' };
    await eventually('an order by hand', async () => {
      const response = await fetch(`${program.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent: `00-${CLIENT_TRACE}-00f067aa0ba902b7-01` },
        body: JSON.stringify({
          query: 'mutation Place($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }',
          variables: { input },
        }),
      });
      const { data } = (await response.json()) as { data: { createOrder: { order: unknown } } };
      return data.createOrder.order !== null;
    });
    await eventually('fills of a signal and of the order by hand', async () => isTraced(receiver.spans), 240_000);
    await program.end('SIGTERM');
    spans = receiver.spans;
    output = program.output();
  }, 300_000);

  afterAll(async () => {
    await program?.end('SIGKILL');
    await home?.remove();
    await receiver?.close();
  });

  const parentOf = (span: ReceivedSpan): ReceivedSpan | undefined =>
    spans.find(({ traceId, spanId }) => traceId === span.traceId && spanId === span.parentSpanId);

  function pathTo(span: ReceivedSpan): string[] {
    const path = [span.name];
    for (let at = parentOf(span); at !== undefined; at = parentOf(at)) path.unshift(at.name);
    return path;
  }

  it('puts poll, signal, decision, order and fill of one bar below each other in one trace', () => {
    const fills = spans.filter(({ name }) => name === 'book fill');
    expect(fills.length).toBeGreaterThan(1);
    const whole = fills.filter((fill) => pathTo(fill).join() === FROM_POLL_TO_FILL.join());
    expect(whole.length).toBeGreaterThan(1);
    for (const fill of whole) {
      const path: ReceivedSpan[] = [fill];
      for (let at = parentOf(fill); at !== undefined; at = parentOf(at)) path.unshift(at);
      const starts = path.map(({ startMs }) => startMs);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      // It is filled by a later bar, whose trace it is linked to.
      const [link] = fill.links;
      const filledBy = spans.find(({ traceId, spanId }) => traceId === link?.traceId && spanId === link?.spanId);
      expect(filledBy).toMatchObject({ name: 'store bar' });
      expect(filledBy?.traceId).not.toBe(fill.traceId);
    }
  });

  it('times features and prediction below the evaluation of a bar, and the request to the source below its poll', () => {
    for (const [name, parent] of [
      ['features', 'evaluate bar'],
      ['predict', 'evaluate bar'],
      ['fetch', 'poll'],
    ] as const) {
      const found = spans.filter((span) => span.name === name);
      expect(found.length, name).toBeGreaterThan(10);
      expect(found.every((span) => parentOf(span)?.name === parent)).toBe(true);
    }
  });

  it('continues a client’s trace in the operation, and links the order that it placed to it', () => {
    const operation = spans.find(({ traceId }) => traceId === CLIENT_TRACE);
    expect(operation).toMatchObject({ name: 'graphql mutation Place', parentSpanId: '00f067aa0ba902b7', kind: 2 });
    const operations = spans.filter(({ traceId }) => traceId === CLIENT_TRACE).map(({ spanId }) => spanId);
    const order = spans.find(({ name, parentSpanId }) => name === 'submit order' && parentSpanId === null);
    expect(operations).toContain(order?.links[0]?.spanId);
    const fill = spans.find(({ name, traceId }) => name === 'book fill' && traceId === order?.traceId);
    expect(fill?.parentSpanId).toBe(order?.spanId);
  });

  it('has each place once, every parent but a client’s, and says who sent it', () => {
    const places = spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`);
    expect(new Set(places).size).toBe(places.length);
    const orphans = spans.filter((span) => span.parentSpanId !== null && parentOf(span) === undefined);
    expect(orphans.filter(({ traceId }) => traceId !== CLIENT_TRACE).map(({ name }) => name)).toEqual([]);
    expect(receiver.resources[0]).toMatchObject({ 'service.name': 'tradegraph' });
  });

  it('writes the trace into the logs of work that belongs to one', () => {
    const traces = new Set(spans.map(({ traceId }) => traceId));
    const logged = [...output.matchAll(/"trace_id":"([0-9a-f]{32})"/g)].map(([, traceId]) => traceId ?? '');
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.some((traceId) => traces.has(traceId))).toBe(true);
  });
});
