export const SIMULATION_ERRORS = [
  'INVALID_OPTIONS',
  'NO_BARS',
  'FEWER_BARS_THAN_WARM_UP',
  /** The strategy threw, or asked for a price or size that is none. */
  'STRATEGY_FAILED',
] as const;
export type SimulationErrorCode = (typeof SIMULATION_ERRORS)[number];

/** Why a simulation cannot run, or cannot go on. The message names what is wrong, for the user who can mend it. */
export class SimulationError extends Error {
  readonly code: SimulationErrorCode;

  constructor(code: SimulationErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SimulationError';
    this.code = code;
  }
}

/** Of what a strategy throws: a message is stored and shown, whatever was put into it. */
const MESSAGE_CHARACTERS = 2_000;

/** A strategy's own error, with its name and, once it runs, the open time of the bar. `time` NaN: at its creation. */
export function strategyFailed(strategyName: string, time: number, cause: unknown): SimulationError {
  const where = Number.isNaN(time) ? 'at its creation' : `at the bar of ${new Date(time).toISOString()}`;
  const what = messageOf(cause).slice(0, MESSAGE_CHARACTERS);
  return new SimulationError('STRATEGY_FAILED', `strategy ${strategyName} failed ${where}: ${what}`, cause);
}

function messageOf(cause: unknown): string {
  try {
    return cause instanceof Error ? String(cause.message) : String(cause);
  } catch {
    return 'an error without a text';
  }
}
