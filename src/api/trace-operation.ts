import type { ExecutionResult } from 'graphql';
import type { Logger } from '../ports/logger.js';
import type { Tracing } from '../ports/tracing.js';
import type { PreparedOperation } from './operation.js';

/**
 * Runs a query or mutation as a span: in the trace of the client's `traceparent`, or in one of its own. What it logs carries the
 * trace, and an order that it places is linked to it.
 * @param label its name, as metrics have it: of a bounded number of names
 */
export async function tracedOperation(
  { tracing, logger }: { readonly tracing: Tracing; readonly logger: Logger },
  { operation, traceparent }: PreparedOperation,
  label: string,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const { ref, parent } = tracing.open(traceparent);
  const startMs = tracing.now();
  const result = await tracing.within(ref, () => {
    // Leads from a log to the trace, where there is nothing else to tell.
    logger.debug({ operation: label, kind: operation.operation }, 'runs an operation');
    return run();
  });
  const fault = result.errors?.[0];
  tracing.record({
    name: `graphql ${operation.operation} ${label}`,
    ref,
    parent,
    kind: 'SERVER',
    startMs,
    endMs: tracing.now(),
    attributes: { 'graphql.operation.type': operation.operation, 'graphql.operation.name': label },
    ...(fault !== undefined && { error: String(fault.extensions?.['code'] ?? 'UNKNOWN') }),
  });
  return result;
}
