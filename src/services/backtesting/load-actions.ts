import type { BacktestFailure, BacktestSpec } from '../../domain/backtest.js';
import type { SeriesActions } from '../../domain/corporate-action.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';

/**
 * The stored actions of the symbols of a run, with the basis of their stored prices; a symbol without any has no entry.
 * Fails where the prices of a symbol that has actions are not all of one basis: they could be booked twice, or not at all.
 */
export async function loadActions(
  store: Pick<CorporateActionStore, 'actionsOf' | 'adjustmentOf'>,
  { symbols, timeframe }: Pick<BacktestSpec, 'symbols' | 'timeframe'>,
): Promise<Result<readonly SeriesActions[], BacktestFailure>> {
  const all = await store.actionsOf(symbols);
  const loaded: SeriesActions[] = [];
  for (const symbol of symbols) {
    const actions = all.filter((action) => action.symbol === symbol);
    if (actions.length === 0) continue;
    const adjustment = await store.adjustmentOf(symbol, timeframe);
    if (adjustment === 'MIXED') {
      const message = `symbols: some bars of ${symbol} are stored raw and some adjusted for splits, and it has corporate actions: load them again with one --adjustment`;
      return err({ code: 'INVALID_ARGUMENT', message });
    }
    if (adjustment !== null) loaded.push({ symbol, adjustment, actions });
  }
  return ok(loaded);
}
