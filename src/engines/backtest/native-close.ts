import type { AccountDraft } from '../execution/account-draft.js';
import { adverseFraction } from '../execution/costs.js';
import { decideToClose } from '../execution/decide-to-close.js';
import { execute } from '../execution/execute.js';
import { adverseTicks } from '../execution/fill-price.js';
import type { SliceBar } from '../execution/slice.js';
import { nearestTicks } from '../portfolio/instrument-scale.js';

/**
 * Closes what is held of a symbol at the close of its last bar, costs included and whatever the volume: a backtest that
 * finalizes its trades. Live trading has nothing like it.
 */
export function closeAtLastBar(draft: AccountDraft, bar: SliceBar): void {
  const { symbol, closeTime } = bar;
  for (const order of draft.openOrders(symbol)) draft.end(order.id, 'CANCELED', 'POSITION_CLOSED', closeTime);
  const lots = draft.positionLots(symbol);
  if (lots === 0) return;
  const side = lots > 0 ? 'SELL' : 'BUY';
  const { scale, costs } = draft.instrument(symbol);
  const order = decideToClose(draft, { symbol, lots }, '@final-', { decidedAt: closeTime, nowMs: closeTime });
  if (order === null) return;
  const referenceTicks = nearestTicks(scale, bar.close);
  const priceTicks = adverseTicks(side, referenceTicks, adverseFraction(costs));
  const price = { priceTicks, referenceTicks, where: 'INSIDE', paysCosts: true } as const;
  execute(draft, order, { bar, lots: order.lots, price });
}
