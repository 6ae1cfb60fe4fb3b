/** What services count and time; Prometheus names and units (seconds, totals). prom-client fits it in src/api. */
export interface Metrics {
  /** Adds to a counter. `name` ends in `_total`. */
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Sets a gauge. */
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
  /** Observes a duration or size in a histogram. `name` ends in `_seconds` or `_bytes`. */
  observe(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}
