/** Their messages are written for the person at the terminal. */
const EXPLAINED_NAMES = new Set([
  'ExplainedError',
  'BackupError',
  'EmbeddedPostgresError',
  'DataDirectoryInUseError',
  'PortTakenError',
  'NonLoopbackHostError',
  'DatabaseUnavailableError',
  'SchemaTooNewError',
]);

/** The last two are PostgreSQL's, for a wrong password and for a database that is not there. */
const SURROUNDINGS_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EACCES',
  '28P01',
  '3D000',
]);

/** True for errors that are faults of the surroundings, not bugs: their message says enough. */
export function isExplained(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (EXPLAINED_NAMES.has(error.name)) return true;
  return 'code' in error && typeof error.code === 'string' && SURROUNDINGS_CODES.has(error.code);
}

/** What to tell of an explained error: of several addresses that were tried in vain, what became of each. */
export function explanationOf(error: Error): string {
  if (!(error instanceof AggregateError)) return error.message;
  return error.errors.map((each: unknown) => (each instanceof Error ? each.message : String(each))).join('; ');
}
