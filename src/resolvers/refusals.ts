import type { Refusal } from '../domain/error-codes.js';
import type { OrderStatus } from '../domain/order.js';
import type { OrderView } from '../ports/read-model.js';
import { BacktestStatusError } from '../schema/backtest-payloads.js';
import { ClientOrderIdReusedError, OrderNotOpenError, OrderNotReplaceableError } from '../schema/order-errors.js';
import { SearchStatusError } from '../schema/search-payloads.js';
import { InvalidInputError, MarketDataSourceError, NotFoundError, RiskDeniedError } from '../schema/user-error.js';

type NotThere = InvalidInputError | NotFoundError;

function invalidOrNotFound(refusal: Refusal): NotThere {
  switch (refusal.code) {
    case 'UNKNOWN_SYMBOL':
    case 'UNKNOWN_ACCOUNT':
    case 'UNKNOWN_ORDER':
    case 'NOT_TRACKED':
    case 'UNKNOWN_STRATEGY':
    case 'UNKNOWN_BACKTEST':
    case 'UNKNOWN_DEPLOYMENT':
    case 'UNKNOWN_SEARCH':
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
  'UNKNOWN_ORDER',
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

/** @param order the order to replace, where there is one */
export function replaceOrderError(
  refusal: Refusal,
  order: Pick<OrderView, 'status' | 'cause' | 'orderType'> | null,
): ReturnType<typeof createOrderError> | OrderNotOpenError | OrderNotReplaceableError {
  if (order !== null && refusal.code === 'ORDER_NOT_OPEN') {
    return Object.assign(new OrderNotOpenError(refusal), { status: order.status });
  }
  if (order !== null && refusal.code === 'ORDER_NOT_REPLACEABLE') {
    const { cause, orderType } = order;
    return Object.assign(new OrderNotReplaceableError(refusal), { cause, orderType });
  }
  return createOrderError(refusal);
}

export const accountError = (refusal: Refusal): NotFoundError | RiskDeniedError =>
  refusal.code === 'UNKNOWN_ACCOUNT' ? new NotFoundError(refusal) : new RiskDeniedError(refusal);

export function ingestionError(refusal: Refusal): NotThere | MarketDataSourceError {
  switch (refusal.code) {
    case 'SOURCE_UNAVAILABLE':
    case 'SOURCE_RATE_LIMITED':
    case 'SOURCE_MALFORMED':
    case 'JOB_QUEUE_UNAVAILABLE':
      return new MarketDataSourceError(refusal);
    default:
      return invalidOrNotFound(refusal);
  }
}

export function endBacktestError(refusal: Refusal): NotFoundError | BacktestStatusError {
  return refusal.code === 'UNKNOWN_BACKTEST' ? new NotFoundError(refusal) : new BacktestStatusError(refusal);
}

export function endSearchError(refusal: Refusal): NotFoundError | SearchStatusError {
  return refusal.code === 'UNKNOWN_SEARCH' ? new NotFoundError(refusal) : new SearchStatusError(refusal);
}

export {
  invalidOrNotFound as deployStrategyError,
  invalidOrNotFound as runBacktestError,
  invalidOrNotFound as runSearchError,
  invalidOrNotFound as untrackError,
};
