import type { AccountDraft } from '../execution/account-draft.js';
import { splitHolding, splitMarket, type SplitOutcome } from '../execution/split-account.js';
import { dividendCents } from '../portfolio/book-action.js';
import type { BarAction } from './bar-actions.js';

/** What an action did to an account. */
export interface ActionOutcome extends SplitOutcome {
  readonly dividendCents: number;
}

const NO_SPLIT: SplitOutcome = { inLieuCents: 0, realizedPnlCents: 0 };

/**
 * Books a split and a dividend of a symbol on the account of a backtest, between two slices: before it lies the last
 * close, after it the open that trades without. Live trading books the same (`takeActions`).
 * @param at the time of the booking, epoch milliseconds UTC
 */
export function bookAction(draft: AccountDraft, symbol: string, action: BarAction, at: number): ActionOutcome {
  const { ratio, dividend } = action;
  let split = NO_SPLIT;
  if (ratio !== 1) {
    split = splitHolding(draft, symbol, ratio, at);
    splitMarket(draft, symbol, ratio);
  }
  const { scale } = draft.instrument(symbol);
  const dividends = dividend === 0 ? 0 : dividendCents(scale, draft.positionLots(symbol), dividend);
  draft.cashCents += dividends;
  return { dividendCents: dividends, inLieuCents: split.inLieuCents, realizedPnlCents: split.realizedPnlCents };
}
