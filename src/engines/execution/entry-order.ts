import { invariant } from '../../domain/result.js';
import { MAX_WHOLE } from '../portfolio/whole-number.js';
import type { OrderIntent } from '../risk/order-intent.js';
import { entryLots } from '../risk/sizing.js';
import type { AccountDraft } from './account-draft.js';
import { buyingPowerCents } from './free-cents.js';
import type { SliceSignal } from './slice.js';

/** Absorbs the float error of a product before it is floored; far below a tick or a lot. */
const ROUNDING_SLACK = 1e-6;

/** What an order asks of the market. */
export type OrderTerms = Pick<OrderIntent, 'orderType' | 'timeInForce' | 'lots' | 'limitTicks' | 'stopTicks'>;

/** Type, price, size and life of the order that an entry asks for. 0 lots where the symbol has no market: risk denies that. */
export function entryOrder(draft: AccountDraft, { symbol, action, entry }: SliceSignal): OrderTerms {
  const { scale } = draft.instrument(symbol);
  const limitPrice = entry?.limitPrice ?? null;
  const stopPrice = entry?.stopPrice ?? null;
  invariant(limitPrice === null || stopPrice === null, 'an entry has a limit or a stop, not both');
  // Off the tick, each is rounded to the side on which it asks for more.
  const below = (price: number) => Math.max(1, Math.floor(price * scale.ticksPerUnit + ROUNDING_SLACK));
  const above = (price: number) => Math.ceil(price * scale.ticksPerUnit - ROUNDING_SLACK);
  const isShort = action === 'SELL';
  const limitTicks = limitPrice === null ? null : isShort ? above(limitPrice) : below(limitPrice);
  const stopTicks = stopPrice === null ? null : isShort ? below(stopPrice) : above(stopPrice);
  const decisionTicks = limitTicks ?? stopTicks ?? draft.markets.get(symbol)?.lastTicks ?? null;
  const units = entry?.units ?? null;
  const fraction = entry?.fraction ?? draft.settings.limits.entryFraction;
  let lots = 0;
  if (units !== null) lots = Math.min(MAX_WHOLE, Math.floor(units * scale.lotsPerUnit + ROUNDING_SLACK));
  else if (decisionTicks !== null)
    lots = entryLots(scale, buyingPowerCents(draft.equityCents, draft.rules), decisionTicks, fraction);
  const orderType = limitTicks !== null ? 'LIMIT' : stopTicks !== null ? 'STOP' : 'MARKET';
  return { orderType, timeInForce: entry?.timeInForce ?? 'GTC', lots, limitTicks, stopTicks };
}
