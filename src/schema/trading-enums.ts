import type { AccountStatus, BrokerName } from '../domain/account.js';
import type {
  OrderCause,
  OrderEndReason,
  OrderSide as OrderSideName,
  OrderStatus as OrderStatusName,
  OrderType as OrderTypeName,
  TimeInForce as TimeInForceName,
} from '../domain/order.js';
import { defineEnum } from './define-enum.js';

export const OrderSide = defineEnum<OrderSideName>('OrderSide', 'Direction of an order.', {
  BUY: 'Adds to the position.',
  SELL: 'Takes from the position.',
});

export const OrderType = defineEnum<OrderTypeName>('OrderType', 'When an order fills.', {
  MARKET: 'At the open of the next bar.',
  LIMIT: 'At the limit price or better.',
  STOP: 'At market once the stop price is reached.',
});

export const TimeInForce = defineEnum<TimeInForceName>('TimeInForce', 'How long an order stands.', {
  GTC: 'Until it is canceled.',
  DAY: "Until the session's end; UTC midnight for crypto.",
  IOC: 'What the next bar fills; the rest is canceled.',
});

export const OrderStatus = defineEnum<OrderStatusName>('OrderStatus', 'Where an order stands.', {
  PENDING: 'Stored, not yet with the broker.',
  ACCEPTED: 'With the broker.',
  PARTIALLY_FILLED: 'Filled in part, the rest is with the broker.',
  FILLED: 'Filled wholly. Final.',
  CANCELED: 'Ended before it was wholly filled. Final.',
  EXPIRED: 'Its time was over. Final.',
  REJECTED: 'Refused by the broker. Final.',
  UNKNOWN: 'The broker did not answer in time; to be reconciled.',
});

export const OrderCauseEnum = defineEnum<OrderCause>('OrderCause', 'Why an order exists.', {
  ENTRY: 'A signal opened a position.',
  MANUAL: 'A person asked for it.',
  EXIT_SIGNAL: 'A signal closed the position.',
  STOP_LOSS: 'The stop of the position was reached.',
  TAKE_PROFIT: 'The target of the position was reached.',
  FLATTEN: 'The account was flattened.',
});

export const OrderEndReasonEnum = defineEnum<OrderEndReason>(
  'OrderEndReason',
  'Why an order ended without being wholly filled.',
  {
    CANCELED_BY_USER: 'A person canceled it.',
    REPLACED: 'A person put another order in its place.',
    SUPERSEDED_BY_SIGNAL: 'A later signal made it void.',
    POSITION_CLOSED: 'The position it protects was closed.',
    NO_MORE_BARS: 'No further bars of the symbol come.',
    SESSION_OVER: 'The session ended.',
    IMMEDIATE_OR_CANCEL: 'The next bar did not fill it.',
    INSUFFICIENT_RESERVE: 'The open was above what was reserved for it.',
    ACCOUNT_HALTED: 'The account was halted.',
  },
);

export const AccountStatusEnum = defineEnum<AccountStatus>('AccountStatus', 'What an account may do.', {
  ACTIVE: 'Trades.',
  REDUCING: 'Accepts only what lowers exposure.',
  HALTED: 'Takes no entries, and has had its entries canceled.',
});

export const BrokerEnum = defineEnum<'PAPER' | 'ALPACA_PAPER' | 'ALPACA_LIVE'>(
  'Broker',
  'Who executes the orders of an account.',
  {
    PAPER: 'Simulated here: no money moves.',
    ALPACA_PAPER: "Alpaca's paper trading.",
    ALPACA_LIVE: 'Alpaca, with real money.',
  },
);

/** GraphQL names cannot hold a hyphen. */
export const BROKERS: Readonly<Record<BrokerName, keyof typeof BrokerEnum>> = {
  paper: 'PAPER',
  'alpaca-paper': 'ALPACA_PAPER',
  'alpaca-live': 'ALPACA_LIVE',
};

export const ProtectionModeEnum = defineEnum<'RESTING' | 'WATCHED'>('ProtectionMode', 'Who holds a protective stop.', {
  RESTING: 'The broker: it acts inside the bar.',
  WATCHED: 'We do: it acts at the next open.',
});

export const OrderEventTypeEnum = defineEnum<'CREATED' | 'ACCEPTED' | 'UPDATED' | 'FILLED' | 'ENDED'>(
  'OrderEventType',
  'What happened to an order.',
  {
    CREATED: 'It was stored.',
    ACCEPTED: 'The broker has it.',
    UPDATED: 'It changed otherwise.',
    FILLED: 'It was filled, wholly or in part.',
    ENDED: 'It ended without being wholly filled.',
  },
);
