import { ExplainedError } from '../roles/explained-error.js';

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
