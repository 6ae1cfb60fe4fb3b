import { createHash } from 'node:crypto';
import type { Timeframe } from './timeframe.js';

/** A place in a trace: W3C ids, 32 and 16 hexadecimal digits. @see https://www.w3.org/TR/trace-context/ */
export interface SpanRef {
  readonly traceId: string;
  readonly spanId: string;
}

/** What a bar's trace is known by: wherever its signal or order is spoken of, these are at hand or stored. */
export interface TracedBar {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Epoch milliseconds UTC. */
  readonly closeTime: number;
}

/**
 * Trace ids are derived from what is stored anyway: whoever works on a bar, a signal or an order of it, in whichever
 * process and however much later, comes to the same id. Nothing has to travel with events.
 */
export const barTrace = ({ symbol, timeframe, closeTime }: TracedBar): string =>
  digest(`bar\u001f${symbol}\u001f${timeframe}\u001f${closeTime}`, 32);

/** Of an order by hand, which no bar has caused. */
export const orderTrace = (orderId: string): string => digest(`order\u001f${orderId}`, 32);

const spanIn = (traceId: string, ...key: readonly string[]): SpanRef => ({
  traceId,
  spanId: digest(`${traceId}\u001f${key.join('\u001f')}`, 16),
});

/** Spans that others name as their parent. */
export const pollSpan = (traceId: string): SpanRef => spanIn(traceId, 'poll');
export const barSpan = (traceId: string): SpanRef => spanIn(traceId, 'bar');
export const evaluationSpan = (traceId: string): SpanRef => spanIn(traceId, 'evaluation');
export const signalSpan = (traceId: string, signalId: string): SpanRef => spanIn(traceId, 'signal', signalId);
export const sliceSpan = (traceId: string, accountId: string): SpanRef => spanIn(traceId, 'slice', accountId);
export const decisionSpan = (traceId: string, decisionId: string): SpanRef => spanIn(traceId, 'decision', decisionId);
export const orderSpan = (traceId: string, orderId: string): SpanRef => spanIn(traceId, 'order', orderId);

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
