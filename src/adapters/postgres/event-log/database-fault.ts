import { SOCKET_FAULT_CODES } from '../../socket-faults.js';

/** Raised by `advance_consumer`: another consumer owns the partition now. */
const FENCED = 'TG001';

/**
 * SQLSTATE classes that speak of the database's state and not of the work: connection exception, insufficient
 * resources, operator intervention (shutdown, canceled statement), system error, internal error.
 */
const FAULT_CLASSES = ['08', '53', '57', '58', 'XX'];

/** Transient conflicts: serialization failure, deadlock, lock not available, idle in transaction for too long. */
const FAULT_CODES = new Set(['40001', '40P01', '55P03', '25P03', '25006']);

/** What pg says, without any code, of connections that it has lost or could not get. */
const CLIENT_MESSAGES =
  /^(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout|Cannot use a pool after calling end)/;

const SQLSTATE = /^[0-9A-Z]{5}$/;
const CAUSES_FOLLOWED_MAX = 5;

function* withCauses(error: unknown): Generator<Error & { code?: unknown }> {
  let current = error;
  for (let depth = 0; depth < CAUSES_FOLLOWED_MAX && current instanceof Error; depth += 1) {
    yield current;
    current = current.cause;
  }
}

/** The server's own answer, or null when the error came from somewhere else. */
export function sqlState(error: unknown): string | null {
  for (const { code } of withCauses(error)) if (typeof code === 'string' && SQLSTATE.test(code)) return code;
  return null;
}

/** True when a consumer's commit was refused because the partition has another owner, epoch or offset. */
export const isFenced = (error: unknown): boolean => sqlState(error) === FENCED;

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

/** The COMMIT was sent and no answer came: the transaction may be in the database or not. */
export class CommitOutcomeUnknownError extends Error {
  override readonly name = 'CommitOutcomeUnknownError';
  readonly retriable = true;
  constructor(cause: unknown) {
    super('the answer to COMMIT was lost: the transaction may have been committed or not', { cause });
  }
}

/** True for faults of the database or of the way to it: the work may well succeed when it is done again later. */
export function isDatabaseFault(error: unknown): boolean {
  for (const each of withCauses(error)) {
    if (each instanceof CommitOutcomeUnknownError) return true;
    if (typeof each.code === 'string') {
      // Services wrap the faults of other systems in typed errors, so a bare one is the database's.
      if (SOCKET_FAULT_CODES.has(each.code) || FAULT_CODES.has(each.code)) return true;
      if (SQLSTATE.test(each.code) && FAULT_CLASSES.includes(each.code.slice(0, 2))) return true;
    }
    if (CLIENT_MESSAGES.test(each.message)) return true;
  }
  return false;
}

/** True when the server itself has said that the statement failed, and so that nothing of it was committed. */
export function isDefiniteRefusal(error: unknown): boolean {
  const code = sqlState(error);
  return code !== null && !FAULT_CLASSES.includes(code.slice(0, 2));
}
