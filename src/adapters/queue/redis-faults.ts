import { SOCKET_FAULT_CODES } from '../socket-faults.js';

/** What ioredis and BullMQ say, without any code, of a connection that is away. */
const CLIENT_MESSAGES =
  /^(Connection is closed|Command timed out|Stream isn't writeable|Socket timeout|Socket closed unexpectedly|connect ETIMEDOUT|Client network socket disconnected)/;

/** What a Redis answers that is there and does no work now: starting, full, read-only, unable to save, failing over. */
const REPLIES_OF_TROUBLE = /^(LOADING|OOM|READONLY|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY)\b/;

/** What it answers to a user or password that is wrong, missing, or not allowed what a queue does. */
const REPLIES_OF_REFUSAL = /(WRONGPASS|NOAUTH|NOPERM|invalid password|without any password configured)/;

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** True when the connection failed, or there is none: it is made again by itself. */
export function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    error.name === 'MaxRetriesPerRequestError' ||
    (typeof code === 'string' && SOCKET_FAULT_CODES.has(code)) ||
    CLIENT_MESSAGES.test(error.message)
  );
}

/** True when the server does not do its work now and may do it later. */
export const isUnavailable = (error: unknown): boolean =>
  isConnectionFault(error) || (error instanceof Error && REPLIES_OF_TROUBLE.test(error.message));

/** True when asking again is of no use before user, password or rights have been put right. */
export const isRefusal = (error: unknown): boolean => error instanceof Error && REPLIES_OF_REFUSAL.test(error.message);
