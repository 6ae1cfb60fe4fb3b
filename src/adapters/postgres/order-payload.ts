import type { NewEvent, OrderPayload } from '../../domain/events.js';
import { naturalId } from '../../domain/event-id.js';
import type { OrderEvent } from '../../domain/trading-event.js';
import { averagePriceText, moneyToText, stepsToText } from '../../engines/portfolio/decimal-text.js';
import type { InstrumentScale } from '../../engines/portfolio/instrument-scale.js';
import { iso } from './trading-rows.js';

/** The `orders` event of one version of an order. */
export const orderEvent = (event: OrderEvent, scale: InstrumentScale): NewEvent => ({
  topic: 'orders',
  type: event.type,
  key: event.order.accountId,
  eventId: naturalId('order', event.order.id, event.order.version),
  payload: orderPayload(event, scale),
});

function orderPayload({ order, fill, at }: OrderEvent, scale: InstrumentScale): OrderPayload {
  const price = (ticks: number | null): string | null => (ticks === null ? null : stepsToText(ticks, scale.tickSize));
  return {
    order_id: order.id,
    account_id: order.accountId,
    client_order_id: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    order_type: order.orderType,
    time_in_force: order.timeInForce,
    cause: order.cause,
    quantity: stepsToText(order.lots, scale.lotSize),
    limit_price: price(order.limitTicks),
    stop_price: price(order.stopTicks),
    status: order.status,
    end_reason: order.endReason,
    filled_quantity: stepsToText(order.filledLots, scale.lotSize),
    average_fill_price:
      order.filledLots === 0 ? null : averagePriceText(order.filledTickLots, order.filledLots, scale.tickSize),
    timestamp: iso(at),
    created_at: iso(order.decidedAt),
    filled_at: order.filledAt === null ? null : iso(order.filledAt),
    version: order.version,
    fill:
      fill === null
        ? null
        : {
            fill_id: fill.id,
            quantity: stepsToText(fill.lots, scale.lotSize),
            price: stepsToText(fill.priceTicks, scale.tickSize),
            fee: moneyToText(fill.feeCents, scale.moneyIncrement),
          },
  };
}
