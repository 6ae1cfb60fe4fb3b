import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  METRICS,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  type MetricName,
} from '../ports/metric-names.js';
import type { Metrics } from '../ports/metrics.js';

/** Upper bounds of a histogram's buckets, by the unit that its name ends in. A training takes some tens of seconds. */
const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const BYTES_BUCKETS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/** All metrics that are declared, in Prometheus' form, with Node's own (memory, event loop lag, garbage collection) beside them. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly gaugesByName = new Map<string, Gauge>();
  private readonly histograms = new Map<string, Histogram>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const name of Object.keys(METRICS) as MetricName[]) this.register(name);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in Prometheus' text format. */
  render(): Promise<string> {
    return this.registry.metrics();
  }

  count<N extends CounterName>(name: N, labels?: LabelsOf<N>, by = 1): void {
    this.counters.get(name)?.inc({ ...labels }, by);
  }

  gauge<N extends GaugeName>(name: N, value: number, labels?: LabelsOf<N>): void {
    this.gaugesByName.get(name)?.set({ ...labels }, value);
  }

  /** Sets a gauge to these series and no others: one that is not among them any more is gone, not frozen. */
  gauges<N extends GaugeName>(
    name: N,
    series: readonly { readonly labels: LabelsOf<N>; readonly value: number }[],
  ): void {
    const gauge = this.gaugesByName.get(name);
    gauge?.reset();
    for (const { labels, value } of series) gauge?.set({ ...labels }, value);
  }

  observe<N extends HistogramName>(name: N, value: number, labels?: LabelsOf<N>): void {
    this.histograms.get(name)?.observe({ ...labels }, value);
  }

  private register(name: MetricName): void {
    const { kind, help, labels } = METRICS[name];
    const configuration = { name, help, labelNames: [...labels], registers: [this.registry] };
    switch (kind) {
      case 'counter':
        this.counters.set(name, new Counter(configuration));
        break;
      case 'gauge':
        this.gaugesByName.set(name, new Gauge(configuration));
        if ('absentUntilSet' in METRICS[name]) this.gaugesByName.get(name)?.remove();
        break;
      case 'histogram': {
        const buckets = name.endsWith('_bytes') ? BYTES_BUCKETS : SECONDS_BUCKETS;
        this.histograms.set(name, new Histogram({ ...configuration, buckets }));
      }
    }
  }
}
