import type { Signal } from '../../domain/signal.js';
import { barSpan, barTrace, evaluationSpan, signalSpan } from '../../domain/trace.js';
import type { Tracing } from '../../ports/tracing.js';
import type { BarReference } from './bar-outcomes.js';

/** When the parts of a batch began, epoch milliseconds; each ends where the next begins. */
export interface EvaluationTimes {
  readonly startMs: number;
  readonly featuresMs: number;
  readonly predictMs: number;
  readonly decideMs: number;
  readonly decidedMs: number;
}

export interface EvaluatedBars {
  readonly bars: readonly BarReference[];
  readonly signals: readonly Signal[];
  readonly times: EvaluationTimes;
}

/** Runs work as a part of the trace of the only bar; work on several bars at once belongs to none. */
export function placeOfBars(tracing: Tracing, bars: readonly BarReference[]): <T>(work: () => T) => T {
  const [bar, ...others] = bars;
  if (!tracing.isOn || bar === undefined || others.length > 0) return (work) => work();
  const place = evaluationSpan(barTrace(bar));
  return (work) => tracing.within(place, work);
}

/**
 * What became of each bar of a batch that is committed. The bars of a batch are worked on together: the times are the
 * batch's, and its size is told.
 */
export function traceEvaluations(tracing: Tracing, { bars, signals, times }: EvaluatedBars): void {
  const committedMs = tracing.now();
  for (const bar of bars) {
    const traceId = barTrace(bar);
    if (!tracing.keeps(traceId)) continue;
    const evaluation = evaluationSpan(traceId);
    tracing.record({
      name: 'evaluate bar',
      ref: evaluation,
      parent: barSpan(traceId),
      kind: 'CONSUMER',
      startMs: times.startMs,
      endMs: committedMs,
      attributes: { 'tradegraph.symbol': bar.symbol, 'tradegraph.batch.bars': bars.length },
    });
    const { featuresMs, predictMs, decideMs, decidedMs } = times;
    tracing.record({ name: 'features', parent: evaluation, startMs: featuresMs, endMs: predictMs });
    tracing.record({ name: 'predict', parent: evaluation, startMs: predictMs, endMs: decideMs });
    const ofBar = signals.filter(
      ({ symbol, timeframe, barTimestamp }) =>
        symbol === bar.symbol && timeframe === bar.timeframe && barTimestamp === bar.timestamp,
    );
    for (const signal of ofBar) traceSignal(tracing, signal, { startMs: decideMs, endMs: decidedMs });
  }
}

/** A signal of a model or rule, below the evaluation of its bar. */
function traceSignal(
  tracing: Tracing,
  signal: Signal,
  times: { readonly startMs: number; readonly endMs: number },
): void {
  const traceId = barTrace({ ...signal, closeTime: signal.timestamp });
  tracing.record({
    name: 'signal',
    ref: signalSpan(traceId, signal.id),
    parent: evaluationSpan(traceId),
    ...times,
    attributes: {
      'tradegraph.signal.id': signal.id,
      'tradegraph.signal.source': signal.source,
      'tradegraph.signal.action': signal.action,
      'tradegraph.signal.reason': signal.reason,
    },
  });
}
