import { MAX_WHOLE } from '../portfolio/whole-number.js';
import { isCountable, notionalCents } from '../portfolio/money.js';
import type { CheckList } from './held-check.js';
import type { RiskLimits } from './limits.js';
import { increasesExposure, type OrderIntent } from './order-intent.js';
import { reservePriceTicks } from './reserve.js';
import type { MarketView, RiskView } from './risk-view.js';

/** Rules of every order, whatever its direction. Answers whether the quantity can be counted: no amount is asked else. */
export function checkFacts(checks: CheckList, intent: OrderIntent, view: RiskView, limits: RiskLimits): boolean {
  const price = reservePriceTicks(intent, view.market?.lastTicks ?? 1, limits.collarFraction);
  const countable = intent.lots >= 1 && isCountable(view.scale, price, intent.lots);
  const byHand = intent.cause === 'MANUAL';
  const adds = increasesExposure(intent);
  const openOrdersLimit = adds ? limits.maxOpenOrders : limits.maxOpenOrders * 2;
  checks.bound('QUANTITY_OUT_OF_RANGE', countable, intent.lots, MAX_WHOLE, null, 'LOTS');
  checks.demand(
    'NO_MARKET_DATA',
    view.market !== null,
    view.market === null ? 'no bars are coming' : 'bars are coming',
  );
  checks.demand('CURRENCY_MISMATCH', view.scale.currency === view.currency, view.scale.currency);
  if (!adds) {
    const held = intent.side === 'SELL' ? view.positionLots : 0 - view.positionLots;
    checks.atMost('INSUFFICIENT_POSITION', intent.lots, held, view.openExitLots, 'LOTS');
  } else if (intent.side === 'SELL') {
    checks.demand('INSUFFICIENT_POSITION', view.allowShort, 'an entry by a sale');
  }
  if (adds || byHand) checks.atMost('TOO_MANY_OPEN_ORDERS', 1, openOrdersLimit, view.openOrders);
  checkProtection(checks, intent, view);
  return countable;
}

function checkProtection(checks: CheckList, intent: OrderIntent, view: RiskView): void {
  if (intent.stopDistanceTicks === null && intent.takeProfitDistanceTicks === null) return;
  const reference = intent.limitTicks ?? intent.stopTicks ?? view.market?.lastTicks ?? 0;
  const stop = intent.stopDistanceTicks ?? 1;
  const target = intent.takeProfitDistanceTicks ?? 1;
  checks.demand('PROTECTION_NOT_APPLICABLE', increasesExposure(intent), intent.side);
  // What lies below the entry must be a price: the stop of a long position, the target of a short one.
  const below = intent.side === 'BUY' ? stop : target;
  checks.demand(
    'PROTECTION_ON_WRONG_SIDE',
    stop > 0 && target > 0 && below < reference,
    () => `stop ${stop} and take-profit ${target} ticks from ${reference}`,
  );
}

/**
 * Gates: they refuse only what increases exposure. The market is there, and the quantity can be counted.
 * @param reservedCents what the order would set aside, fee included
 */
export function checkGates(
  checks: CheckList,
  intent: OrderIntent,
  view: RiskView,
  market: MarketView,
  limits: RiskLimits,
  reservedCents: number,
): void {
  checks.demand('ACCOUNT_HALTED', view.status !== 'HALTED', view.status);
  checks.demand('ACCOUNT_REDUCING', view.status !== 'REDUCING', view.status);
  if (intent.signalTime !== null) {
    const age = view.nowMs - intent.signalTime;
    checks.demand('ENTRY_ALREADY_PLACED', !view.entryPlaced, intent.signalId ?? '');
    checks.atMost('SIGNAL_EXPIRED', age, limits.signalExpiresAfterBars * market.timeframeMs, 0);
  }
  checks.atMost('STALE_DATA', view.nowMs - market.lastCloseTime, limits.staleAfterBars * market.timeframeMs, 0);
  checkVolume(checks, market);
  checkCollar(checks, intent, market, limits);
  checkMoney(checks, intent, view, market, limits, reservedCents);
}

/** Fills take a share of the trailing volume: where nothing was traded, an entry would wait for ever. */
function checkVolume(checks: CheckList, { volumes }: MarketView): void {
  if (volumes.length === 0) return;
  const traded = volumes.some((volume) => volume > 0);
  checks.demand(
    'NO_TRADED_VOLUME',
    traded,
    () => `${traded ? 'something' : 'nothing'} was traded in ${volumes.length} bars`,
  );
}

/** A buy's own price far above the market is a slip of the finger, as a short's far below; on the other side it just waits. */
function checkCollar(checks: CheckList, intent: OrderIntent, market: MarketView, limits: RiskLimits): void {
  if (intent.side === 'SELL') {
    const least = Math.ceil(market.lastTicks * (1 - limits.collarFraction));
    checks.atLeast('PRICE_OUT_OF_COLLAR', decisionTicksOf(intent, market), least, 'TICKS');
    return;
  }
  const bound = Math.floor(market.lastTicks * (1 + limits.collarFraction));
  checks.atMost('PRICE_OUT_OF_COLLAR', decisionTicksOf(intent, market), bound, 0, 'TICKS');
}

function checkMoney(
  checks: CheckList,
  intent: OrderIntent,
  view: RiskView,
  market: MarketView,
  limits: RiskLimits,
  reservedCents: number,
): void {
  const { scale } = view;
  const notional = notionalCents(scale, decisionTicksOf(intent, market), intent.lots);
  const held = valueCents(view, market.lastTicks, view.exposedLots);
  const minimum = Math.round(limits.minOrderNotional * scale.centsPerUnit);
  const loss = Math.max(0, view.dayStartEquityCents - view.equityCents);
  const lossLimit = Math.floor(view.dayStartEquityCents * limits.maxDailyLossFraction);
  checks.atLeast('BELOW_MIN_NOTIONAL', notional, minimum, 'CENTS');
  checks.atMost('INSUFFICIENT_FUNDS', reservedCents, view.freeCents, 0, 'CENTS');
  checks.atMost('MAX_ORDER_NOTIONAL', notional, Math.round(limits.maxOrderNotional * scale.centsPerUnit), 0, 'CENTS');
  const positionLimit = Math.floor(view.buyingPowerCents * limits.maxPositionFraction);
  checks.atMost('MAX_POSITION', notional, positionLimit, held, 'CENTS');
  // At the bound the day is over: what is lost already must be below it.
  checks.bound('DAILY_LOSS', loss < lossLimit, loss, lossLimit, lossLimit, 'CENTS');
}

/** The price that an order is decided at: its own, or the last close. */
const decisionTicksOf = (intent: OrderIntent, market: MarketView): number =>
  intent.limitTicks ?? intent.stopTicks ?? market.lastTicks;

const valueCents = (view: RiskView, ticks: number, lots: number): number =>
  lots === 0 ? 0 : notionalCents(view.scale, ticks, lots);
