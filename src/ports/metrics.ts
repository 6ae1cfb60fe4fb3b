import type { CounterName, GaugeName, HistogramName, LabelsOf } from './metric-names.js';

/** What services count and time, under the names of METRICS: another name, or another label, does not compile. */
export interface Metrics {
  /** Adds to a counter, 1 unless told. */
  count<N extends CounterName>(name: N, labels?: LabelsOf<N>, by?: number): void;
  /** Sets a gauge. */
  gauge<N extends GaugeName>(name: N, value: number, labels?: LabelsOf<N>): void;
  /** Observes a duration or size in a histogram, in the unit that its name ends in. */
  observe<N extends HistogramName>(name: N, value: number, labels?: LabelsOf<N>): void;
}
