import { randomBytes } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace';
import type { SpanRef } from '../../domain/trace.js';

/** Random ids, but for a span whose place was derived: the SDK has no other way to be told. */
export class DerivedIds implements IdGenerator {
  private next: SpanRef | null = null;

  /** Runs `start`, which starts one span, so that it gets this place. */
  starting<T>(ref: SpanRef | undefined, start: () => T): T {
    this.next = ref ?? null;
    try {
      return start();
    } finally {
      this.next = null;
    }
  }

  generateTraceId(): string {
    return this.next?.traceId ?? randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return this.next?.spanId ?? randomBytes(8).toString('hex');
  }
}
