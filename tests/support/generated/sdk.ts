/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentNode } from 'graphql';
/** What an account made of an action. */
export type AccountActionOutcome =
  /** Positions, open orders and cash are as after it. */
  | 'BOOKED'
  /** It was known too late, nothing was booked. After a split the account may only reduce until somebody has looked. */
  | 'LATE';

/** What an account may do. */
export type AccountStatus =
  /** Trades. */
  | 'ACTIVE'
  /** Takes no entries, and has had its entries canceled. */
  | 'HALTED'
  /** Accepts only what lowers exposure. */
  | 'REDUCING';

/** What prices of a series are adjusted for. */
export type Adjustment =
  /** As traded. */
  | 'RAW'
  /** Earlier prices are divided by later splits. */
  | 'SPLIT';

/** How far below the threshold an anomaly lies. */
export type AnomalySeverity =
  /** Far below it. */
  | 'HIGH'
  /** Just below it. */
  | 'LOW'
  /** Clearly below it. */
  | 'MEDIUM';

/** What is unusual about a bar. */
export type AnomalyType =
  /** The price fell unusually. */
  | 'PRICE_DROP'
  /** The price rose unusually. */
  | 'PRICE_SPIKE'
  /** The range from low to high is unusually wide. */
  | 'RANGE_EXPANSION'
  /** No single feature stands out; together they are unusual. */
  | 'UNUSUAL_PATTERN'
  /** The volume is unusually high. */
  | 'VOLUME_SPIKE';

/** Kind of an instrument. */
export type AssetClass =
  /** A crypto currency pair; trades at all hours. */
  | 'CRYPTO'
  /** A share; trades in its exchange's sessions. */
  | 'EQUITY'
  /** A currency pair. */
  | 'FX'
  /** An index; cannot be traded itself. */
  | 'INDEX';

/** What each execution costs: a rate, a rate with a fixed amount, or an amount a unit. */
export type BacktestCommissionInput = {
  /** Amount for each execution, in the quote currency, beside the rate. Profile BACKTESTING_PY only. */
  fixed?: number | null | undefined;
  /** Least amount for one execution, in the quote currency; beside perUnit. */
  minimum?: number | null | undefined;
  /** Amount for each unit, in the quote currency, in place of a rate. Profile BACKTESTING_PY only. */
  perUnit?: number | null | undefined;
  /** Fraction of the value of each execution: 0.002 is 0.2 %. */
  rate?: number | null | undefined;
};

/** Whose fills and statistics a backtest follows. */
export type BacktestProfile =
  /** The broker and the statistics of the program backtesting.py, for comparison with it. */
  | 'BACKTESTING_PY'
  /** The fills, costs, risk limits and booking of paper trading here. */
  | 'NATIVE';

/** How far fills lie on the worse side of their reference price: one of the two. */
export type BacktestSlippageInput = {
  /** Worse than the reference price by so many hundredths of a percent. */
  basisPoints?: number | null | undefined;
  /** Worse by the square of our share of the bar's volume times this fraction of the price. Profile BACKTESTING_PY only. */
  volumeImpact?: number | null | undefined;
};

/** Where a backtest stands. */
export type BacktestStatus =
  /** Was called off. Final. */
  | 'CANCELED'
  /** Has its result. Final. */
  | 'DONE'
  /** Could not be run to its end: `error` says why. Final. */
  | 'FAILED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Under way. */
  | 'RUNNING';

/** Who executes the orders of an account. */
export type Broker =
  /** Alpaca, with real money. */
  | 'ALPACA_LIVE'
  /** Alpaca's paper trading. */
  | 'ALPACA_PAPER'
  /** Simulated here: no money moves. */
  | 'PAPER';

/** How much a caution holds against a result. */
export type CautionSeverity =
  /** The result says nothing. */
  | 'CRITICAL'
  /** The result is to be read with this in mind. */
  | 'INFO'
  /** The result may well be luck or an artefact. */
  | 'WARNING';

/** What an issuer did to its shares. */
export type CorporateActionKind =
  /** Cash for each share. */
  | 'DIVIDEND'
  /** New shares for old ones. */
  | 'SPLIT';

/** An order to be placed. */
export type CreateOrderInput = {
  /** Account to trade in; the default account when left out. */
  accountId?: string | number | null | undefined;
  /** Idempotency key, unique in the account: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first order. */
  clientOrderId: string;
  /** Limit price, in the quote currency, on the tick; for LIMIT only. */
  limitPrice?: string | null | undefined;
  /** When it fills. */
  orderType?: OrderType;
  /** Quantity, in units of the instrument: above 0, a whole number of the instrument's lots. */
  quantity: string;
  /** Direction. */
  side: OrderSide;
  /** Price at which to give up the position that it opens, in the quote currency; anchored again at the fill price. */
  stopLoss?: string | null | undefined;
  /** Stop price, in the quote currency, on the tick; for STOP only. */
  stopPrice?: string | null | undefined;
  /** Symbol to trade. */
  symbol: string;
  /** Price at which to take the profit of the position that it opens, in the quote currency; anchored again at the fill price. */
  takeProfit?: string | null | undefined;
  /** How long it stands. */
  timeInForce?: TimeInForce;
};

/** Why a bar was refused as it came from its source. */
export type DataQualityCode =
  /** The close is not within low and high. */
  | 'CLOSE_OUT_OF_RANGE'
  /** The high is below the low. */
  | 'HIGH_BELOW_LOW'
  /** The bar opens after now, by the market clock. */
  | 'IN_THE_FUTURE'
  /** The row could not be read as a bar. */
  | 'MALFORMED'
  /** The volume is below 0. */
  | 'NEGATIVE_VOLUME'
  /** A field is not a finite number. */
  | 'NOT_FINITE'
  /** The open is not within low and high. */
  | 'OPEN_OUT_OF_RANGE'
  /** A price is not above 0. */
  | 'PRICE_NOT_POSITIVE'
  /** The bar closes after now, by the market clock. */
  | 'STILL_FORMING'
  /** The open time is not a multiple of the timeframe. */
  | 'TIMESTAMP_OFF_GRID';

/** Where bars come from. The data of two sources is never mixed. */
export type DataSource =
  /** Alpaca. */
  | 'alpaca'
  /** Files of the user. */
  | 'csv'
  /** Real bars recorded earlier, played again: never live. */
  | 'replay'
  /** Yahoo Finance. */
  | 'yahoo';

/** A strategy that is to trade. */
export type DeployStrategyInput = {
  /** An account that trades no signals yet; a paper account of its own is opened when left out. */
  accountId?: string | number | null | undefined;
  /** Its parameters; defaults are taken for those left out. */
  params?: Record<string, number | boolean | string> | null | undefined;
  /** Name of the strategy; `strategies` lists them. */
  strategy: string;
  /** Tracked symbols, 1 to 50, all tracked in one timeframe. */
  symbols: Array<string>;
};

/** How a deployment stands. */
export type DeploymentStatus =
  /** Its strategy threw or never came to an end; `failure` says why. */
  | 'FAILED'
  /** It decides on each bar that comes in. */
  | 'RUNNING'
  /** It was undeployed. */
  | 'STOPPED';

/** Why something was refused. docs/errors.md has the remedies. */
export type ErrorCode =
  /** The account takes no entries. */
  | 'ACCOUNT_HALTED'
  /** The account trades the signals of another source already. */
  | 'ACCOUNT_NOT_FREE'
  /** The account accepts only orders that lower its exposure. */
  | 'ACCOUNT_REDUCING'
  /** The operation has too many aliases. */
  | 'ALIAS_LIMIT_EXCEEDED'
  /** The backtest took longer than its deadline; its thread was ended. */
  | 'BACKTEST_DEADLINE_EXCEEDED'
  /** The backtest has ended. */
  | 'BACKTEST_ENDED'
  /** The backtest has not ended yet. */
  | 'BACKTEST_NOT_ENDED'
  /** The backtest needed more memory than its thread may have. */
  | 'BACKTEST_OUT_OF_MEMORY'
  /** The process or thread of the backtest died each time that it was tried. */
  | 'BACKTEST_WORKER_DIED'
  /** The cursor is not one of this stream and filter. */
  | 'BAD_CURSOR'
  /** The request is not one that GraphQL over HTTP or websocket allows. */
  | 'BAD_REQUEST'
  /** A variable does not fit its type. */
  | 'BAD_USER_INPUT'
  /** The order is worth less than an order must be. */
  | 'BELOW_MIN_NOTIONAL'
  /** The request body is too large. */
  | 'BODY_TOO_LARGE'
  /** The starting cash is not a number above 0. */
  | 'CASH_NOT_POSITIVE'
  /** The account has an order with this client order id and another input. */
  | 'CLIENT_ORDER_ID_REUSED'
  /** There is a backtest with this client request id and another input. */
  | 'CLIENT_REQUEST_ID_REUSED'
  /** The operation costs more than one operation may. */
  | 'COST_LIMIT_EXCEEDED'
  /** The instrument is quoted in another currency than the account's. */
  | 'CURRENCY_MISMATCH'
  /** The account has lost as much today as it may. */
  | 'DAILY_LOSS'
  /** The operation took longer than its deadline. */
  | 'DEADLINE_EXCEEDED'
  /** The deployment has ended. */
  | 'DEPLOYMENT_ENDED'
  /** The operation is nested too deeply. */
  | 'DEPTH_LIMIT_EXCEEDED'
  /** The operation has too many directives. */
  | 'DIRECTIVE_LIMIT_EXCEEDED'
  /** The account has an entry for this signal already. */
  | 'ENTRY_ALREADY_PLACED'
  /** The access key does not hold the scope that this field needs. */
  | 'FORBIDDEN'
  /** The request names a host that this server does not answer for. */
  | 'FORBIDDEN_HOST'
  /** The document is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** The order may cost more than the cash that is not reserved. */
  | 'INSUFFICIENT_FUNDS'
  /** The order sells more than is held and not already being sold; shorting is off. */
  | 'INSUFFICIENT_POSITION'
  /** A fault on our side; the log has it under the id of the answer. */
  | 'INTERNAL_SERVER_ERROR'
  /** An argument has a value that is not allowed. */
  | 'INVALID_ARGUMENT'
  /** The client order id is empty, too long or holds other characters. */
  | 'INVALID_CLIENT_ORDER_ID'
  /** The client request id is empty, too long or holds other characters. */
  | 'INVALID_CLIENT_REQUEST_ID'
  /** The request body is not JSON. */
  | 'INVALID_JSON'
  /** A page needs exactly one of first and last, between 1 and the limit. */
  | 'INVALID_PAGE'
  /** The price is not a number above 0, is too large, is off the tick, is missing or does not belong here. */
  | 'INVALID_PRICE'
  /** The stop-loss or take-profit stands on the wrong side of the price. */
  | 'INVALID_PROTECTION'
  /** The quantity is not a number above 0, is too large, or is not a whole number of lots. */
  | 'INVALID_QUANTITY'
  /** The range ends before it begins. */
  | 'INVALID_RANGE'
  /** The text cannot be a symbol: it is empty, too long, lower-case or holds other characters. */
  | 'INVALID_SYMBOL'
  /** The queue of background jobs does not answer. */
  | 'JOB_QUEUE_UNAVAILABLE'
  /** What follows the cursor is no longer kept. */
  | 'LAGGED'
  /** The order is worth more than one order may be. */
  | 'MAX_ORDER_NOTIONAL'
  /** The position would exceed its share of the equity. */
  | 'MAX_POSITION'
  /** As many Monte Carlo requests wait already as may wait. */
  | 'MONTE_CARLO_BUSY'
  /** The symbol is not tracked. */
  | 'NOT_TRACKED'
  /** No bars of the symbol are stored in the range. */
  | 'NO_BARS_IN_RANGE'
  /** The symbol has no bars to fill the order with, or no further ones will come. */
  | 'NO_MARKET_DATA'
  /** No model of this kind is ready for the symbol. */
  | 'NO_MODEL'
  /** The series has ended: no further bar of the symbol will come. */
  | 'NO_MORE_BARS'
  /** The backtest has no result to draw from: it is not done, or has too few returns or round trips. */
  | 'NO_RESULT'
  /** Nothing of the symbol was traded in its last bars: an entry would never fill. */
  | 'NO_TRADED_VOLUME'
  /** The document does not say which operation to run. */
  | 'OPERATION_RESOLUTION_FAILURE'
  /** The profile does not offer this option. */
  | 'OPTION_NOT_OFFERED'
  /** The order has ended: it cannot be changed or canceled. */
  | 'ORDER_NOT_OPEN'
  /** The order is none by hand with a limit or stop price that was not reached yet. */
  | 'ORDER_NOT_REPLACEABLE'
  /** Each parameter is within its range, but together they make no sense. */
  | 'PARAMETERS_DO_NOT_FIT'
  /** The value of a parameter is outside its range, or of another kind. */
  | 'PARAMETER_OUT_OF_RANGE'
  /** The price of a buy is too far above the market. */
  | 'PRICE_OUT_OF_COLLAR'
  /** A stop-loss or take-profit belongs to an order that buys. */
  | 'PROTECTION_NOT_APPLICABLE'
  /** The stop-loss is not below the price, or the take-profit not above it. */
  | 'PROTECTION_ON_WRONG_SIDE'
  /** The quantity is less than one lot, or more than can be counted exactly. */
  | 'QUANTITY_OUT_OF_RANGE'
  /** The client's budget of cost is used up for now. */
  | 'RATE_LIMITED'
  /** The search has ended. */
  | 'SEARCH_ENDED'
  /** The search has not ended yet. */
  | 'SEARCH_NOT_ENDED'
  /** The signal is older than it may be. */
  | 'SIGNAL_EXPIRED'
  /** The market data source answered something that cannot be read. */
  | 'SOURCE_MALFORMED'
  /** The market data source asks to wait. */
  | 'SOURCE_RATE_LIMITED'
  /** The market data source does not answer. */
  | 'SOURCE_UNAVAILABLE'
  /** The last bar of the symbol is too old to trade on. */
  | 'STALE_DATA'
  /** The strategy threw an error. */
  | 'STRATEGY_FAILED'
  /** The strategy prepares itself on all bars of a backtest and cannot follow bars as they come in. */
  | 'STRATEGY_NOT_DEPLOYABLE'
  /** The strategy's module could not be loaded. */
  | 'STRATEGY_NOT_LOADED'
  /** The strategy asked for a price or size that is not a number, or made the equity one. */
  | 'STRATEGY_RETURNED_NAN'
  /** The strategy made no progress for too long; its thread was ended. */
  | 'STRATEGY_STUCK'
  /** The client has as many subscriptions as it may have. */
  | 'SUBSCRIPTION_LIMIT_EXCEEDED'
  /** A subscription was sent over HTTP. */
  | 'SUBSCRIPTION_NEEDS_WEBSOCKET'
  /** The document has too many tokens. */
  | 'TOKEN_LIMIT_EXCEEDED'
  /** There are fewer bars than the model or the strategy needs. */
  | 'TOO_FEW_BARS'
  /** The range holds more bars than one backtest may read. */
  | 'TOO_MANY_BARS'
  /** So many paths of so many periods take longer than one request may. */
  | 'TOO_MANY_DRAWS'
  /** The account has as many open orders as it may have. */
  | 'TOO_MANY_OPEN_ORDERS'
  /** The search would try more parameter sets than one search may. */
  | 'TOO_MANY_SETS'
  /** The access key is missing or not valid. */
  | 'UNAUTHENTICATED'
  /** There is no account with this id. */
  | 'UNKNOWN_ACCOUNT'
  /** There is no backtest with this id. */
  | 'UNKNOWN_BACKTEST'
  /** There is no deployment with this id. */
  | 'UNKNOWN_DEPLOYMENT'
  /** There is no order with this id. */
  | 'UNKNOWN_ORDER'
  /** The strategy has no parameter of this name. */
  | 'UNKNOWN_PARAMETER'
  /** There is no search with this id. */
  | 'UNKNOWN_SEARCH'
  /** There is no strategy of this name. */
  | 'UNKNOWN_STRATEGY'
  /** No instrument of this symbol is known here or to the market data source. */
  | 'UNKNOWN_SYMBOL'
  /** The request body is of a media type that is not taken. */
  | 'UNSUPPORTED_MEDIA_TYPE'
  /** The timeframe is not one that is offered for this symbol here. */
  | 'UNSUPPORTED_TIMEFRAME';

/** How the sets that share a cell, differing in the other parameters, become one figure. */
export type HeatMapFigure =
  /** The best score: of many sets it is higher than of few by luck alone. */
  | 'BEST'
  /** The mean score: the more honest picture. */
  | 'MEAN';

/** What computes a model. Results differ in the last digits between backends. */
export type ModelBackend =
  /** Plain JavaScript. */
  | 'NONE'
  /** TensorFlow.js on native libraries. */
  | 'TFJS_NODE'
  /** TensorFlow.js on WebAssembly. */
  | 'TFJS_WASM';

/** Kind of a model. */
export type ModelKind =
  /** Finds unusual bars. */
  | 'ISOLATION_FOREST'
  /** Predicts the next close from the last 30 bars. */
  | 'LSTM';

/** Where a model stands. */
export type ModelStatus =
  /** Training failed. */
  | 'FAILED'
  /** Trained; the newest one of its kind and symbol is in use. */
  | 'READY'
  /** No longer used. */
  | 'RETIRED'
  /** Being trained. */
  | 'TRAINING';

/** How other histories are drawn from the one there is. */
export type MonteCarloMethod =
  /** Blocks of daily returns of one length, with replacement. */
  | 'CIRCULAR'
  /** As many round trips, drawn with replacement. */
  | 'RESAMPLE'
  /** The same round trips in another order. */
  | 'SHUFFLE'
  /** Blocks of daily returns of random length around a mean, with replacement. */
  | 'STATIONARY';

/** A search for the best parameters: a backtest for each set, at most 100,000. `params` holds what does not vary. */
export type OptimizeStrategyInput = {
  /** A strategy's `sell` opens a short, where it only closes on paper; false when left out. Profile NATIVE only: BACKTESTING_PY always does. */
  allowShort?: boolean | null | undefined;
  /** What is borrowed (shares sold short, cash below 0) costs this fraction of its value a year, charged daily, 0 to 1; nothing when left out. Profile NATIVE only. */
  borrowRate?: number | null | undefined;
  /** Idempotency key: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first backtest. */
  clientRequestId?: string | null | undefined;
  /** What each execution costs; the profile's default when left out: what paper trading costs (native), nothing (backtesting.py). */
  commission?: BacktestCommissionInput | null | undefined;
  /** Different sets to draw, 1 to 100,000; RANDOM only, and needed there. */
  count?: number | null | undefined;
  /** Longest time it may run, in seconds, 1 to 86,400. */
  deadlineSeconds?: number;
  /** Size of an entry whose strategy names none, in percent of equity, above 0, maxPositionPct at most; 10 when left out, as in paper trading. Profile NATIVE only. */
  defaultSizePct?: number | null | undefined;
  /** Only bars that open before; to the last stored when left out. */
  endDate?: string | null | undefined;
  /** A new order closes what is open of its symbol first. */
  exclusiveOrders?: boolean | null | undefined;
  /** What is open is closed on the last bar; else it stays open and is no round trip. False when left out. */
  finalizeTrades?: boolean | null | undefined;
  /** Starting cash, in the quote currency, above 0. */
  initialCapital?: number;
  /** Smallest tradable quantity in units, 0 for any fraction (a hundred-millionth in profile NATIVE); when left out, 1 in profile BACKTESTING_PY and the instrument's own in NATIVE. */
  lotSize?: number | null | undefined;
  /** At a close with less equity than this share of the value of all positions they are closed at the market, from 0 to margin; half of margin when left out. Profile NATIVE only. */
  maintenanceMargin?: number | null | undefined;
  /** Share of a position's value that the equity must cover when it is opened, above 0 (from 0.01 in profile NATIVE), 1 at most: 0.5 is leverage 2. Sizes in percent are then shares of equity / margin. */
  margin?: number | null | undefined;
  /** Most that one symbol may take, in percent of equity, above 0, 100 at most; 20 when left out, as in paper trading. An order then has no other bound. Profile NATIVE only. */
  maxPositionPct?: number | null | undefined;
  /** Which sets are tried. */
  method?: SearchMethod;
  /** A label for people, at most 200 characters. */
  name?: string | null | undefined;
  /** What the best set is best at. */
  objective?: SearchObjective;
  /** Its parameters; defaults are taken for those left out. */
  params?: Record<string, number | boolean | string> | null | undefined;
  /** Whose fills and statistics it follows. */
  profile?: BacktestProfile;
  /** What varies, one a parameter. */
  ranges: Array<ParameterRangeInput>;
  /** Seed of everything random in it, 0 or above. */
  seed?: number;
  /** How much worse fills are; the profile's default when left out. */
  slippage?: BacktestSlippageInput | null | undefined;
  /** Whole spread, a fraction of the price from 0 to 0.5; the profile's default when left out. */
  spread?: number | null | undefined;
  /** Only bars that open then or later; from the first stored when left out. */
  startDate?: string | null | undefined;
  /** Name of the strategy; `strategies` lists them. */
  strategy: string;
  /** Symbols to trade on one account, 1 to 50, all quoted in one currency. */
  symbols: Array<string>;
  /** Length of the bars; one that is not stored is aggregated. */
  timeframe: Timeframe;
  /** Market orders fill at the close that they were decided at, not at the next open. Paper accounts never do. */
  tradeOnClose?: boolean | null | undefined;
  /** Share of a bar's volume that may be filled, above 0, 1 at most; the profile's default when left out. */
  volumeShare?: number | null | undefined;
};

/** Why an order exists. */
export type OrderCause =
  /** A signal opened a position. */
  | 'ENTRY'
  /** A signal closed the position. */
  | 'EXIT_SIGNAL'
  /** The account was flattened. */
  | 'FLATTEN'
  /** A person asked for it. */
  | 'MANUAL'
  /** The stop of the position was reached. */
  | 'STOP_LOSS'
  /** The target of the position was reached. */
  | 'TAKE_PROFIT';

/** Why an order ended without being wholly filled. */
export type OrderEndReason =
  /** The account was halted. */
  | 'ACCOUNT_HALTED'
  /** A person canceled it. */
  | 'CANCELED_BY_USER'
  /** The next bar did not fill it. */
  | 'IMMEDIATE_OR_CANCEL'
  /** The open was above what was reserved for it. */
  | 'INSUFFICIENT_RESERVE'
  /** No further bars of the symbol come. */
  | 'NO_MORE_BARS'
  /** The position it protects was closed. */
  | 'POSITION_CLOSED'
  /** A person put another order in its place. */
  | 'REPLACED'
  /** The session ended. */
  | 'SESSION_OVER'
  /** A later signal made it void. */
  | 'SUPERSEDED_BY_SIGNAL';

/** What happened to an order. */
export type OrderEventType =
  /** The broker has it. */
  | 'ACCEPTED'
  /** It was stored. */
  | 'CREATED'
  /** It ended without being wholly filled. */
  | 'ENDED'
  /** It was filled, wholly or in part. */
  | 'FILLED'
  /** It changed otherwise. */
  | 'UPDATED';

/** Direction of an order. */
export type OrderSide =
  /** Adds to the position. */
  | 'BUY'
  /** Takes from the position. */
  | 'SELL';

/** Where an order stands. */
export type OrderStatus =
  /** With the broker. */
  | 'ACCEPTED'
  /** Ended before it was wholly filled. Final. */
  | 'CANCELED'
  /** Its time was over. Final. */
  | 'EXPIRED'
  /** Filled wholly. Final. */
  | 'FILLED'
  /** Filled in part, the rest is with the broker. */
  | 'PARTIALLY_FILLED'
  /** Stored, not yet with the broker. */
  | 'PENDING'
  /** Refused by the broker. Final. */
  | 'REJECTED'
  /** The broker did not answer in time; to be reconciled. */
  | 'UNKNOWN';

/** When an order fills. */
export type OrderType =
  /** At the limit price or better. */
  | 'LIMIT'
  /** At the open of the next bar. */
  | 'MARKET'
  /** At market once the stop price is reached. */
  | 'STOP';

/** What to try for one parameter: min to max, or a list of values. */
export type ParameterRangeInput = {
  /** Largest value to try, in its unit; beside min. */
  max?: number | null | undefined;
  /** Least value to try, in its unit; beside max. */
  min?: number | null | undefined;
  /** The parameter; `strategies` lists those of each strategy. */
  parameter: string;
  /** Distance between the values, above 0. When left out: 1 for whole numbers, else any value (RANDOM only). */
  step?: number | null | undefined;
  /** The values to try, in place of min, max and step. */
  values?: Array<number | boolean | string> | null | undefined;
};

/** An order that is asked about, not placed. */
export type PreviewOrderInput = {
  /** Account to trade in; the default account when left out. */
  accountId?: string | number | null | undefined;
  /** Limit price, in the quote currency, on the tick; for LIMIT only. */
  limitPrice?: string | null | undefined;
  /** When it fills. */
  orderType?: OrderType;
  /** Quantity, in units of the instrument: above 0, a whole number of the instrument's lots. */
  quantity: string;
  /** Direction. */
  side: OrderSide;
  /** Price at which to give up the position that it opens, in the quote currency; anchored again at the fill price. */
  stopLoss?: string | null | undefined;
  /** Stop price, in the quote currency, on the tick; for STOP only. */
  stopPrice?: string | null | undefined;
  /** Symbol to trade. */
  symbol: string;
  /** Price at which to take the profit of the position that it opens, in the quote currency; anchored again at the fill price. */
  takeProfit?: string | null | undefined;
  /** How long it stands. */
  timeInForce?: TimeInForce;
};

/** Who holds a protective stop. */
export type ProtectionMode =
  /** The broker: it acts inside the bar. */
  | 'RESTING'
  /** We do: it acts at the next open. */
  | 'WATCHED';

/** A change of an open LIMIT or STOP order by hand. What is left out stays as it is; something must be given. */
export type ReplaceOrderInput = {
  /** Idempotency key of the new order, unique in the account: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first replacement. */
  clientOrderId: string;
  /** Limit price, in the quote currency, on the tick; of a LIMIT order only. */
  limitPrice?: string | null | undefined;
  /** Id of the order to replace. */
  orderId: string | number;
  /** Quantity of the replaced and the new order together, in units of the instrument: above what is filled already, a whole number of the instrument's lots. */
  quantity?: string | null | undefined;
  /** Stop price, in the quote currency, on the tick; of a STOP order only. */
  stopPrice?: string | null | undefined;
};

/** Where a replay stands. */
export type ReplayState =
  /** Has given its last bar; everything stays queryable. */
  | 'ENDED'
  /** Waits for the first model, 30 s at most. */
  | 'HOLDING'
  /** Gives bars as they fall due on its own clock. */
  | 'RUNNING';

/** Why a round trip ended. */
export type RoundTripExit =
  /** The backtest was over, and `finalizeTrades` was on. */
  | 'FINALIZED'
  /** The equity no longer covered the positions. */
  | 'MARGIN_CALL'
  /** Anything else, such as an order that closed it first. */
  | 'OTHER'
  /** The strategy ended it. */
  | 'SIGNAL'
  /** Its stop-loss was hit. */
  | 'STOP_LOSS'
  /** Its target was hit. */
  | 'TAKE_PROFIT';

/** A backtest to be run. */
export type RunBacktestInput = {
  /** A strategy's `sell` opens a short, where it only closes on paper; false when left out. Profile NATIVE only: BACKTESTING_PY always does. */
  allowShort?: boolean | null | undefined;
  /** What is borrowed (shares sold short, cash below 0) costs this fraction of its value a year, charged daily, 0 to 1; nothing when left out. Profile NATIVE only. */
  borrowRate?: number | null | undefined;
  /** Idempotency key: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first backtest. */
  clientRequestId?: string | null | undefined;
  /** What each execution costs; the profile's default when left out: what paper trading costs (native), nothing (backtesting.py). */
  commission?: BacktestCommissionInput | null | undefined;
  /** Longest time it may run, in seconds, 1 to 86,400. */
  deadlineSeconds?: number;
  /** Size of an entry whose strategy names none, in percent of equity, above 0, maxPositionPct at most; 10 when left out, as in paper trading. Profile NATIVE only. */
  defaultSizePct?: number | null | undefined;
  /** Only bars that open before; to the last stored when left out. */
  endDate?: string | null | undefined;
  /** A new order closes what is open of its symbol first. */
  exclusiveOrders?: boolean | null | undefined;
  /** What is open is closed on the last bar; else it stays open and is no round trip. False when left out. */
  finalizeTrades?: boolean | null | undefined;
  /** Starting cash, in the quote currency, above 0. */
  initialCapital?: number;
  /** Smallest tradable quantity in units, 0 for any fraction (a hundred-millionth in profile NATIVE); when left out, 1 in profile BACKTESTING_PY and the instrument's own in NATIVE. */
  lotSize?: number | null | undefined;
  /** At a close with less equity than this share of the value of all positions they are closed at the market, from 0 to margin; half of margin when left out. Profile NATIVE only. */
  maintenanceMargin?: number | null | undefined;
  /** Share of a position's value that the equity must cover when it is opened, above 0 (from 0.01 in profile NATIVE), 1 at most: 0.5 is leverage 2. Sizes in percent are then shares of equity / margin. */
  margin?: number | null | undefined;
  /** Most that one symbol may take, in percent of equity, above 0, 100 at most; 20 when left out, as in paper trading. An order then has no other bound. Profile NATIVE only. */
  maxPositionPct?: number | null | undefined;
  /** A label for people, at most 200 characters. */
  name?: string | null | undefined;
  /** Its parameters; defaults are taken for those left out. */
  params?: Record<string, number | boolean | string> | null | undefined;
  /** Whose fills and statistics it follows. */
  profile?: BacktestProfile;
  /** Seed of everything random in it, 0 or above. */
  seed?: number;
  /** How much worse fills are; the profile's default when left out. */
  slippage?: BacktestSlippageInput | null | undefined;
  /** Whole spread, a fraction of the price from 0 to 0.5; the profile's default when left out. */
  spread?: number | null | undefined;
  /** Only bars that open then or later; from the first stored when left out. */
  startDate?: string | null | undefined;
  /** Name of the strategy; `strategies` lists them. */
  strategy: string;
  /** Symbols to trade on one account, 1 to 50, all quoted in one currency. */
  symbols: Array<string>;
  /** Length of the bars; one that is not stored is aggregated. */
  timeframe: Timeframe;
  /** Market orders fill at the close that they were decided at, not at the next open. Paper accounts never do. */
  tradeOnClose?: boolean | null | undefined;
  /** Share of a bar's volume that may be filled, above 0, 1 at most; the profile's default when left out. */
  volumeShare?: number | null | undefined;
};

/** What a search does with its sets. */
export type SearchKind =
  /** Runs each over all bars. */
  | 'OPTIMIZATION'
  /** Chooses the best on each sample, and trades it on what follows. */
  | 'WALK_FORWARD';

/** Which parameter sets are tried. */
export type SearchMethod =
  /** Every combination of the values. */
  | 'GRID'
  /** As many different ones as asked for, drawn by seed. */
  | 'RANDOM';

/** The statistic that a search looks for the best of; BacktestStatistics has the definition of each. */
export type SearchObjective =
  /** annualizedReturnPct, the highest. */
  | 'ANNUALIZED_RETURN'
  /** calmar, the highest. */
  | 'CALMAR'
  /** expectancyPct, the highest. */
  | 'EXPECTANCY'
  /** maxDrawdownPct, the shallowest. */
  | 'MAX_DRAWDOWN'
  /** omega, the highest. */
  | 'OMEGA'
  /** profitFactor, the highest. */
  | 'PROFIT_FACTOR'
  /** sharpe, the highest. */
  | 'SHARPE'
  /** sortino, the highest. */
  | 'SORTINO'
  /** sqn, the highest. */
  | 'SQN'
  /** totalReturnPct, the highest. */
  | 'TOTAL_RETURN'
  /** volatilityPct, the lowest. */
  | 'VOLATILITY'
  /** winRatePct, the highest. */
  | 'WIN_RATE';

/** What a signal aims at: a target, not an order. */
export type SignalAction =
  /** Be long. */
  | 'BUY'
  /** Leave it as it is. */
  | 'HOLD'
  /** Be flat. */
  | 'SELL';

/** Why a signal is what it is. */
export type SignalReason =
  /** The fast average crossed above the slow one on this bar. */
  | 'CROSSED_ABOVE'
  /** The fast average crossed below the slow one on this bar. */
  | 'CROSSED_BELOW'
  /** The averages did not cross on this bar. */
  | 'NO_CROSS'
  /** The strategy decided nothing on this bar. */
  | 'NO_DECISION'
  /** The model is not told apart from the last price out of sample: its skill is within two standard errors of 0. */
  | 'NO_SKILL'
  /** The predicted fall is past the threshold and the costs. */
  | 'PREDICTED_FALL'
  /** The predicted rise is past the threshold and the costs. */
  | 'PREDICTED_RISE'
  /** The predicted change does not pass the threshold or the costs. */
  | 'PREDICTION_BELOW_THRESHOLD'
  /** The strategy decided so; its code says why. */
  | 'STRATEGY_DECISION';

/** What makes a signal. */
export type SignalSourceKind =
  /** A trained model. */
  | 'MODEL'
  /** A rule. */
  | 'STRATEGY';

/** What a parameter takes. */
export type StrategyParameterKind =
  /** True or false. */
  | 'BOOLEAN'
  /** One of the choices, as text. */
  | 'CHOICE'
  /** A whole number from min to max. */
  | 'INTEGER'
  /** A number from min to max. */
  | 'NUMBER';

/** A subscription whose events carry cursors. */
export type StreamName =
  /** `Subscription.anomalies` */
  | 'ANOMALIES'
  /** `Subscription.backtestProgress` */
  | 'BACKTEST_PROGRESS'
  /** `Subscription.bars` */
  | 'BARS'
  /** `Subscription.orderUpdates` */
  | 'ORDER_UPDATES'
  /** `Subscription.portfolio` */
  | 'PORTFOLIO'
  /** `Subscription.signals` */
  | 'SIGNALS';

/** How long an order stands. */
export type TimeInForce =
  /** Until the session's end; UTC midnight for crypto. */
  | 'DAY'
  /** Until it is canceled. */
  | 'GTC'
  /** What the next bar fills; the rest is canceled. */
  | 'IOC';

/** Length of a bar. One that is not stored is aggregated on read. */
export type Timeframe =
  /** 15 minutes. */
  | 'FIFTEEN_MINUTES'
  /** 5 minutes. */
  | 'FIVE_MINUTES'
  /** A UTC day for crypto, the exchange's session for equities. */
  | 'ONE_DAY'
  /** 60 minutes. */
  | 'ONE_HOUR'
  /** 60 seconds. */
  | 'ONE_MINUTE';

/** When an instrument trades. */
export type TradingCalendar =
  /** Always open. */
  | 'CRYPTO'
  /** Sessions of the New York Stock Exchange. */
  | 'US_EQUITY';

/** Where a training stands. */
export type TrainingState =
  /** Its model is ready. */
  | 'DONE'
  /** It failed; the detail says why. */
  | 'FAILED'
  /** Under way. */
  | 'RUNNING'
  /** Queued. */
  | 'WAITING';

/** A walk-forward: sets times windows are at most 100,000 runs. */
export type WalkForwardInput = {
  /** A strategy's `sell` opens a short, where it only closes on paper; false when left out. Profile NATIVE only: BACKTESTING_PY always does. */
  allowShort?: boolean | null | undefined;
  /** What is borrowed (shares sold short, cash below 0) costs this fraction of its value a year, charged daily, 0 to 1; nothing when left out. Profile NATIVE only. */
  borrowRate?: number | null | undefined;
  /** Idempotency key: 1 to 64 letters, digits and . _ : -. The same id with the same input answers the first backtest. */
  clientRequestId?: string | null | undefined;
  /** What each execution costs; the profile's default when left out: what paper trading costs (native), nothing (backtesting.py). */
  commission?: BacktestCommissionInput | null | undefined;
  /** Different sets to draw, 1 to 100,000; RANDOM only, and needed there. */
  count?: number | null | undefined;
  /** Longest time it may run, in seconds, 1 to 86,400. */
  deadlineSeconds?: number;
  /** Size of an entry whose strategy names none, in percent of equity, above 0, maxPositionPct at most; 10 when left out, as in paper trading. Profile NATIVE only. */
  defaultSizePct?: number | null | undefined;
  /** Bars between the two that belong to neither; the largest warm-up of the search when left out. */
  embargoBars?: number | null | undefined;
  /** Only bars that open before; to the last stored when left out. */
  endDate?: string | null | undefined;
  /** A new order closes what is open of its symbol first. */
  exclusiveOrders?: boolean | null | undefined;
  /** What is open is closed on the last bar; else it stays open and is no round trip. False when left out. */
  finalizeTrades?: boolean | null | undefined;
  /** Bars to choose parameters on, above 0; of ANCHORED windows in the first. */
  inSampleBars: number;
  /** Starting cash, in the quote currency, above 0. */
  initialCapital?: number;
  /** Smallest tradable quantity in units, 0 for any fraction (a hundred-millionth in profile NATIVE); when left out, 1 in profile BACKTESTING_PY and the instrument's own in NATIVE. */
  lotSize?: number | null | undefined;
  /** At a close with less equity than this share of the value of all positions they are closed at the market, from 0 to margin; half of margin when left out. Profile NATIVE only. */
  maintenanceMargin?: number | null | undefined;
  /** Share of a position's value that the equity must cover when it is opened, above 0 (from 0.01 in profile NATIVE), 1 at most: 0.5 is leverage 2. Sizes in percent are then shares of equity / margin. */
  margin?: number | null | undefined;
  /** Most that one symbol may take, in percent of equity, above 0, 100 at most; 20 when left out, as in paper trading. An order then has no other bound. Profile NATIVE only. */
  maxPositionPct?: number | null | undefined;
  /** Which sets are tried. */
  method?: SearchMethod;
  /** Where samples begin. */
  mode?: WalkForwardMode;
  /** A label for people, at most 200 characters. */
  name?: string | null | undefined;
  /** What the best set is best at. */
  objective?: SearchObjective;
  /** Bars to trade what was chosen, above 0, and by how much the windows move on. */
  outOfSampleBars: number;
  /** Its parameters; defaults are taken for those left out. */
  params?: Record<string, number | boolean | string> | null | undefined;
  /** Whose fills and statistics it follows. */
  profile?: BacktestProfile;
  /** What varies, one a parameter. */
  ranges: Array<ParameterRangeInput>;
  /** Seed of everything random in it, 0 or above. */
  seed?: number;
  /** How much worse fills are; the profile's default when left out. */
  slippage?: BacktestSlippageInput | null | undefined;
  /** Whole spread, a fraction of the price from 0 to 0.5; the profile's default when left out. */
  spread?: number | null | undefined;
  /** Only bars that open then or later; from the first stored when left out. */
  startDate?: string | null | undefined;
  /** Name of the strategy; `strategies` lists them. */
  strategy: string;
  /** Symbols to trade on one account, 1 to 50, all quoted in one currency. */
  symbols: Array<string>;
  /** Length of the bars; one that is not stored is aggregated. */
  timeframe: Timeframe;
  /** Market orders fill at the close that they were decided at, not at the next open. Paper accounts never do. */
  tradeOnClose?: boolean | null | undefined;
  /** Share of a bar's volume that may be filled, above 0, 1 at most; the profile's default when left out. */
  volumeShare?: number | null | undefined;
};

/** Where samples begin. */
export type WalkForwardMode =
  /** All with the first bar: they grow. */
  | 'ANCHORED'
  /** Each as long before its end as the others. */
  | 'ROLLING';

export type BacktestFieldsFragment = { id: string, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, seed: number, deadlineSeconds: number, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null };

export type StrategiesQueryVariables = Exact<{ [key: string]: never; }>;


export type StrategiesQuery = { strategies: Array<{ name: string, description: string, isBuiltIn: boolean, defaults: Record<string, number | boolean | string>, parameters: Array<{ name: string, kind: StrategyParameterKind, description: string, min: number | null, max: number | null, choices: Array<string> | null }> }> };

export type BacktestsQueryVariables = Exact<{
  strategy?: string | null | undefined;
  statuses?: Array<BacktestStatus> | BacktestStatus | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BacktestsQuery = { backtests: { edges: Array<{ cursor: string, node: { id: string, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, seed: number, deadlineSeconds: number, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type BacktestQueryVariables = Exact<{
  id: string | number;
  points?: number | null | undefined;
  trips?: number | null | undefined;
}>;


export type BacktestQuery = { backtest: { reportUrl: string | null, backtestingPyStatistics: Record<string, number | string | null> | null, id: string, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, seed: number, deadlineSeconds: number, createdAt: string, startedAt: string | null, finishedAt: string | null, options: { initialCapital: number, spread: number | null, margin: number | null, tradeOnClose: boolean | null, exclusiveOrders: boolean | null, finalizeTrades: boolean | null, lotSize: number | null, volumeShare: number | null, maxPositionPct: number | null, defaultSizePct: number | null, commission: { rate: number | null, fixed: number | null, perUnit: number | null, minimum: number | null } | null, slippage: { basisPoints: number | null, volumeImpact: number | null } | null }, statistics: { startTime: string, endTime: string, instantCount: number, finalEquity: number, totalReturnPct: number, benchmarkReturnPct: number | null, cagrPct: number | null, sharpe: number | null, maxDrawdownPct: number, roundTripCount: number, winRatePct: number | null, profitFactor: number | null, deflatedSharpe: number | null } | null, monthlyReturns: Array<{ year: number, monthsPct: Array<number | null>, yearPct: number | null }> | null, cautions: Array<{ code: string, severity: CautionSeverity, message: string, values: Record<string, number | string | null> }>, provenance: { dataHash: string, barCount: number, dataFrom: string, dataTo: string, engineVersion: string, seed: number, strategy: string, params: Record<string, number | boolean | string> } | null, equityCurve: { timestamps: Array<string>, equities: Array<number> } | null, drawdownCurve: { timestamps: Array<string>, drawdownsPct: Array<number> } | null, roundTrips: { edges: Array<{ node: { number: number, symbol: string, units: number, entryTime: string, exitTime: string, entryPrice: number, exitPrice: number, pnl: number, commission: number, returnFraction: number, maxAdverse: number, maxFavorable: number, exitReason: RoundTripExit } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, error: { code: ErrorCode, message: string } | null } | null };

export type CompareBacktestsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type CompareBacktestsQuery = { compareBacktests: { isSameData: boolean, isSameProfile: boolean, backtests: Array<{ id: string, params: Record<string, number | boolean | string> }>, statistics: Array<{ name: string, values: Array<number | null> }> } };

export type RunBacktestMutationVariables = Exact<{
  input: RunBacktestInput;
}>;


export type RunBacktestMutation = { runBacktest: { backtest: { id: string, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, seed: number, deadlineSeconds: number, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null } | null, errors: Array<
      | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
      | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type CancelBacktestMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelBacktestMutation = { cancelBacktest: { backtest: { id: string, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, seed: number, deadlineSeconds: number, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null } | null, errors: Array<
      | { __typename: 'BacktestStatusError', code: ErrorCode, message: string, path: Array<string> | null, status: BacktestStatus }
      | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type DeleteBacktestMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteBacktestMutation = { deleteBacktest: { deletedId: string | null, errors: Array<
      | { __typename: 'BacktestStatusError', code: ErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type OnBacktestProgressSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type OnBacktestProgressSubscription = { backtestProgress: { cursor: string, backtest: { id: string, status: BacktestStatus, percent: number, barTime: string | null, equity: number | null, version: number, error: { code: ErrorCode, message: string } | null } } };

export type DeploymentStateFragment = { id: string, accountId: string, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, source: string, status: DeploymentStatus, failure: string | null, tradeAfter: string, createdAt: string, endedAt: string | null };

export type DeployStrategyMutationVariables = Exact<{
  input: DeployStrategyInput;
}>;


export type DeployStrategyMutation = { deployStrategy: { deployment: { id: string, accountId: string, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, source: string, status: DeploymentStatus, failure: string | null, tradeAfter: string, createdAt: string, endedAt: string | null } | null, errors: Array<
      | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type UndeployStrategyMutationVariables = Exact<{
  id: string | number;
}>;


export type UndeployStrategyMutation = { undeployStrategy: { deployment: { id: string, accountId: string, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, source: string, status: DeploymentStatus, failure: string | null, tradeAfter: string, createdAt: string, endedAt: string | null } | null, errors: Array<
      | { __typename: 'InvalidInputError', code: ErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotFoundError', code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type DeploymentsQueryVariables = Exact<{
  statuses?: Array<DeploymentStatus> | DeploymentStatus | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type DeploymentsQuery = { deployments: { edges: Array<{ node: { id: string, accountId: string, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, source: string, status: DeploymentStatus, failure: string | null, tradeAfter: string, createdAt: string, endedAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeploymentQueryVariables = Exact<{
  id: string | number;
}>;


export type DeploymentQuery = { deployment: { id: string, accountId: string, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, source: string, status: DeploymentStatus, failure: string | null, tradeAfter: string, createdAt: string, endedAt: string | null } | null };

export type ParityQueryVariables = Exact<{
  deploymentId: string | number;
}>;


export type ParityQuery = { parity: { until: string | null, isEqual: boolean | null, orderCounts: Array<number>, fillCounts: Array<number>, equityCounts: Array<number>, reservations: Array<string>, deployment: { id: string, status: DeploymentStatus }, firstDifference: { part: string, time: string, message: string } | null } };

export type SymbolsQueryVariables = Exact<{ [key: string]: never; }>;


export type SymbolsQuery = { symbols: { updateFrequency: string, symbols: Array<{ symbol: string, name: string, assetClass: AssetClass, currency: string, tickSize: string, lotSize: string, calendar: TradingCalendar, dataSource: DataSource, tracked: Array<{ timeframe: Timeframe, endedAt: string | null }> }> } };

export type BarsQueryVariables = Exact<{
  symbol: string;
  timeframe?: Timeframe;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type BarsQuery = { bars: { edges: Array<{ cursor: string, node: { timestamp: string, closeTime: string, open: number, high: number, low: number, close: number, volume: number, vwap: number | null, revision: number, adjustment: Adjustment, source: DataSource, aggregatedFrom: Timeframe | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type BarSeriesQueryVariables = Exact<{
  symbol: string;
  timeframe?: Timeframe;
  first?: number | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type BarSeriesQuery = { barSeries: { timestamps: Array<string>, opens: Array<number>, highs: Array<number>, lows: Array<number>, closes: Array<number>, volumes: Array<number>, hasEarlier: boolean, hasLater: boolean } };

export type DataQualityQueryVariables = Exact<{
  symbol?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DataQualityQuery = { dataQuality: { edges: Array<{ node: { symbol: string, timeframe: Timeframe, code: DataQualityCode, count: number, lastMessage: string, lastBarTimestamp: string | null, lastSeenAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PredictPriceQueryVariables = Exact<{
  symbol: string;
  timeframe?: Timeframe | null | undefined;
}>;


export type PredictPriceQuery = { predictPrice: { symbol: string, timeframe: Timeframe, timestamp: string, currentPrice: number, predictedPrice: number, expectedChange: number, inputs: { from: string, to: string }, model: { id: string, version: number, skill: number | null, skillStandardError: number | null, hasSkill: boolean, backend: ModelBackend } } };

export type DetectAnomalyQueryVariables = Exact<{
  symbol: string;
  timeframe?: Timeframe | null | undefined;
}>;


export type DetectAnomalyQuery = { detectAnomaly: { symbol: string, timeframe: Timeframe, timestamp: string, isAnomaly: boolean, anomalyScore: number, rawScore: number, anomalyType: AnomalyType | null, severity: AnomalySeverity | null, description: string | null, model: { id: string, version: number } } };

export type SignalsQueryVariables = Exact<{
  symbols?: Array<string> | string | null | undefined;
  source?: string | null | undefined;
  actions?: Array<SignalAction> | SignalAction | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type SignalsQuery = { signals: { edges: Array<{ cursor: string, node: { id: string, source: string, kind: SignalSourceKind, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, action: SignalAction, reason: SignalReason, confidence: number, predictedPrice: number | null, currentPrice: number, stopLoss: number | null, takeProfit: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AnomaliesQueryVariables = Exact<{
  symbols?: Array<string> | string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type AnomaliesQuery = { anomalies: { edges: Array<{ cursor: string, node: { id: string, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, anomalyScore: number, rawScore: number, anomalyType: AnomalyType, severity: AnomalySeverity, description: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ModelsQueryVariables = Exact<{
  symbol?: string | null | undefined;
  kind?: ModelKind | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type ModelsQuery = { models: { edges: Array<{ node: { id: string, kind: ModelKind, symbol: string, timeframe: Timeframe, version: number, status: ModelStatus, backend: ModelBackend, trainedFrom: string, trainedTo: string, skill: number | null, skillStandardError: number | null, hasSkill: boolean, directionalAccuracy: number | null, heldOutCount: number, seed: number, trainingSeconds: number, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SignalFieldsFragment = { id: string, source: string, kind: SignalSourceKind, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, action: SignalAction, reason: SignalReason, confidence: number, predictedPrice: number | null, currentPrice: number, stopLoss: number | null, takeProfit: number | null };

export type AnomalyFieldsFragment = { id: string, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, anomalyScore: number, rawScore: number, anomalyType: AnomalyType, severity: AnomalySeverity, description: string };

export type PlatformQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformQuery = { platform: { version: string, provider: DataSource, isReplay: boolean, description: string, now: string, replay: { state: ReplayState, now: string, speed: number | null, description: string, startsAt: string, endsAt: string } | null, pipeline: Array<{ group: string, topic: string, events: number }>, training: Array<{ kind: ModelKind, symbol: string, timeframe: Timeframe, state: TrainingState, fraction: number, detail: string | null }> }, rateLimit: { limit: number, remaining: number, resetAt: string } };

export type IngestMutationVariables = Exact<{
  symbol: string;
}>;


export type IngestMutation = { ingest: { message: string, status: string, jobId: string | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type TrackSymbolMutationVariables = Exact<{
  symbol: string;
  timeframe?: Timeframe;
}>;


export type TrackSymbolMutation = { trackSymbol: { added: boolean, instrument: { symbol: string, name: string, tracked: Array<{ timeframe: Timeframe }> } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, retriable: boolean }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type UntrackSymbolMutationVariables = Exact<{
  symbol: string;
}>;


export type UntrackSymbolMutation = { untrackSymbol: { removed: boolean, instrument: { symbol: string } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type SearchFieldsFragment = { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> };

export type SearchesQueryVariables = Exact<{
  strategy?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchesQuery = { searches: { edges: Array<{ cursor: string, node: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SearchQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, statistics: { sharpe: number | null, deflatedSharpe: number | null, totalReturnPct: number } | null, stability: { chosenScore: number, neighbourCount: number, medianScore: number, worstScore: number, keptShare: number | null } | null, cautions: Array<{ code: string, severity: CautionSeverity, message: string, values: Record<string, number | string | null> }>, runs: { edges: Array<{ cursor: string, node: { runIndex: number, windowIndex: number | null, params: Record<string, number | boolean | string>, score: number | null, sharpe: number | null, totalReturnPct: number | null, maxDrawdownPct: number | null, roundTripCount: number | null, errorMessage: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null };

export type SearchHeatMapQueryVariables = Exact<{
  id: string | number;
  x: string;
  y: string;
  figure: HeatMapFigure;
}>;


export type SearchHeatMapQuery = { search: { heatMap: { xParameter: string, yParameter: string, xValues: Array<number | boolean | string>, rows: Array<{ y: number | boolean | string, scores: Array<number | null>, counts: Array<number> }> } } | null };

export type WalkForwardOfQueryVariables = Exact<{
  id: string | number;
  points: number;
}>;


export type WalkForwardOfQuery = { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, walkForward: { efficiency: number | null, gainShare: number, steps: Array<{ inSampleFrom: string, inSampleTo: string, outOfSampleFrom: string, outOfSampleTo: string, params: Record<string, number | boolean | string> | null, inSampleScore: number | null, inSampleGrowth: number | null, outOfSampleGrowth: number | null }> } | null, equityCurve: { timestamps: Array<string>, equities: Array<number> } | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null };

export type RunSearchFragment = { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null, errors: Array<
    | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
    | { code: ErrorCode, message: string, path: Array<string> | null }
  > };

export type OptimizeStrategyMutationVariables = Exact<{
  input: OptimizeStrategyInput;
}>;


export type OptimizeStrategyMutation = { optimizeStrategy: { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type WalkForwardMutationVariables = Exact<{
  input: WalkForwardInput;
}>;


export type WalkForwardMutation = { walkForward: { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type CancelSearchMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelSearchMutation = { cancelSearch: { search: { id: string, kind: SearchKind, name: string | null, clientRequestId: string | null, status: BacktestStatus, percent: number, strategy: string, params: Record<string, number | boolean | string>, symbols: Array<string>, timeframe: Timeframe, startDate: string | null, endDate: string | null, profile: BacktestProfile, method: SearchMethod, objective: SearchObjective, seed: number, setCount: number, unfitCount: number, runCount: number | null, doneCount: number, bestScore: number | null, bestParams: Record<string, number | boolean | string> | null, dataHash: string | null, barCount: number | null, engineVersion: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, error: { code: ErrorCode, message: string } | null, ranges: Array<{ parameter: string, values: Array<number | boolean | string> | null, min: number | null, max: number | null }> } | null, errors: Array<
      | { code: ErrorCode, message: string }
      | { code: ErrorCode, message: string, status: BacktestStatus }
    > } };

export type DeleteSearchMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteSearchMutation = { deleteSearch: { deletedId: string | null, errors: Array<
      | { code: ErrorCode, message: string }
      | { code: ErrorCode, message: string, status: BacktestStatus }
    > } };

export type SearchProgressSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type SearchProgressSubscription = { searchProgress: { cursor: string, search: { id: string, status: BacktestStatus, percent: number, runCount: number | null, doneCount: number, bestScore: number | null, version: number, error: { code: ErrorCode, message: string } | null } } };

export type FigureFragment = { observed: number, mean: number, p1: number, p5: number, p25: number, p50: number, p75: number, p95: number, p99: number };

export type MonteCarloQueryVariables = Exact<{
  backtestId: string | number;
  method: MonteCarloMethod;
  paths: number;
  blockLength?: number | null | undefined;
  seed: number;
}>;


export type MonteCarloQuery = { monteCarlo: { paths: number, length: number, blockLength: number | null, lossShare: number | null, ruinShare: number | null, totalReturnPct: { observed: number, mean: number, p1: number, p5: number, p25: number, p50: number, p75: number, p95: number, p99: number }, maxDrawdownPct: { observed: number, mean: number, p1: number, p5: number, p25: number, p50: number, p75: number, p95: number, p99: number }, sharpe: { observed: number, mean: number, p1: number, p5: number, p25: number, p50: number, p75: number, p95: number, p99: number } | null, longestLosingStreak: { observed: number, mean: number, p1: number, p5: number, p25: number, p50: number, p75: number, p95: number, p99: number } | null, cautions: Array<{ code: string, severity: CautionSeverity, message: string }> } };

export type OnBarsSubscriptionVariables = Exact<{
  symbols?: Array<string> | string | null | undefined;
  timeframe?: Timeframe;
  after?: string | null | undefined;
}>;


export type OnBarsSubscription = { bars: { cursor: string, bar: { symbol: string, timeframe: Timeframe, timestamp: string, closeTime: string, open: number, high: number, low: number, close: number, volume: number, revision: number } } };

export type OnSignalsSubscriptionVariables = Exact<{
  symbols?: Array<string> | string | null | undefined;
  source?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type OnSignalsSubscription = { signals: { cursor: string, signal: { id: string, source: string, kind: SignalSourceKind, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, action: SignalAction, reason: SignalReason, confidence: number, predictedPrice: number | null, currentPrice: number, stopLoss: number | null, takeProfit: number | null } } };

export type OnAnomaliesSubscriptionVariables = Exact<{
  symbols?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type OnAnomaliesSubscription = { anomalies: { cursor: string, anomaly: { id: string, symbol: string, timeframe: Timeframe, timestamp: string, barTimestamp: string, anomalyScore: number, rawScore: number, anomalyType: AnomalyType, severity: AnomalySeverity, description: string } } };

export type OnOrderUpdatesSubscriptionVariables = Exact<{
  accountId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type OnOrderUpdatesSubscription = { orderUpdates: { cursor: string, type: OrderEventType, timestamp: string, order: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number }, fill: { id: string, quantity: string, price: string, fee: string } | null } };

export type OnPortfolioSubscriptionVariables = Exact<{
  accountId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type OnPortfolioSubscription = { portfolio: { cursor: string, portfolio: { accountId: string, timestamp: string, totalValue: string, cash: string, positionsValue: string, totalPnl: string, realizedPnl: string, unrealizedPnl: string, fees: string, positions: Array<{ symbol: string, quantity: string, averagePrice: string, currentPrice: string, marketValue: string, unrealizedPnl: string, realizedPnl: string, lastUpdated: string }> } } };

export type StreamCursorQueryVariables = Exact<{
  stream: StreamName;
}>;


export type StreamCursorQuery = { streamCursor: string };

export type AccountsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type AccountsQuery = { accounts: { edges: Array<{ node: { id: string, name: string, dataSource: DataSource, broker: Broker, signalSource: string | null, currency: string, startingCash: string, status: AccountStatus, isDefault: boolean, asOf: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrdersQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  symbol?: string | null | undefined;
  statuses?: Array<OrderStatus> | OrderStatus | null | undefined;
  clientOrderId?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrdersQuery = { orders: { edges: Array<{ cursor: string, node: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type OrderQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderQuery = { order: { decidedAt: string, endedAt: string | null, reservedCash: string, stopDistance: string | null, takeProfitDistance: string | null, protectionMode: ProtectionMode | null, id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number, riskDecision: { approved: boolean, checks: Array<{ code: ErrorCode, passed: boolean, limit: string | null, value: string | null, headroom: string | null }> } | null, fills: Array<{ id: string, quantity: string, price: string, fee: string, timestamp: string }> } | null };

export type FillsQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  symbol?: string | null | undefined;
  orderId?: string | number | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type FillsQuery = { fills: { edges: Array<{ cursor: string, node: { id: string, orderId: string, accountId: string, executionId: string, symbol: string, side: OrderSide, quantity: string, price: string, fee: string, realizedPnl: string, timestamp: string, barTimestamp: string, assumptions: Array<{ name: string, value: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AccountActionsQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  symbol?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountActionsQuery = { accountActions: { edges: Array<{ node: { id: string, accountId: string, symbol: string, kind: CorporateActionKind, exDate: string, outcome: AccountActionOutcome, value: number, quantityBefore: string, quantity: string, cash: string, realizedPnl: string, timestamp: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ProvenanceQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  first?: number;
}>;


export type ProvenanceQuery = { fills: { edges: Array<{ node: { id: string, symbol: string, side: OrderSide, quantity: string, price: string, timestamp: string, order: { id: string, cause: OrderCause, riskDecision: { approved: boolean, checks: Array<{ code: ErrorCode, limit: string | null, value: string | null }> } | null, signal: { source: string, action: SignalAction, timestamp: string, model: { version: number, skill: number | null, skillStandardError: number | null, hasSkill: boolean } | null, prediction: { expectedChange: number, inputs: { from: string, to: string } } | null } | null } } }> } };

export type PositionsQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type PositionsQuery = { positions: { edges: Array<{ node: { symbol: string, quantity: string, averagePrice: string, currentPrice: string, marketValue: string, unrealizedPnl: string, realizedPnl: string, lastUpdated: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PortfolioQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
}>;


export type PortfolioQuery = { portfolio: { accountId: string, timestamp: string, totalValue: string, cash: string, positionsValue: string, totalPnl: string, realizedPnl: string, unrealizedPnl: string, fees: string, positions: Array<{ symbol: string, quantity: string, averagePrice: string, currentPrice: string, marketValue: string, unrealizedPnl: string, realizedPnl: string, lastUpdated: string }> } };

export type PortfolioHistoryQueryVariables = Exact<{
  accountId?: string | number | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type PortfolioHistoryQuery = { portfolioHistory: { edges: Array<{ cursor: string, node: { timestamp: string, totalValue: string, cash: string, positionsValue: string, totalPnl: string, realizedPnl: string, unrealizedPnl: string, fees: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, endCursor: string | null } } };

export type CreateOrderMutationVariables = Exact<{
  input: CreateOrderInput;
}>;


export type CreateOrderMutation = { createOrder: { order: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null, headroom: string | null }
    > } };

export type PreviewOrderQueryVariables = Exact<{
  input: PreviewOrderInput;
}>;


export type PreviewOrderQuery = { previewOrder: { approved: boolean, deniedCode: ErrorCode | null, reservedCash: string, estimatedPrice: string | null, estimatedNotional: string | null, estimatedFee: string | null, checks: Array<{ code: ErrorCode, passed: boolean, limit: string | null, value: string | null, headroom: string | null }> } };

export type ReplaceOrderMutationVariables = Exact<{
  input: ReplaceOrderInput;
}>;


export type ReplaceOrderMutation = { replaceOrder: { order: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number } | null, replacedOrder: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, value: string | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, status: OrderStatus }
      | { code: ErrorCode, message: string, path: Array<string> | null, cause: OrderCause, orderType: OrderType }
      | { code: ErrorCode, message: string, path: Array<string> | null, limit: string | null, value: string | null, headroom: string | null }
    > } };

export type FlattenAccountMutationVariables = Exact<{
  accountId: string | number;
}>;


export type FlattenAccountMutation = { flattenAccount: { account: { id: string, status: AccountStatus } | null, orders: Array<{ id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number }>, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type SetAccountStatusMutationVariables = Exact<{
  accountId: string | number;
  status: AccountStatus;
}>;


export type SetAccountStatusMutation = { setAccountStatus: { account: { id: string, status: AccountStatus } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
    > } };

export type CancelOrderMutationVariables = Exact<{
  id: string | number;
}>;


export type CancelOrderMutation = { cancelOrder: { order: { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number } | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { code: ErrorCode, message: string, path: Array<string> | null, status: OrderStatus }
    > } };

export type OrderFieldsFragment = { id: string, clientOrderId: string, accountId: string, symbol: string, side: OrderSide, orderType: OrderType, quantity: string, limitPrice: string | null, stopPrice: string | null, timeInForce: TimeInForce, cause: OrderCause, status: OrderStatus, endReason: OrderEndReason | null, filledQuantity: string, averageFillPrice: string | null, createdAt: string, filledAt: string | null, version: number };

export type PositionFieldsFragment = { symbol: string, quantity: string, averagePrice: string, currentPrice: string, marketValue: string, unrealizedPnl: string, realizedPnl: string, lastUpdated: string };

export type PortfolioFieldsFragment = { accountId: string, timestamp: string, totalValue: string, cash: string, positionsValue: string, totalPnl: string, realizedPnl: string, unrealizedPnl: string, fees: string, positions: Array<{ symbol: string, quantity: string, averagePrice: string, currentPrice: string, marketValue: string, unrealizedPnl: string, realizedPnl: string, lastUpdated: string }> };

export const BacktestFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BacktestFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backtest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode;
export const DeploymentStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeploymentState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Deployment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"tradeAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]} as unknown as DocumentNode;
export const SignalFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Signal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"predictedPrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopLoss"}},{"kind":"Field","name":{"kind":"Name","value":"takeProfit"}}]}}]} as unknown as DocumentNode;
export const AnomalyFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AnomalyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Anomaly"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyScore"}},{"kind":"Field","name":{"kind":"Name","value":"rawScore"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]} as unknown as DocumentNode;
export const SearchFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const RunSearchFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunSearch"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunSearchPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const FigureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FigureDistribution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observed"}},{"kind":"Field","name":{"kind":"Name","value":"mean"}},{"kind":"Field","name":{"kind":"Name","value":"p1"}},{"kind":"Field","name":{"kind":"Name","value":"p5"}},{"kind":"Field","name":{"kind":"Name","value":"p25"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p75"}},{"kind":"Field","name":{"kind":"Name","value":"p95"}},{"kind":"Field","name":{"kind":"Name","value":"p99"}}]}}]} as unknown as DocumentNode;
export const OrderFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const PositionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PositionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Position"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"averagePrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketValue"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdated"}}]}}]} as unknown as DocumentNode;
export const PortfolioFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PortfolioFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Portfolio"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"totalValue"}},{"kind":"Field","name":{"kind":"Name","value":"cash"}},{"kind":"Field","name":{"kind":"Name","value":"positionsValue"}},{"kind":"Field","name":{"kind":"Name","value":"totalPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"fees"}},{"kind":"Field","name":{"kind":"Name","value":"positions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PositionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PositionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Position"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"averagePrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketValue"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdated"}}]}}]} as unknown as DocumentNode;
export const StrategiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Strategies"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"strategies"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"isBuiltIn"}},{"kind":"Field","name":{"kind":"Name","value":"defaults"}},{"kind":"Field","name":{"kind":"Name","value":"parameters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}},{"kind":"Field","name":{"kind":"Name","value":"choices"}}]}}]}}]}}]} as unknown as DocumentNode;
export const BacktestsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Backtests"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BacktestStatus"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backtests"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"strategy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}}},{"kind":"Argument","name":{"kind":"Name","value":"statuses"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BacktestFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BacktestFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backtest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode;
export const BacktestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Backtest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"points"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"trips"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backtest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BacktestFields"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"initialCapital"}},{"kind":"Field","name":{"kind":"Name","value":"commission"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rate"}},{"kind":"Field","name":{"kind":"Name","value":"fixed"}},{"kind":"Field","name":{"kind":"Name","value":"perUnit"}},{"kind":"Field","name":{"kind":"Name","value":"minimum"}}]}},{"kind":"Field","name":{"kind":"Name","value":"spread"}},{"kind":"Field","name":{"kind":"Name","value":"slippage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"basisPoints"}},{"kind":"Field","name":{"kind":"Name","value":"volumeImpact"}}]}},{"kind":"Field","name":{"kind":"Name","value":"margin"}},{"kind":"Field","name":{"kind":"Name","value":"tradeOnClose"}},{"kind":"Field","name":{"kind":"Name","value":"exclusiveOrders"}},{"kind":"Field","name":{"kind":"Name","value":"finalizeTrades"}},{"kind":"Field","name":{"kind":"Name","value":"lotSize"}},{"kind":"Field","name":{"kind":"Name","value":"volumeShare"}},{"kind":"Field","name":{"kind":"Name","value":"maxPositionPct"}},{"kind":"Field","name":{"kind":"Name","value":"defaultSizePct"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startTime"}},{"kind":"Field","name":{"kind":"Name","value":"endTime"}},{"kind":"Field","name":{"kind":"Name","value":"instantCount"}},{"kind":"Field","name":{"kind":"Name","value":"finalEquity"}},{"kind":"Field","name":{"kind":"Name","value":"totalReturnPct"}},{"kind":"Field","name":{"kind":"Name","value":"benchmarkReturnPct"}},{"kind":"Field","name":{"kind":"Name","value":"cagrPct"}},{"kind":"Field","name":{"kind":"Name","value":"sharpe"}},{"kind":"Field","name":{"kind":"Name","value":"maxDrawdownPct"}},{"kind":"Field","name":{"kind":"Name","value":"roundTripCount"}},{"kind":"Field","name":{"kind":"Name","value":"winRatePct"}},{"kind":"Field","name":{"kind":"Name","value":"profitFactor"}},{"kind":"Field","name":{"kind":"Name","value":"deflatedSharpe"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reportUrl"}},{"kind":"Field","name":{"kind":"Name","value":"backtestingPyStatistics"}},{"kind":"Field","name":{"kind":"Name","value":"monthlyReturns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"year"}},{"kind":"Field","name":{"kind":"Name","value":"monthsPct"}},{"kind":"Field","name":{"kind":"Name","value":"yearPct"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cautions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"provenance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"dataFrom"}},{"kind":"Field","name":{"kind":"Name","value":"dataTo"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}}]}},{"kind":"Field","name":{"kind":"Name","value":"equityCurve"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"points"},"value":{"kind":"Variable","name":{"kind":"Name","value":"points"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamps"}},{"kind":"Field","name":{"kind":"Name","value":"equities"}}]}},{"kind":"Field","name":{"kind":"Name","value":"drawdownCurve"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"points"},"value":{"kind":"Variable","name":{"kind":"Name","value":"points"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamps"}},{"kind":"Field","name":{"kind":"Name","value":"drawdownsPct"}}]}},{"kind":"Field","name":{"kind":"Name","value":"roundTrips"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"trips"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"units"}},{"kind":"Field","name":{"kind":"Name","value":"entryTime"}},{"kind":"Field","name":{"kind":"Name","value":"exitTime"}},{"kind":"Field","name":{"kind":"Name","value":"entryPrice"}},{"kind":"Field","name":{"kind":"Name","value":"exitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"pnl"}},{"kind":"Field","name":{"kind":"Name","value":"commission"}},{"kind":"Field","name":{"kind":"Name","value":"returnFraction"}},{"kind":"Field","name":{"kind":"Name","value":"maxAdverse"}},{"kind":"Field","name":{"kind":"Name","value":"maxFavorable"}},{"kind":"Field","name":{"kind":"Name","value":"exitReason"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BacktestFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backtest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode;
export const CompareBacktestsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CompareBacktests"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compareBacktests"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSameData"}},{"kind":"Field","name":{"kind":"Name","value":"isSameProfile"}},{"kind":"Field","name":{"kind":"Name","value":"backtests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"params"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]}}]}}]} as unknown as DocumentNode;
export const RunBacktestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunBacktest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunBacktestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runBacktest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backtest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BacktestFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BacktestFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backtest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode;
export const CancelBacktestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelBacktest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelBacktest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backtest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"BacktestFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BacktestStatusError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"BacktestFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Backtest"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"deadlineSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode;
export const DeleteBacktestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteBacktest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteBacktest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const OnBacktestProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnBacktestProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"backtestProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"backtest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"barTime"}},{"kind":"Field","name":{"kind":"Name","value":"equity"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]} as unknown as DocumentNode;
export const DeployStrategyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeployStrategy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeployStrategyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployStrategy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeploymentState"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeploymentState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Deployment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"tradeAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]} as unknown as DocumentNode;
export const UndeployStrategyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UndeployStrategy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"undeployStrategy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeploymentState"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeploymentState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Deployment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"tradeAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]} as unknown as DocumentNode;
export const DeploymentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deployments"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeploymentStatus"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"statuses"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeploymentState"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeploymentState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Deployment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"tradeAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]} as unknown as DocumentNode;
export const DeploymentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Deployment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeploymentState"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeploymentState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Deployment"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"tradeAfter"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]} as unknown as DocumentNode;
export const ParityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Parity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"deploymentId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"deploymentId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"deploymentId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deployment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"isEqual"}},{"kind":"Field","name":{"kind":"Name","value":"orderCounts"}},{"kind":"Field","name":{"kind":"Name","value":"fillCounts"}},{"kind":"Field","name":{"kind":"Name","value":"equityCounts"}},{"kind":"Field","name":{"kind":"Name","value":"firstDifference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"part"}},{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reservations"}}]}}]}}]} as unknown as DocumentNode;
export const SymbolsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Symbols"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbols"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateFrequency"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"assetClass"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"tickSize"}},{"kind":"Field","name":{"kind":"Name","value":"lotSize"}},{"kind":"Field","name":{"kind":"Name","value":"calendar"}},{"kind":"Field","name":{"kind":"Name","value":"dataSource"}},{"kind":"Field","name":{"kind":"Name","value":"tracked"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const BarsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Bars"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}},"defaultValue":{"kind":"EnumValue","value":"ONE_MINUTE"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bars"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"closeTime"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"close"}},{"kind":"Field","name":{"kind":"Name","value":"volume"}},{"kind":"Field","name":{"kind":"Name","value":"vwap"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"adjustment"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"aggregatedFrom"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const BarSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BarSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}},"defaultValue":{"kind":"EnumValue","value":"ONE_MINUTE"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"barSeries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamps"}},{"kind":"Field","name":{"kind":"Name","value":"opens"}},{"kind":"Field","name":{"kind":"Name","value":"highs"}},{"kind":"Field","name":{"kind":"Name","value":"lows"}},{"kind":"Field","name":{"kind":"Name","value":"closes"}},{"kind":"Field","name":{"kind":"Name","value":"volumes"}},{"kind":"Field","name":{"kind":"Name","value":"hasEarlier"}},{"kind":"Field","name":{"kind":"Name","value":"hasLater"}}]}}]}}]} as unknown as DocumentNode;
export const DataQualityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DataQuality"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataQuality"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessage"}},{"kind":"Field","name":{"kind":"Name","value":"lastBarTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const PredictPriceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PredictPrice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"predictPrice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"predictedPrice"}},{"kind":"Field","name":{"kind":"Name","value":"expectedChange"}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"Field","name":{"kind":"Name","value":"model"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"skill"}},{"kind":"Field","name":{"kind":"Name","value":"skillStandardError"}},{"kind":"Field","name":{"kind":"Name","value":"hasSkill"}},{"kind":"Field","name":{"kind":"Name","value":"backend"}}]}}]}}]}}]} as unknown as DocumentNode;
export const DetectAnomalyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DetectAnomaly"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"detectAnomaly"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"isAnomaly"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyScore"}},{"kind":"Field","name":{"kind":"Name","value":"rawScore"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"model"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]}}]} as unknown as DocumentNode;
export const SignalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Signals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"actions"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignalAction"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbols"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}}},{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"actions"},"value":{"kind":"Variable","name":{"kind":"Name","value":"actions"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignalFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Signal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"predictedPrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopLoss"}},{"kind":"Field","name":{"kind":"Name","value":"takeProfit"}}]}}]} as unknown as DocumentNode;
export const AnomaliesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Anomalies"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"anomalies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbols"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AnomalyFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AnomalyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Anomaly"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyScore"}},{"kind":"Field","name":{"kind":"Name","value":"rawScore"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]} as unknown as DocumentNode;
export const ModelsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Models"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kind"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ModelKind"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"models"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"kind"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kind"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"backend"}},{"kind":"Field","name":{"kind":"Name","value":"trainedFrom"}},{"kind":"Field","name":{"kind":"Name","value":"trainedTo"}},{"kind":"Field","name":{"kind":"Name","value":"skill"}},{"kind":"Field","name":{"kind":"Name","value":"skillStandardError"}},{"kind":"Field","name":{"kind":"Name","value":"hasSkill"}},{"kind":"Field","name":{"kind":"Name","value":"directionalAccuracy"}},{"kind":"Field","name":{"kind":"Name","value":"heldOutCount"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"trainingSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const PlatformDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Platform"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"isReplay"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"now"}},{"kind":"Field","name":{"kind":"Name","value":"replay"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"now"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pipeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"}},{"kind":"Field","name":{"kind":"Name","value":"topic"}},{"kind":"Field","name":{"kind":"Name","value":"events"}}]}},{"kind":"Field","name":{"kind":"Name","value":"training"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"fraction"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}}]}}]} as unknown as DocumentNode;
export const IngestDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Ingest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ingest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"jobId"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const TrackSymbolDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TrackSymbol"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}},"defaultValue":{"kind":"EnumValue","value":"ONE_MINUTE"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trackSymbol"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"instrument"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"tracked"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timeframe"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MarketDataSourceError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retriable"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const UntrackSymbolDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UntrackSymbol"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"untrackSymbol"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"instrument"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const SearchesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Searches"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"strategy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const SearchDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Search"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}},{"kind":"Field","name":{"kind":"Name","value":"statistics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sharpe"}},{"kind":"Field","name":{"kind":"Name","value":"deflatedSharpe"}},{"kind":"Field","name":{"kind":"Name","value":"totalReturnPct"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chosenScore"}},{"kind":"Field","name":{"kind":"Name","value":"neighbourCount"}},{"kind":"Field","name":{"kind":"Name","value":"medianScore"}},{"kind":"Field","name":{"kind":"Name","value":"worstScore"}},{"kind":"Field","name":{"kind":"Name","value":"keptShare"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cautions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runIndex"}},{"kind":"Field","name":{"kind":"Name","value":"windowIndex"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"sharpe"}},{"kind":"Field","name":{"kind":"Name","value":"totalReturnPct"}},{"kind":"Field","name":{"kind":"Name","value":"maxDrawdownPct"}},{"kind":"Field","name":{"kind":"Name","value":"roundTripCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const SearchHeatMapDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchHeatMap"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"x"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"y"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"figure"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"HeatMapFigure"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"heatMap"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"x"},"value":{"kind":"Variable","name":{"kind":"Name","value":"x"}}},{"kind":"Argument","name":{"kind":"Name","value":"y"},"value":{"kind":"Variable","name":{"kind":"Name","value":"y"}}},{"kind":"Argument","name":{"kind":"Name","value":"figure"},"value":{"kind":"Variable","name":{"kind":"Name","value":"figure"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"xParameter"}},{"kind":"Field","name":{"kind":"Name","value":"yParameter"}},{"kind":"Field","name":{"kind":"Name","value":"xValues"}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"y"}},{"kind":"Field","name":{"kind":"Name","value":"scores"}},{"kind":"Field","name":{"kind":"Name","value":"counts"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const WalkForwardOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WalkForwardOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"points"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}},{"kind":"Field","name":{"kind":"Name","value":"walkForward"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"efficiency"}},{"kind":"Field","name":{"kind":"Name","value":"gainShare"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inSampleFrom"}},{"kind":"Field","name":{"kind":"Name","value":"inSampleTo"}},{"kind":"Field","name":{"kind":"Name","value":"outOfSampleFrom"}},{"kind":"Field","name":{"kind":"Name","value":"outOfSampleTo"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"inSampleScore"}},{"kind":"Field","name":{"kind":"Name","value":"inSampleGrowth"}},{"kind":"Field","name":{"kind":"Name","value":"outOfSampleGrowth"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"equityCurve"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"points"},"value":{"kind":"Variable","name":{"kind":"Name","value":"points"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamps"}},{"kind":"Field","name":{"kind":"Name","value":"equities"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const OptimizeStrategyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OptimizeStrategy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OptimizeStrategyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"optimizeStrategy"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunSearch"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunSearch"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunSearchPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode;
export const WalkForwardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WalkForward"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"WalkForwardInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"walkForward"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunSearch"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunSearch"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunSearchPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode;
export const CancelSearchDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelSearch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelSearch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"search"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SearchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SearchStatusError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SearchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Search"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"clientRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"params"}},{"kind":"Field","name":{"kind":"Name","value":"symbols"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"startDate"}},{"kind":"Field","name":{"kind":"Name","value":"endDate"}},{"kind":"Field","name":{"kind":"Name","value":"profile"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"objective"}},{"kind":"Field","name":{"kind":"Name","value":"seed"}},{"kind":"Field","name":{"kind":"Name","value":"setCount"}},{"kind":"Field","name":{"kind":"Name","value":"unfitCount"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"bestParams"}},{"kind":"Field","name":{"kind":"Name","value":"dataHash"}},{"kind":"Field","name":{"kind":"Name","value":"barCount"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ranges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"parameter"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"min"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}}]}}]} as unknown as DocumentNode;
export const DeleteSearchDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteSearch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSearch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SearchStatusError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const SearchProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SearchProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"search"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"percent"}},{"kind":"Field","name":{"kind":"Name","value":"runCount"}},{"kind":"Field","name":{"kind":"Name","value":"doneCount"}},{"kind":"Field","name":{"kind":"Name","value":"bestScore"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const MonteCarloDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MonteCarlo"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"backtestId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"method"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MonteCarloMethod"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"paths"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"blockLength"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Float"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"seed"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monteCarlo"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"backtestId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"backtestId"}}},{"kind":"Argument","name":{"kind":"Name","value":"method"},"value":{"kind":"Variable","name":{"kind":"Name","value":"method"}}},{"kind":"Argument","name":{"kind":"Name","value":"paths"},"value":{"kind":"Variable","name":{"kind":"Name","value":"paths"}}},{"kind":"Argument","name":{"kind":"Name","value":"blockLength"},"value":{"kind":"Variable","name":{"kind":"Name","value":"blockLength"}}},{"kind":"Argument","name":{"kind":"Name","value":"seed"},"value":{"kind":"Variable","name":{"kind":"Name","value":"seed"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paths"}},{"kind":"Field","name":{"kind":"Name","value":"length"}},{"kind":"Field","name":{"kind":"Name","value":"blockLength"}},{"kind":"Field","name":{"kind":"Name","value":"totalReturnPct"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figure"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maxDrawdownPct"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figure"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sharpe"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figure"}}]}},{"kind":"Field","name":{"kind":"Name","value":"longestLosingStreak"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Figure"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lossShare"}},{"kind":"Field","name":{"kind":"Name","value":"ruinShare"}},{"kind":"Field","name":{"kind":"Name","value":"cautions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Figure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FigureDistribution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observed"}},{"kind":"Field","name":{"kind":"Name","value":"mean"}},{"kind":"Field","name":{"kind":"Name","value":"p1"}},{"kind":"Field","name":{"kind":"Name","value":"p5"}},{"kind":"Field","name":{"kind":"Name","value":"p25"}},{"kind":"Field","name":{"kind":"Name","value":"p50"}},{"kind":"Field","name":{"kind":"Name","value":"p75"}},{"kind":"Field","name":{"kind":"Name","value":"p95"}},{"kind":"Field","name":{"kind":"Name","value":"p99"}}]}}]} as unknown as DocumentNode;
export const OnBarsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnBars"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Timeframe"}}},"defaultValue":{"kind":"EnumValue","value":"ONE_MINUTE"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bars"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbols"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeframe"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeframe"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"bar"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"closeTime"}},{"kind":"Field","name":{"kind":"Name","value":"open"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"close"}},{"kind":"Field","name":{"kind":"Name","value":"volume"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}}]}}]}}]} as unknown as DocumentNode;
export const OnSignalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnSignals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbols"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}}},{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"signal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignalFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignalFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Signal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"predictedPrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopLoss"}},{"kind":"Field","name":{"kind":"Name","value":"takeProfit"}}]}}]} as unknown as DocumentNode;
export const OnAnomaliesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnAnomalies"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"anomalies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"symbols"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbols"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"anomaly"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AnomalyFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AnomalyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Anomaly"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"timeframe"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyScore"}},{"kind":"Field","name":{"kind":"Name","value":"rawScore"}},{"kind":"Field","name":{"kind":"Name","value":"anomalyType"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]} as unknown as DocumentNode;
export const OnOrderUpdatesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnOrderUpdates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderUpdates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fill"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const OnPortfolioDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OnPortfolio"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"portfolio"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"portfolio"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PortfolioFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PositionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Position"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"averagePrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketValue"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdated"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PortfolioFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Portfolio"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"totalValue"}},{"kind":"Field","name":{"kind":"Name","value":"cash"}},{"kind":"Field","name":{"kind":"Name","value":"positionsValue"}},{"kind":"Field","name":{"kind":"Name","value":"totalPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"fees"}},{"kind":"Field","name":{"kind":"Name","value":"positions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PositionFields"}}]}}]}}]} as unknown as DocumentNode;
export const StreamCursorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StreamCursor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"stream"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StreamName"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"streamCursor"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"stream"},"value":{"kind":"Variable","name":{"kind":"Name","value":"stream"}}}]}]}}]} as unknown as DocumentNode;
export const AccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Accounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dataSource"}},{"kind":"Field","name":{"kind":"Name","value":"broker"}},{"kind":"Field","name":{"kind":"Name","value":"signalSource"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"startingCash"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"isDefault"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const OrdersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Orders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OrderStatus"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"clientOrderId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"statuses"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}}},{"kind":"Argument","name":{"kind":"Name","value":"clientOrderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"clientOrderId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const OrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Order"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reservedCash"}},{"kind":"Field","name":{"kind":"Name","value":"stopDistance"}},{"kind":"Field","name":{"kind":"Name","value":"takeProfitDistance"}},{"kind":"Field","name":{"kind":"Name","value":"protectionMode"}},{"kind":"Field","name":{"kind":"Name","value":"riskDecision"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approved"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"headroom"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"fills"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const FillsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Fills"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fills"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"executionId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"fee"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"barTimestamp"}},{"kind":"Field","name":{"kind":"Name","value":"assumptions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const AccountActionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountActions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountActions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"symbol"},"value":{"kind":"Variable","name":{"kind":"Name","value":"symbol"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"exDate"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"quantityBefore"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"cash"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ProvenanceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Provenance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fills"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"price"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"riskDecision"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approved"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"signal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"model"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"skill"}},{"kind":"Field","name":{"kind":"Name","value":"skillStandardError"}},{"kind":"Field","name":{"kind":"Name","value":"hasSkill"}}]}},{"kind":"Field","name":{"kind":"Name","value":"prediction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expectedChange"}},{"kind":"Field","name":{"kind":"Name","value":"inputs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const PositionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Positions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"positions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PositionFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PositionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Position"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"averagePrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketValue"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdated"}}]}}]} as unknown as DocumentNode;
export const PortfolioDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Portfolio"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"portfolio"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PortfolioFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PositionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Position"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"averagePrice"}},{"kind":"Field","name":{"kind":"Name","value":"currentPrice"}},{"kind":"Field","name":{"kind":"Name","value":"marketValue"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"lastUpdated"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PortfolioFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Portfolio"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"totalValue"}},{"kind":"Field","name":{"kind":"Name","value":"cash"}},{"kind":"Field","name":{"kind":"Name","value":"positionsValue"}},{"kind":"Field","name":{"kind":"Name","value":"totalPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"fees"}},{"kind":"Field","name":{"kind":"Name","value":"positions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PositionFields"}}]}}]}}]} as unknown as DocumentNode;
export const PortfolioHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PortfolioHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"portfolioHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"totalValue"}},{"kind":"Field","name":{"kind":"Name","value":"cash"}},{"kind":"Field","name":{"kind":"Name","value":"positionsValue"}},{"kind":"Field","name":{"kind":"Name","value":"totalPnl"}},{"kind":"Field","name":{"kind":"Name","value":"realizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"unrealizedPnl"}},{"kind":"Field","name":{"kind":"Name","value":"fees"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode;
export const CreateOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RiskDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"headroom"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClientOrderIdReusedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const PreviewOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PreviewOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PreviewOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"previewOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approved"}},{"kind":"Field","name":{"kind":"Name","value":"deniedCode"}},{"kind":"Field","name":{"kind":"Name","value":"reservedCash"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedPrice"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedNotional"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedFee"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"headroom"}}]}}]}}]}}]} as unknown as DocumentNode;
export const ReplaceOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReplaceOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplaceOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replaceOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replacedOrder"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RiskDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"headroom"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"NotFoundError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ClientOrderIdReusedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderNotOpenError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderNotReplaceableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const FlattenAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FlattenAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"flattenAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"orders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export const SetAccountStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetAccountStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AccountStatus"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setAccountStatus"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}}]} as unknown as DocumentNode;
export const CancelOrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderNotOpenError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientOrderId"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"symbol"}},{"kind":"Field","name":{"kind":"Name","value":"side"}},{"kind":"Field","name":{"kind":"Name","value":"orderType"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"limitPrice"}},{"kind":"Field","name":{"kind":"Name","value":"stopPrice"}},{"kind":"Field","name":{"kind":"Name","value":"timeInForce"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"filledQuantity"}},{"kind":"Field","name":{"kind":"Name","value":"averageFillPrice"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"filledAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode;
export type Requester<C = {}> = <R, V>(doc: DocumentNode, vars?: V, options?: C) => Promise<R> | AsyncIterable<R>
export function getSdk<C>(requester: Requester<C>) {
  return {
    Strategies(variables?: StrategiesQueryVariables, options?: C): Promise<StrategiesQuery> {
      return requester<StrategiesQuery, StrategiesQueryVariables>(StrategiesDocument, variables, options) as Promise<StrategiesQuery>;
    },
    Backtests(variables?: BacktestsQueryVariables, options?: C): Promise<BacktestsQuery> {
      return requester<BacktestsQuery, BacktestsQueryVariables>(BacktestsDocument, variables, options) as Promise<BacktestsQuery>;
    },
    Backtest(variables: BacktestQueryVariables, options?: C): Promise<BacktestQuery> {
      return requester<BacktestQuery, BacktestQueryVariables>(BacktestDocument, variables, options) as Promise<BacktestQuery>;
    },
    CompareBacktests(variables: CompareBacktestsQueryVariables, options?: C): Promise<CompareBacktestsQuery> {
      return requester<CompareBacktestsQuery, CompareBacktestsQueryVariables>(CompareBacktestsDocument, variables, options) as Promise<CompareBacktestsQuery>;
    },
    RunBacktest(variables: RunBacktestMutationVariables, options?: C): Promise<RunBacktestMutation> {
      return requester<RunBacktestMutation, RunBacktestMutationVariables>(RunBacktestDocument, variables, options) as Promise<RunBacktestMutation>;
    },
    CancelBacktest(variables: CancelBacktestMutationVariables, options?: C): Promise<CancelBacktestMutation> {
      return requester<CancelBacktestMutation, CancelBacktestMutationVariables>(CancelBacktestDocument, variables, options) as Promise<CancelBacktestMutation>;
    },
    DeleteBacktest(variables: DeleteBacktestMutationVariables, options?: C): Promise<DeleteBacktestMutation> {
      return requester<DeleteBacktestMutation, DeleteBacktestMutationVariables>(DeleteBacktestDocument, variables, options) as Promise<DeleteBacktestMutation>;
    },
    OnBacktestProgress(variables: OnBacktestProgressSubscriptionVariables, options?: C): AsyncIterable<OnBacktestProgressSubscription> {
      return requester<OnBacktestProgressSubscription, OnBacktestProgressSubscriptionVariables>(OnBacktestProgressDocument, variables, options) as AsyncIterable<OnBacktestProgressSubscription>;
    },
    DeployStrategy(variables: DeployStrategyMutationVariables, options?: C): Promise<DeployStrategyMutation> {
      return requester<DeployStrategyMutation, DeployStrategyMutationVariables>(DeployStrategyDocument, variables, options) as Promise<DeployStrategyMutation>;
    },
    UndeployStrategy(variables: UndeployStrategyMutationVariables, options?: C): Promise<UndeployStrategyMutation> {
      return requester<UndeployStrategyMutation, UndeployStrategyMutationVariables>(UndeployStrategyDocument, variables, options) as Promise<UndeployStrategyMutation>;
    },
    Deployments(variables: DeploymentsQueryVariables, options?: C): Promise<DeploymentsQuery> {
      return requester<DeploymentsQuery, DeploymentsQueryVariables>(DeploymentsDocument, variables, options) as Promise<DeploymentsQuery>;
    },
    Deployment(variables: DeploymentQueryVariables, options?: C): Promise<DeploymentQuery> {
      return requester<DeploymentQuery, DeploymentQueryVariables>(DeploymentDocument, variables, options) as Promise<DeploymentQuery>;
    },
    Parity(variables: ParityQueryVariables, options?: C): Promise<ParityQuery> {
      return requester<ParityQuery, ParityQueryVariables>(ParityDocument, variables, options) as Promise<ParityQuery>;
    },
    Symbols(variables?: SymbolsQueryVariables, options?: C): Promise<SymbolsQuery> {
      return requester<SymbolsQuery, SymbolsQueryVariables>(SymbolsDocument, variables, options) as Promise<SymbolsQuery>;
    },
    Bars(variables: BarsQueryVariables, options?: C): Promise<BarsQuery> {
      return requester<BarsQuery, BarsQueryVariables>(BarsDocument, variables, options) as Promise<BarsQuery>;
    },
    BarSeries(variables: BarSeriesQueryVariables, options?: C): Promise<BarSeriesQuery> {
      return requester<BarSeriesQuery, BarSeriesQueryVariables>(BarSeriesDocument, variables, options) as Promise<BarSeriesQuery>;
    },
    DataQuality(variables?: DataQualityQueryVariables, options?: C): Promise<DataQualityQuery> {
      return requester<DataQualityQuery, DataQualityQueryVariables>(DataQualityDocument, variables, options) as Promise<DataQualityQuery>;
    },
    PredictPrice(variables: PredictPriceQueryVariables, options?: C): Promise<PredictPriceQuery> {
      return requester<PredictPriceQuery, PredictPriceQueryVariables>(PredictPriceDocument, variables, options) as Promise<PredictPriceQuery>;
    },
    DetectAnomaly(variables: DetectAnomalyQueryVariables, options?: C): Promise<DetectAnomalyQuery> {
      return requester<DetectAnomalyQuery, DetectAnomalyQueryVariables>(DetectAnomalyDocument, variables, options) as Promise<DetectAnomalyQuery>;
    },
    Signals(variables?: SignalsQueryVariables, options?: C): Promise<SignalsQuery> {
      return requester<SignalsQuery, SignalsQueryVariables>(SignalsDocument, variables, options) as Promise<SignalsQuery>;
    },
    Anomalies(variables?: AnomaliesQueryVariables, options?: C): Promise<AnomaliesQuery> {
      return requester<AnomaliesQuery, AnomaliesQueryVariables>(AnomaliesDocument, variables, options) as Promise<AnomaliesQuery>;
    },
    Models(variables?: ModelsQueryVariables, options?: C): Promise<ModelsQuery> {
      return requester<ModelsQuery, ModelsQueryVariables>(ModelsDocument, variables, options) as Promise<ModelsQuery>;
    },
    Platform(variables?: PlatformQueryVariables, options?: C): Promise<PlatformQuery> {
      return requester<PlatformQuery, PlatformQueryVariables>(PlatformDocument, variables, options) as Promise<PlatformQuery>;
    },
    Ingest(variables: IngestMutationVariables, options?: C): Promise<IngestMutation> {
      return requester<IngestMutation, IngestMutationVariables>(IngestDocument, variables, options) as Promise<IngestMutation>;
    },
    TrackSymbol(variables: TrackSymbolMutationVariables, options?: C): Promise<TrackSymbolMutation> {
      return requester<TrackSymbolMutation, TrackSymbolMutationVariables>(TrackSymbolDocument, variables, options) as Promise<TrackSymbolMutation>;
    },
    UntrackSymbol(variables: UntrackSymbolMutationVariables, options?: C): Promise<UntrackSymbolMutation> {
      return requester<UntrackSymbolMutation, UntrackSymbolMutationVariables>(UntrackSymbolDocument, variables, options) as Promise<UntrackSymbolMutation>;
    },
    Searches(variables?: SearchesQueryVariables, options?: C): Promise<SearchesQuery> {
      return requester<SearchesQuery, SearchesQueryVariables>(SearchesDocument, variables, options) as Promise<SearchesQuery>;
    },
    Search(variables: SearchQueryVariables, options?: C): Promise<SearchQuery> {
      return requester<SearchQuery, SearchQueryVariables>(SearchDocument, variables, options) as Promise<SearchQuery>;
    },
    SearchHeatMap(variables: SearchHeatMapQueryVariables, options?: C): Promise<SearchHeatMapQuery> {
      return requester<SearchHeatMapQuery, SearchHeatMapQueryVariables>(SearchHeatMapDocument, variables, options) as Promise<SearchHeatMapQuery>;
    },
    WalkForwardOf(variables: WalkForwardOfQueryVariables, options?: C): Promise<WalkForwardOfQuery> {
      return requester<WalkForwardOfQuery, WalkForwardOfQueryVariables>(WalkForwardOfDocument, variables, options) as Promise<WalkForwardOfQuery>;
    },
    OptimizeStrategy(variables: OptimizeStrategyMutationVariables, options?: C): Promise<OptimizeStrategyMutation> {
      return requester<OptimizeStrategyMutation, OptimizeStrategyMutationVariables>(OptimizeStrategyDocument, variables, options) as Promise<OptimizeStrategyMutation>;
    },
    WalkForward(variables: WalkForwardMutationVariables, options?: C): Promise<WalkForwardMutation> {
      return requester<WalkForwardMutation, WalkForwardMutationVariables>(WalkForwardDocument, variables, options) as Promise<WalkForwardMutation>;
    },
    CancelSearch(variables: CancelSearchMutationVariables, options?: C): Promise<CancelSearchMutation> {
      return requester<CancelSearchMutation, CancelSearchMutationVariables>(CancelSearchDocument, variables, options) as Promise<CancelSearchMutation>;
    },
    DeleteSearch(variables: DeleteSearchMutationVariables, options?: C): Promise<DeleteSearchMutation> {
      return requester<DeleteSearchMutation, DeleteSearchMutationVariables>(DeleteSearchDocument, variables, options) as Promise<DeleteSearchMutation>;
    },
    SearchProgress(variables: SearchProgressSubscriptionVariables, options?: C): AsyncIterable<SearchProgressSubscription> {
      return requester<SearchProgressSubscription, SearchProgressSubscriptionVariables>(SearchProgressDocument, variables, options) as AsyncIterable<SearchProgressSubscription>;
    },
    MonteCarlo(variables: MonteCarloQueryVariables, options?: C): Promise<MonteCarloQuery> {
      return requester<MonteCarloQuery, MonteCarloQueryVariables>(MonteCarloDocument, variables, options) as Promise<MonteCarloQuery>;
    },
    OnBars(variables?: OnBarsSubscriptionVariables, options?: C): AsyncIterable<OnBarsSubscription> {
      return requester<OnBarsSubscription, OnBarsSubscriptionVariables>(OnBarsDocument, variables, options) as AsyncIterable<OnBarsSubscription>;
    },
    OnSignals(variables?: OnSignalsSubscriptionVariables, options?: C): AsyncIterable<OnSignalsSubscription> {
      return requester<OnSignalsSubscription, OnSignalsSubscriptionVariables>(OnSignalsDocument, variables, options) as AsyncIterable<OnSignalsSubscription>;
    },
    OnAnomalies(variables?: OnAnomaliesSubscriptionVariables, options?: C): AsyncIterable<OnAnomaliesSubscription> {
      return requester<OnAnomaliesSubscription, OnAnomaliesSubscriptionVariables>(OnAnomaliesDocument, variables, options) as AsyncIterable<OnAnomaliesSubscription>;
    },
    OnOrderUpdates(variables?: OnOrderUpdatesSubscriptionVariables, options?: C): AsyncIterable<OnOrderUpdatesSubscription> {
      return requester<OnOrderUpdatesSubscription, OnOrderUpdatesSubscriptionVariables>(OnOrderUpdatesDocument, variables, options) as AsyncIterable<OnOrderUpdatesSubscription>;
    },
    OnPortfolio(variables?: OnPortfolioSubscriptionVariables, options?: C): AsyncIterable<OnPortfolioSubscription> {
      return requester<OnPortfolioSubscription, OnPortfolioSubscriptionVariables>(OnPortfolioDocument, variables, options) as AsyncIterable<OnPortfolioSubscription>;
    },
    StreamCursor(variables: StreamCursorQueryVariables, options?: C): Promise<StreamCursorQuery> {
      return requester<StreamCursorQuery, StreamCursorQueryVariables>(StreamCursorDocument, variables, options) as Promise<StreamCursorQuery>;
    },
    Accounts(variables?: AccountsQueryVariables, options?: C): Promise<AccountsQuery> {
      return requester<AccountsQuery, AccountsQueryVariables>(AccountsDocument, variables, options) as Promise<AccountsQuery>;
    },
    Orders(variables?: OrdersQueryVariables, options?: C): Promise<OrdersQuery> {
      return requester<OrdersQuery, OrdersQueryVariables>(OrdersDocument, variables, options) as Promise<OrdersQuery>;
    },
    Order(variables: OrderQueryVariables, options?: C): Promise<OrderQuery> {
      return requester<OrderQuery, OrderQueryVariables>(OrderDocument, variables, options) as Promise<OrderQuery>;
    },
    Fills(variables?: FillsQueryVariables, options?: C): Promise<FillsQuery> {
      return requester<FillsQuery, FillsQueryVariables>(FillsDocument, variables, options) as Promise<FillsQuery>;
    },
    AccountActions(variables?: AccountActionsQueryVariables, options?: C): Promise<AccountActionsQuery> {
      return requester<AccountActionsQuery, AccountActionsQueryVariables>(AccountActionsDocument, variables, options) as Promise<AccountActionsQuery>;
    },
    Provenance(variables?: ProvenanceQueryVariables, options?: C): Promise<ProvenanceQuery> {
      return requester<ProvenanceQuery, ProvenanceQueryVariables>(ProvenanceDocument, variables, options) as Promise<ProvenanceQuery>;
    },
    Positions(variables?: PositionsQueryVariables, options?: C): Promise<PositionsQuery> {
      return requester<PositionsQuery, PositionsQueryVariables>(PositionsDocument, variables, options) as Promise<PositionsQuery>;
    },
    Portfolio(variables?: PortfolioQueryVariables, options?: C): Promise<PortfolioQuery> {
      return requester<PortfolioQuery, PortfolioQueryVariables>(PortfolioDocument, variables, options) as Promise<PortfolioQuery>;
    },
    PortfolioHistory(variables?: PortfolioHistoryQueryVariables, options?: C): Promise<PortfolioHistoryQuery> {
      return requester<PortfolioHistoryQuery, PortfolioHistoryQueryVariables>(PortfolioHistoryDocument, variables, options) as Promise<PortfolioHistoryQuery>;
    },
    CreateOrder(variables: CreateOrderMutationVariables, options?: C): Promise<CreateOrderMutation> {
      return requester<CreateOrderMutation, CreateOrderMutationVariables>(CreateOrderDocument, variables, options) as Promise<CreateOrderMutation>;
    },
    PreviewOrder(variables: PreviewOrderQueryVariables, options?: C): Promise<PreviewOrderQuery> {
      return requester<PreviewOrderQuery, PreviewOrderQueryVariables>(PreviewOrderDocument, variables, options) as Promise<PreviewOrderQuery>;
    },
    ReplaceOrder(variables: ReplaceOrderMutationVariables, options?: C): Promise<ReplaceOrderMutation> {
      return requester<ReplaceOrderMutation, ReplaceOrderMutationVariables>(ReplaceOrderDocument, variables, options) as Promise<ReplaceOrderMutation>;
    },
    FlattenAccount(variables: FlattenAccountMutationVariables, options?: C): Promise<FlattenAccountMutation> {
      return requester<FlattenAccountMutation, FlattenAccountMutationVariables>(FlattenAccountDocument, variables, options) as Promise<FlattenAccountMutation>;
    },
    SetAccountStatus(variables: SetAccountStatusMutationVariables, options?: C): Promise<SetAccountStatusMutation> {
      return requester<SetAccountStatusMutation, SetAccountStatusMutationVariables>(SetAccountStatusDocument, variables, options) as Promise<SetAccountStatusMutation>;
    },
    CancelOrder(variables: CancelOrderMutationVariables, options?: C): Promise<CancelOrderMutation> {
      return requester<CancelOrderMutation, CancelOrderMutationVariables>(CancelOrderDocument, variables, options) as Promise<CancelOrderMutation>;
    }
  };
}
export type Sdk = ReturnType<typeof getSdk>;