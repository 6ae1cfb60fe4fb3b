import type { Logger } from '../../src/ports/logger.js';
import type { Metrics } from '../../src/ports/metrics.js';

const nothing = (): void => undefined;

export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Counts and gauges by name, for tests that look at them; labels are joined into the name. */
export class RecordedMetrics implements Metrics {
  readonly values = new Map<string, number>();

  count(name: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    this.values.set(keyOf(name, labels), this.value(name, labels) + by);
  }

  gauge(name: string, value: number, labels: Readonly<Record<string, string>> = {}): void {
    this.values.set(keyOf(name, labels), value);
  }

  observe(): void {}

  value(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.values.get(keyOf(name, labels)) ?? 0;
  }
}

const keyOf = (name: string, labels: Readonly<Record<string, string>>): string =>
  [
    name,
    ...Object.entries(labels)
      .map(([label, value]) => `${label}=${value}`)
      .sort(),
  ].join(' ');
