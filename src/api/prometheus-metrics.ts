import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics.js';

/** A metric as it is declared before it is used: name, unit, label names and what it tells. */
export interface MetricDeclaration {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds of a histogram's buckets, in the metric's unit. */
  readonly buckets?: readonly number[];
}

const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const BYTES_BUCKETS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/** What the API itself measures. */
export const API_METRICS: readonly MetricDeclaration[] = [
  {
    name: 'graphql_operation_duration_seconds',
    kind: 'histogram',
    labels: ['operation', 'kind'],
    help: 'Time to run a query or mutation, by operation name',
  },
  { name: 'graphql_errors_total', kind: 'counter', labels: ['code'], help: 'Errors answered, by code' },
  { name: 'websocket_connections', kind: 'gauge', help: 'Open websockets' },
  { name: 'subscriptions', kind: 'gauge', help: 'Subscriptions under way, catching up or live' },
  { name: 'subscription_frames_total', kind: 'counter', help: 'Live events handed to websocket clients' },
  {
    name: 'subscription_frames_dropped_total',
    kind: 'counter',
    help: 'Waiting market data of slow clients that newer data of the same key took the place of',
  },
];

type Labels = Readonly<Record<string, string>>;

/**
 * Metrics in Prometheus' form, with Node's own (memory, event loop lag, garbage collection) beside ours. A name that
 * was not declared is registered when it is first used, with the labels of that use; names are the code's, never a
 * client's, so there are few.
 */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly gauges = new Map<string, Gauge>();
  private readonly histograms = new Map<string, Histogram>();

  constructor(declarations: readonly MetricDeclaration[] = API_METRICS) {
    collectDefaultMetrics({ register: this.registry });
    for (const declaration of declarations) this.declare(declaration);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in Prometheus' text format. */
  render(): Promise<string> {
    return this.registry.metrics();
  }

  count(name: string, labels: Labels = {}, by = 1): void {
    const counter =
      this.counters.get(name) ?? this.declare({ name, kind: 'counter', help: name, labels: Object.keys(labels) });
    if (counter instanceof Counter) counter.inc({ ...labels }, by);
  }

  gauge(name: string, value: number, labels: Labels = {}): void {
    const gauge =
      this.gauges.get(name) ?? this.declare({ name, kind: 'gauge', help: name, labels: Object.keys(labels) });
    if (gauge instanceof Gauge) gauge.set({ ...labels }, value);
  }

  observe(name: string, value: number, labels: Labels = {}): void {
    const histogram =
      this.histograms.get(name) ?? this.declare({ name, kind: 'histogram', help: name, labels: Object.keys(labels) });
    if (histogram instanceof Histogram) histogram.observe({ ...labels }, value);
  }

  private declare({ name, kind, help, labels = [], buckets }: MetricDeclaration): Counter | Gauge | Histogram {
    const configuration = { name, help, labelNames: [...labels], registers: [this.registry] };
    switch (kind) {
      case 'counter': {
        const counter = new Counter(configuration);
        this.counters.set(name, counter);
        return counter;
      }
      case 'gauge': {
        const gauge = new Gauge(configuration);
        this.gauges.set(name, gauge);
        return gauge;
      }
      case 'histogram': {
        const bounds = buckets ?? (name.endsWith('_bytes') ? BYTES_BUCKETS : SECONDS_BUCKETS);
        const histogram = new Histogram({ ...configuration, buckets: [...bounds] });
        this.histograms.set(name, histogram);
        return histogram;
      }
    }
  }
}
