import { Script } from 'node:vm';

/** Work that did not come to an end in time. Its code says whose fault that is. */
export class StrategyStuckError extends Error {
  override readonly name = 'StrategyStuckError';
  readonly code = 'STRATEGY_STUCK';
}

const SLOT = Symbol.for('tradegraph.bounded-call');
const CALL = new Script('globalThis[Symbol.for("tradegraph.bounded-call")]()');

/** The work at hand runs within a bounded call. */
let isBounded = false;

/**
 * Runs synchronous work of a user's in this thread, and ends it when it takes too long: Node can interrupt what runs
 * inside a script, whatever functions that calls. It costs a watchdog thread a call, some 0.1 ms;
 * a call within another one costs nothing, as the outer one bounds it.
 * @throws StrategyStuckError, and what the work throws
 */
export const boundedCall =
  (limitMs: number) =>
  <T>(work: () => T): T => {
    if (isBounded) return work();
    let result: { readonly value: T } | null = null;
    const slots = globalThis as Record<symbol, unknown>;
    slots[SLOT] = () => {
      result = { value: work() };
    };
    try {
      isBounded = true;
      CALL.runInThisContext({ timeout: limitMs });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      throw new StrategyStuckError(`the strategy did not answer within ${limitMs} ms and was ended`);
    } finally {
      isBounded = false;
      slots[SLOT] = undefined;
    }
    return (result as unknown as { readonly value: T }).value;
  };

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
