import type { SpanRef, TracedBar } from '../domain/trace.js';

/** A piece of work that is over. Times are epoch milliseconds with fractions, as `Tracing.now` gives them. */
export interface FinishedSpan {
  readonly name: string;
  /** Its own place, where others name it as their parent; chosen at random when left out. */
  readonly ref?: SpanRef;
  /** Null for the first of a trace, whose `ref` says which. */
  readonly parent: SpanRef | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly kind?: 'INTERNAL' | 'SERVER' | 'PRODUCER' | 'CONSUMER';
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Spans of other traces that it has to do with. */
  readonly links?: readonly SpanRef[];
  /** Why the work failed. */
  readonly error?: string;
}

/**
 * Where traces go. Work is recorded when it is over and what it stored is committed: what was rolled back is in no
 * trace. Never throws and never waits.
 */
export interface Tracing {
  /** False: nothing is recorded, and nothing need be computed for it. */
  readonly isOn: boolean;
  /** Whether this trace is one of the share that is kept; the same in every process. */
  keeps(traceId: string): boolean;
  /** Wall time, epoch milliseconds with fractions; 0 while tracing is off. */
  now(): number;
  record(span: FinishedSpan): void;
  /** A new place: in the trace that a W3C `traceparent` names, or in a trace of its own. */
  open(traceparent?: string | null): { readonly ref: SpanRef; readonly parent: SpanRef | null };
  /** Runs `work` as a part of this span: what it logs carries the trace's id. */
  within<T>(span: SpanRef, work: () => T): T;
  /** The span that this runs within. */
  current(): SpanRef | null;
}

const NOWHERE: SpanRef = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) };

/** Tracing that is off. */
export const NO_TRACING: Tracing = {
  isOn: false,
  keeps: () => false,
  now: () => 0,
  record: () => undefined,
  open: () => ({ ref: NOWHERE, parent: null }),
  within: (_span, work) => work(),
  current: () => null,
};

/** What caused an order: the bar of its signal, or of its entry's; null for an order by hand. */
export interface OrderOrigin {
  readonly bar: TracedBar | null;
  /** The order itself, or the entry that it protects. */
  readonly rootOrderId: string;
}

/** Finds what caused orders, of any age. */
export interface OrderOrigins {
  of(orderIds: readonly string[]): Promise<ReadonlyMap<string, OrderOrigin>>;
}
