import type { AccountAction, RescaledOrder } from '../../domain/account-action.js';
import type { Booking } from '../../domain/books.js';
import { naturalId } from '../../domain/event-id.js';
import { dividendCents } from '../portfolio/book-action.js';
import { actionPostings } from '../portfolio/ledger.js';
import type { AccountDraft } from './account-draft.js';
import type { HoldingAction, SliceActions } from './plan-actions.js';
import { splitHolding, splitMarket } from './split-account.js';

/**
 * Books splits and dividends on an account before the bars of a slice, as backtests do, and notes those that come too late: of
 * them nothing is booked. Of each the events say what it did.
 * @param at the account's time: the slice before, epoch milliseconds UTC
 */
export function takeActions(draft: AccountDraft, { due, late, markets }: SliceActions, at: number): void {
  for (const action of due) book(draft, action, at);
  for (const { symbol, ratio } of markets) splitMarket(draft, symbol, ratio);
  for (const action of late) {
    const lots = draft.positionLots(action.symbol);
    note(draft, action, at, { outcome: 'LATE', lotsBefore: lots, cashCents: 0, realizedPnlCents: 0, rescaled: [] });
  }
}

function book(draft: AccountDraft, action: HoldingAction, at: number): void {
  const { symbol, kind, value } = action;
  const lotsBefore = draft.positionLots(symbol);
  if (kind === 'DIVIDEND') {
    const cashCents = dividendCents(draft.instrument(symbol).scale, lotsBefore, value);
    draft.cashCents += cashCents;
    note(draft, action, at, { outcome: 'BOOKED', lotsBefore, cashCents, realizedPnlCents: 0, rescaled: [] });
    return;
  }
  const filledBefore = draft.openOrders(symbol).filter(({ filledLots }) => filledLots > 0);
  const { inLieuCents: cashCents, realizedPnlCents } = splitHolding(draft, symbol, value, at);
  const rescaled = filledBefore.flatMap(({ id, filledLots: filledLotsBefore }): RescaledOrder[] => {
    const order = draft.orders.get(id);
    if (order === undefined) return [];
    return [{ orderId: id, version: order.version, filledLotsBefore, filledLots: order.filledLots }];
  });
  note(draft, action, at, { outcome: 'BOOKED', lotsBefore, cashCents, realizedPnlCents, rescaled });
}

type Done = Pick<AccountAction, 'outcome' | 'lotsBefore' | 'cashCents' | 'realizedPnlCents' | 'rescaled'>;

function note(draft: AccountDraft, action: HoldingAction, at: number, done: Done): void {
  const { accountId } = draft.before;
  const { symbol, kind, exDate } = action;
  const key = [accountId, symbol, kind, exDate] as const;
  const postings = actionPostings(kind, symbol, done.cashCents, done.realizedPnlCents);
  const booking: Booking | null =
    postings.length === 0
      ? null
      : {
          id: naturalId('booking', 'action', ...key),
          accountId,
          currency: draft.instrument(symbol).scale.currency,
          fillId: null,
          timestamp: at,
          postings,
        };
  draft.events.push({
    type: 'action_taken',
    action: {
      ...action,
      ...done,
      id: naturalId('account-action', ...key),
      accountId,
      lots: draft.positionLots(symbol),
      timestamp: at,
      booking,
    },
  });
}
