/** An error whose message is written for the person at the terminal: what happened, and what to do. */
export class ExplainedError extends Error {
  override readonly name = 'ExplainedError';
}

const SYSTEM_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** True for errors that are faults of the surroundings, not bugs: their message says enough. */
export function isExplained(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (
    error instanceof ExplainedError ||
    error.name === 'EmbeddedPostgresError' ||
    error.name === 'DataDirectoryInUseError'
  )
    return true;
  return 'code' in error && typeof error.code === 'string' && SYSTEM_CODES.has(error.code);
}
