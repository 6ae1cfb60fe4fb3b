import type { Refusal } from '../../domain/error-codes.js';
import type { DenialCode, RiskCheck } from '../../domain/risk-decision.js';
import { err, ok, type Result } from '../../domain/result.js';
import { adverseFraction, type Costs } from '../../engines/execution/costs.js';
import { askRisk } from '../../engines/execution/decide.js';
import { adverseTicks, limitFillTicks, marketFillTicks, stopFillsAtOpen } from '../../engines/execution/fill-price.js';
import { moneyToText, stepsToText } from '../../engines/portfolio/decimal-text.js';
import { feeCents, isCountable, notionalCents } from '../../engines/portfolio/money.js';
import type { OrderIntent } from '../../engines/risk/order-intent.js';
import { openBooks, type OpenBooks, type TradingDesk } from './books-by-hand.js';
import { handIntent, readHandOrder } from './hand-order.js';
import type { CreateOrderCommand } from './order-request.js';
import { unknownAccount } from './place-by-hand.js';

/** An order that is only asked about: it needs no id. */
export type PreviewOrderCommand = Omit<CreateOrderCommand, 'clientOrderId'>;

/** What an order would come to. Prices are in the quote currency, money in the account's, as decimal text. */
export interface OrderPreview {
  readonly approved: boolean;
  /** Of the first check that failed; null when approved. */
  readonly deniedCode: DenialCode | null;
  readonly checks: readonly RiskCheck[];
  /** Cash that would be set aside, fee included; 0 for a sale or a denial. */
  readonly reservedCash: string;
  /** Where it would fill if the next bars traded at the last close, or at its own price; null without any bar. */
  readonly estimatedPrice: string | null;
  /** Null without a price, or when it is more than can be counted. */
  readonly estimatedNotional: string | null;
  readonly estimatedFee: string | null;
}

/** Says what risk would decide of an order, and what it would cost, without any effect. */
export class PreviewOrder {
  constructor(private readonly desk: TradingDesk) {}

  /** Refuses what cannot be read and an unknown account; a denial is an answer. */
  async execute(command: PreviewOrderCommand): Promise<Result<OrderPreview, Refusal>> {
    const order = { ...command, clientOrderId: 'preview' };
    const read = await readHandOrder(this.desk, order);
    if (!read.ok) return read;
    const { instrument, request } = read.value;
    return this.desk.unitOfWork.transaction(async (tx) => {
      const locked = await this.desk.store.lock(tx, command.accountId);
      if (locked === null) return err(unknownAccount(command.accountId));
      const books = await openBooks(this.desk, tx, locked, [instrument]);
      const intent = handIntent(order, request, books);
      const outcome = askRisk(books.draft, intent, books.now);
      const { scale } = books.draft.instrument(intent.symbol);
      const reservedCents = outcome.approved ? outcome.reservedCents : 0;
      return ok({
        approved: outcome.approved,
        deniedCode: outcome.approved ? null : outcome.code,
        checks: outcome.checks,
        reservedCash: moneyToText(reservedCents, scale.moneyIncrement),
        ...estimate(intent, books),
      });
    });
  }
}

type Estimate = Pick<OrderPreview, 'estimatedPrice' | 'estimatedNotional' | 'estimatedFee'>;

function estimate(intent: OrderIntent, { draft }: OpenBooks): Estimate {
  const market = draft.markets.get(intent.symbol);
  if (market === undefined) return { estimatedPrice: null, estimatedNotional: null, estimatedFee: null };
  const { scale, costs } = draft.instrument(intent.symbol);
  const ticks = estimateTicks(intent, market.lastTicks, costs);
  const estimatedPrice = stepsToText(ticks, scale.tickSize);
  if (!isCountable(scale, ticks, intent.lots)) return { estimatedPrice, estimatedNotional: null, estimatedFee: null };
  const notional = notionalCents(scale, ticks, intent.lots);
  return {
    estimatedPrice,
    estimatedNotional: moneyToText(notional, scale.moneyIncrement),
    estimatedFee: moneyToText(feeCents(notional, costs.feeBps), scale.moneyIncrement),
  };
}

/** By the rules of the paper broker, for a bar that opens at the last price and later reaches the order's own. */
function estimateTicks({ side, limitTicks, stopTicks }: OrderIntent, lastTicks: number, costs: Costs): number {
  const fraction = adverseFraction(costs);
  if (limitTicks !== null) {
    const atOnce = limitFillTicks(side, limitTicks, lastTicks, lastTicks, lastTicks, costs.tradeThroughTicks, fraction);
    return Number.isNaN(atOnce) ? limitTicks : atOnce;
  }
  if (stopTicks === null) return marketFillTicks(side, lastTicks, fraction);
  return adverseTicks(side, stopFillsAtOpen(side, stopTicks, lastTicks) ? lastTicks : stopTicks, fraction);
}
