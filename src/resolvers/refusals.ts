import type { Refusal } from '../domain/error-codes.js';
import type { OrderStatus } from '../domain/order.js';
import { ClientOrderIdReusedError, OrderNotOpenError } from '../schema/order-errors.js';
import { InvalidInputError, MarketDataSourceError, NotFoundError, RiskDeniedError } from '../schema/user-error.js';

type NotThere = InvalidInputError | NotFoundError;

function invalidOrNotFound(refusal: Refusal): NotThere {
  switch (refusal.code) {
    case 'UNKNOWN_SYMBOL':
    case 'UNKNOWN_ACCOUNT':
    case 'UNKNOWN_ORDER':
    case 'NOT_TRACKED':
      return new NotFoundError(refusal);
    default:
      return new InvalidInputError(refusal);
  }
}

/** Codes by which our risk engine denies: everything that createOrder can refuse and that is no fault of the input. */
const INPUT_CODES: ReadonlySet<string> = new Set([
  'INVALID_ARGUMENT',
  'INVALID_SYMBOL',
  'INVALID_QUANTITY',
  'INVALID_PRICE',
  'INVALID_PROTECTION',
  'INVALID_CLIENT_ORDER_ID',
  'UNKNOWN_SYMBOL',
  'UNKNOWN_ACCOUNT',
]);

export function createOrderError(refusal: Refusal): NotThere | RiskDeniedError | ClientOrderIdReusedError {
  if (refusal.code === 'CLIENT_ORDER_ID_REUSED') return new ClientOrderIdReusedError(refusal);
  return INPUT_CODES.has(refusal.code) ? invalidOrNotFound(refusal) : new RiskDeniedError(refusal);
}

/** @param status how the order stands, where there is one */
export function cancelOrderError(refusal: Refusal, status: OrderStatus | null): NotThere | OrderNotOpenError {
  if (refusal.code !== 'ORDER_NOT_OPEN' || status === null) return invalidOrNotFound(refusal);
  return Object.assign(new OrderNotOpenError(refusal), { status });
}

export function ingestionError(refusal: Refusal): NotThere | MarketDataSourceError {
  switch (refusal.code) {
    case 'SOURCE_UNAVAILABLE':
    case 'SOURCE_RATE_LIMITED':
    case 'SOURCE_MALFORMED':
      return new MarketDataSourceError(refusal);
    default:
      return invalidOrNotFound(refusal);
  }
}

export { invalidOrNotFound as untrackError };
