/**
 * Every code that an answer of the API can carry, with its meaning in one line. Closed: docs/errors.md explains each
 * with its remedy, and a test holds the two together.
 */
export const ERROR_MEANINGS = {
  // What a caller asked for
  INVALID_ARGUMENT: 'An argument has a value that is not allowed.',
  INVALID_SYMBOL: 'The text cannot be a symbol: it is empty, too long, lower-case or holds other characters.',
  INVALID_RANGE: 'The range ends before it begins.',
  INVALID_PAGE: 'A page needs exactly one of first and last, between 1 and the limit.',
  BAD_CURSOR: 'The cursor is not one of this stream and filter.',
  INVALID_QUANTITY: 'The quantity is not a number above 0, is too large, or is not a whole number of lots.',
  INVALID_PRICE:
    'The price is not a number above 0, is too large, is off the tick, is missing or does not belong here.',
  INVALID_PROTECTION: 'The stop-loss or take-profit stands on the wrong side of the price.',
  INVALID_CLIENT_ORDER_ID: 'The client order id is empty, too long or holds other characters.',
  CLIENT_ORDER_ID_REUSED: 'The account has an order with this client order id and another input.',
  UNKNOWN_SYMBOL: 'No instrument of this symbol is known here or to the market data source.',
  UNKNOWN_ACCOUNT: 'There is no account with this id.',
  UNKNOWN_ORDER: 'There is no order with this id.',
  UNSUPPORTED_TIMEFRAME: 'The timeframe is not one that is offered for this symbol here.',
  NO_MORE_BARS: 'The series has ended: no further bar of the symbol will come.',
  ORDER_NOT_OPEN: 'The order has ended: it cannot be changed or canceled.',
  ORDER_NOT_REPLACEABLE: 'The order is none by hand with a limit or stop price that was not reached yet.',
  NOT_TRACKED: 'The symbol is not tracked.',
  // What our risk engine denied: those from ACCOUNT_HALTED on refuse only what adds exposure
  QUANTITY_OUT_OF_RANGE: 'The quantity is less than one lot, or more than can be counted exactly.',
  NO_MARKET_DATA: 'The symbol has no bars to fill the order with, or no further ones will come.',
  CURRENCY_MISMATCH: "The instrument is quoted in another currency than the account's.",
  INSUFFICIENT_POSITION: 'The order sells more than is held and not already being sold; shorting is off.',
  TOO_MANY_OPEN_ORDERS: 'The account has as many open orders as it may have.',
  PROTECTION_NOT_APPLICABLE: 'A stop-loss or take-profit belongs to an order that buys.',
  PROTECTION_ON_WRONG_SIDE: 'The stop-loss is not below the price, or the take-profit not above it.',
  ACCOUNT_HALTED: 'The account takes no entries.',
  ACCOUNT_REDUCING: 'The account accepts only orders that lower its exposure.',
  ENTRY_ALREADY_PLACED: 'The account has an entry for this signal already.',
  SIGNAL_EXPIRED: 'The signal is older than it may be.',
  STALE_DATA: 'The last bar of the symbol is too old to trade on.',
  NO_TRADED_VOLUME: 'Nothing of the symbol was traded in its last bars: an entry would never fill.',
  PRICE_OUT_OF_COLLAR: 'The price of a buy is too far above the market.',
  BELOW_MIN_NOTIONAL: 'The order is worth less than an order must be.',
  INSUFFICIENT_FUNDS: 'The order may cost more than the cash that is not reserved.',
  MAX_ORDER_NOTIONAL: 'The order is worth more than one order may be.',
  MAX_POSITION: 'The position would exceed its share of the equity.',
  DAILY_LOSS: 'The account has lost as much today as it may.',
  // What is not there yet
  NO_MODEL: 'No model of this kind is ready for the symbol.',
  TOO_FEW_BARS: 'There are fewer bars than the model or the strategy needs.',
  // Deployments
  UNKNOWN_DEPLOYMENT: 'There is no deployment with this id.',
  DEPLOYMENT_ENDED: 'The deployment has ended.',
  ACCOUNT_NOT_FREE: 'The account trades the signals of another source already.',
  STRATEGY_NOT_DEPLOYABLE:
    'The strategy prepares itself on all bars of a backtest and cannot follow bars as they come in.',
  // Backtests: what was asked for
  UNKNOWN_BACKTEST: 'There is no backtest with this id.',
  UNKNOWN_STRATEGY: 'There is no strategy of this name.',
  UNKNOWN_PARAMETER: 'The strategy has no parameter of this name.',
  PARAMETER_OUT_OF_RANGE: 'The value of a parameter is outside its range, or of another kind.',
  PARAMETERS_DO_NOT_FIT: 'Each parameter is within its range, but together they make no sense.',
  CASH_NOT_POSITIVE: 'The starting cash is not a number above 0.',
  NO_BARS_IN_RANGE: 'No bars of the symbol are stored in the range.',
  TOO_MANY_BARS: 'The range holds more bars than one backtest may read.',
  OPTION_NOT_OFFERED: 'The profile does not offer this option.',
  INVALID_CLIENT_REQUEST_ID: 'The client request id is empty, too long or holds other characters.',
  CLIENT_REQUEST_ID_REUSED: 'There is a backtest with this client request id and another input.',
  BACKTEST_ENDED: 'The backtest has ended.',
  BACKTEST_NOT_ENDED: 'The backtest has not ended yet.',
  // Searches for parameters, walk-forwards and Monte Carlo
  UNKNOWN_SEARCH: 'There is no search with this id.',
  SEARCH_ENDED: 'The search has ended.',
  SEARCH_NOT_ENDED: 'The search has not ended yet.',
  TOO_MANY_SETS: 'The search would try more parameter sets than one search may.',
  NO_RESULT: 'The backtest has no result to draw from: it is not done, or has too few returns or round trips.',
  TOO_MANY_DRAWS: 'So many paths of so many periods take longer than one request may.',
  MONTE_CARLO_BUSY: 'As many Monte Carlo requests wait already as may wait.',
  // Backtests: how one failed
  STRATEGY_NOT_LOADED: "The strategy's module could not be loaded.",
  STRATEGY_FAILED: 'The strategy threw an error.',
  STRATEGY_RETURNED_NAN: 'The strategy asked for a price or size that is not a number, or made the equity one.',
  STRATEGY_STUCK: 'The strategy made no progress for too long; its thread was ended.',
  BACKTEST_DEADLINE_EXCEEDED: 'The backtest took longer than its deadline; its thread was ended.',
  BACKTEST_OUT_OF_MEMORY: 'The backtest needed more memory than its thread may have.',
  BACKTEST_WORKER_DIED: 'The process or thread of the backtest died each time that it was tried.',
  // The market data source
  SOURCE_UNAVAILABLE: 'The market data source does not answer.',
  SOURCE_RATE_LIMITED: 'The market data source asks to wait.',
  SOURCE_MALFORMED: 'The market data source answered something that cannot be read.',
  JOB_QUEUE_UNAVAILABLE: 'The queue of background jobs does not answer.',
  // Subscriptions
  LAGGED: 'What follows the cursor is no longer kept.',
  // Limits and access
  TOKEN_LIMIT_EXCEEDED: 'The document has too many tokens.',
  DEPTH_LIMIT_EXCEEDED: 'The operation is nested too deeply.',
  ALIAS_LIMIT_EXCEEDED: 'The operation has too many aliases.',
  DIRECTIVE_LIMIT_EXCEEDED: 'The operation has too many directives.',
  COST_LIMIT_EXCEEDED: 'The operation costs more than one operation may.',
  RATE_LIMITED: "The client's budget of cost is used up for now.",
  SUBSCRIPTION_LIMIT_EXCEEDED: 'The client has as many subscriptions as it may have.',
  DEADLINE_EXCEEDED: 'The operation took longer than its deadline.',
  BODY_TOO_LARGE: 'The request body is too large.',
  FORBIDDEN_HOST: 'The request names a host that this server does not answer for.',
  UNAUTHENTICATED: 'The access key is missing or not valid.',
  FORBIDDEN: 'The access key does not hold the scope that this field needs.',
  // Protocol: the names that GraphQL servers commonly use
  BAD_REQUEST: 'The request is not one that GraphQL over HTTP or websocket allows.',
  INVALID_JSON: 'The request body is not JSON.',
  UNSUPPORTED_MEDIA_TYPE: 'The request body is of a media type that is not taken.',
  SUBSCRIPTION_NEEDS_WEBSOCKET: 'A subscription was sent over HTTP.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  BAD_USER_INPUT: 'A variable does not fit its type.',
  OPERATION_RESOLUTION_FAILURE: 'The document does not say which operation to run.',
  INTERNAL_SERVER_ERROR: 'A fault on our side; the log has it under the id of the answer.',
} as const;

export type ErrorCode = keyof typeof ERROR_MEANINGS;
export const ERROR_CODES = Object.keys(ERROR_MEANINGS) as readonly ErrorCode[];

/** An expected refusal as the services hand it to the API. */
export interface Refusal<C extends ErrorCode = ErrorCode> {
  readonly code: C;
  /** For people: names the field and the limit. */
  readonly message: string;
  /** The input concerned, outermost first: ['input', 'quantity']. */
  readonly path?: readonly string[] | undefined;
  /** What is allowed at most (or at least: the message says). Money and quantities as decimal text. */
  readonly limit?: string | number | null | undefined;
  /** What was asked for. */
  readonly value?: string | number | null | undefined;
  /** What would still be allowed. */
  readonly headroom?: string | number | null | undefined;
}
