import type { Booking } from './books.js';
import type { CorporateAction, CorporateActionKind } from './corporate-action.js';

/** A corporate action as it stands with one account. */
export interface KnownAction extends CorporateAction {
  /** Booked by the account already, or noticed as late. */
  readonly isTaken: boolean;
  /** The account held the symbol before its ex-date, as its fills say. */
  readonly wasHeld: boolean;
}

/** LATE: it became known when bars without it had been acted on already; nothing was booked. */
export type AccountActionOutcome = 'BOOKED' | 'LATE';

/** A split or dividend as an account took it: once for each account, symbol, ex-date and kind. Times are epoch milliseconds UTC. */
export interface AccountAction {
  readonly id: string;
  readonly accountId: string;
  readonly symbol: string;
  /** Ex-date, midnight UTC. */
  readonly exDate: number;
  readonly kind: CorporateActionKind;
  readonly outcome: AccountActionOutcome;
  /** SPLIT: new units for one old. DIVIDEND: cash a unit as it was held, in the quote currency. */
  readonly value: number;
  readonly lotsBefore: number;
  readonly lots: number;
  /** The dividend, or what was paid for a part of a lot. */
  readonly cashCents: number;
  /** Of what was paid for a part of a lot: what it was more than its share of the cost. */
  readonly realizedPnlCents: number;
  /** Market time of the booking: the slice before. */
  readonly timestamp: number;
  /** Open time of the first bar without it that the account acted on. */
  readonly barTimestamp: number;
  /** Partly filled orders whose fills are counted in new units from now on. */
  readonly rescaled: readonly RescaledOrder[];
  /** Null where no money moved. */
  readonly booking: Booking | null;
}

/** What an order has filled, before and after a split. */
export interface RescaledOrder {
  readonly orderId: string;
  /** Of the order, after it. */
  readonly version: number;
  readonly filledLotsBefore: number;
  readonly filledLots: number;
}
