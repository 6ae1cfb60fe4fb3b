import type { Refusal } from '../../domain/error-codes.js';
import type { Result } from '../../domain/result.js';
import { orderSpan, orderTrace } from '../../domain/trace.js';
import type { Tracing } from '../../ports/tracing.js';

type Placed = Result<{ readonly orderId: string }, Refusal>;

/**
 * An order by hand begins a trace of its own, derived from its id, so that a fill days later is found below it. It is
 * linked to the operation that asked for it, whose trace ends with its answer.
 */
export function tracedByHand<C>(
  tracing: Tracing,
  place: (command: C) => Promise<Placed>,
): (command: C) => Promise<Placed> {
  if (!tracing.isOn) return place;
  return async (command) => {
    const startMs = tracing.now();
    const placed = await place(command);
    if (!placed.ok) return placed;
    const { orderId } = placed.value;
    const traceId = orderTrace(orderId);
    const asked = tracing.current();
    tracing.record({
      name: 'submit order',
      ref: orderSpan(traceId, orderId),
      parent: null,
      startMs,
      endMs: tracing.now(),
      attributes: { 'tradegraph.order.id': orderId, 'tradegraph.order.cause': 'MANUAL' },
      links: asked === null ? [] : [asked],
    });
    return placed;
  };
}
