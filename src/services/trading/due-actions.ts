import type { KnownAction } from '../../domain/account-action.js';
import type { AccountState } from '../../domain/account-state.js';
import { mayPassExDate, NO_ACTIONS, planActions, type SliceActions } from '../../engines/execution/plan-actions.js';
import type { SliceBar } from '../../engines/execution/slice.js';
import type { TradingStore } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';

/** The actions of a slice, and all that are stored of the symbols that were looked at. */
export interface LookedUpActions {
  readonly actions: SliceActions;
  readonly known: readonly KnownAction[];
}

const NOTHING: LookedUpActions = { actions: NO_ACTIONS, known: [] };

/**
 * The splits and dividends that come before the bars of a slice. The database is asked where a day begins for a symbol, and, in
 * the first slice of a transaction, of all that is held or ordered: an action may have become known late.
 */
export async function dueActions(
  store: Pick<TradingStore, 'actionsOf'>,
  tx: Transaction,
  state: AccountState,
  bars: readonly SliceBar[],
  isFirst: boolean,
): Promise<LookedUpActions> {
  const ordered = new Set(Array.from(state.orders.values(), ({ symbol }) => symbol));
  const looked = bars.filter(
    (bar) =>
      (isFirst && (ordered.has(bar.symbol) || state.positions.has(bar.symbol))) ||
      mayPassExDate(state, bar, ordered.has(bar.symbol)),
  );
  if (looked.length === 0) return NOTHING;
  const symbols = looked.map(({ symbol }) => symbol);
  const known = await store.actionsOf(tx, state.accountId, symbols);
  if (known.length === 0) return NOTHING;
  const bySymbol = new Map<string, KnownAction[]>();
  for (const action of known) {
    const of = bySymbol.get(action.symbol);
    if (of === undefined) bySymbol.set(action.symbol, [action]);
    else of.push(action);
  }
  const plans = looked.map((bar) => planActions(state, bar, bySymbol.get(bar.symbol) ?? [], ordered.has(bar.symbol)));
  const actions = {
    due: plans.flatMap(({ due }) => due),
    late: plans.flatMap(({ late }) => late),
    markets: plans.flatMap(({ markets }) => markets),
  };
  const isNothing = actions.due.length + actions.late.length + actions.markets.length === 0;
  return { actions: isNothing ? NO_ACTIONS : actions, known };
}
