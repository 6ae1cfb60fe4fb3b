import { MAX_WHOLE } from '../portfolio/whole-number.js';
import { isCountable, notionalCents } from '../portfolio/money.js';
import { atLeast, atMost, demand, type HeldCheck } from './held-check.js';
import type { RiskLimits } from './limits.js';
import type { OrderIntent } from './order-intent.js';
import { reserveCents, reservePriceTicks } from './reserve.js';
import type { MarketView, RiskView } from './risk-view.js';

/** Rules of every order, whatever its direction. */
export function checkFacts(intent: OrderIntent, view: RiskView, limits: RiskLimits): HeldCheck[] {
  const price = reservePriceTicks(intent, view.market?.lastTicks ?? 1, limits.collarFraction);
  const countable = intent.lots >= 1 && isCountable(view.scale, price, intent.lots);
  const byHand = intent.cause === 'MANUAL';
  const openOrdersLimit = intent.side === 'BUY' ? limits.maxOpenOrders : limits.maxOpenOrders * 2;
  const checks: HeldCheck[] = [
    { ...atLeast('QUANTITY_OUT_OF_RANGE', intent.lots, MAX_WHOLE, 'LOTS'), passed: countable },
    demand('NO_MARKET_DATA', view.market !== null, view.market === null ? 'no bars are coming' : 'bars are coming'),
    demand('CURRENCY_MISMATCH', view.scale.currency === view.currency, view.scale.currency),
  ];
  if (intent.side === 'SELL') {
    checks.push(atMost('INSUFFICIENT_POSITION', intent.lots, view.positionLots, view.openSellLots, 'LOTS'));
  }
  if (intent.side === 'BUY' || byHand) {
    checks.push(atMost('TOO_MANY_OPEN_ORDERS', 1, openOrdersLimit, view.openOrders));
  }
  return [...checks, ...checkProtection(intent, view)];
}

function checkProtection(intent: OrderIntent, view: RiskView): HeldCheck[] {
  if (intent.stopDistanceTicks === null && intent.takeProfitDistanceTicks === null) return [];
  const reference = intent.limitTicks ?? intent.stopTicks ?? view.market?.lastTicks ?? 0;
  const stop = intent.stopDistanceTicks ?? 1;
  const target = intent.takeProfitDistanceTicks ?? 1;
  const distances = `stop ${stop} and take-profit ${target} ticks from ${reference}`;
  return [
    demand('PROTECTION_NOT_APPLICABLE', intent.side === 'BUY', intent.side),
    demand('PROTECTION_ON_WRONG_SIDE', stop > 0 && stop < reference && target > 0, distances),
  ];
}

/** Gates: they refuse only what increases exposure. The market is there, and the quantity can be counted. */
export function checkGates(intent: OrderIntent, view: RiskView, market: MarketView, limits: RiskLimits): HeldCheck[] {
  return [
    demand('ACCOUNT_HALTED', view.status !== 'HALTED', view.status),
    demand('ACCOUNT_REDUCING', view.status !== 'REDUCING', view.status),
    ...checkSignal(intent, view, market, limits),
    atMost('STALE_DATA', view.nowMs - market.lastCloseTime, limits.staleAfterBars * market.timeframeMs, 0),
    ...checkVolume(market),
    checkCollar(intent, market, limits),
    ...checkMoney(intent, view, market, limits),
  ];
}

function checkSignal(intent: OrderIntent, view: RiskView, market: MarketView, limits: RiskLimits): HeldCheck[] {
  if (intent.signalTime === null) return [];
  const age = view.nowMs - intent.signalTime;
  return [
    demand('ENTRY_ALREADY_PLACED', !view.entryPlaced, intent.signalId ?? ''),
    atMost('SIGNAL_EXPIRED', age, limits.signalExpiresAfterBars * market.timeframeMs, 0),
  ];
}

/** Fills take a share of the trailing volume: where nothing was traded, an entry would wait for ever. */
function checkVolume({ volumes }: MarketView): HeldCheck[] {
  if (volumes.length === 0) return [];
  const traded = volumes.some((volume) => volume > 0);
  return [
    demand('NO_TRADED_VOLUME', traded, `${traded ? 'something' : 'nothing'} was traded in ${volumes.length} bars`),
  ];
}

/** A buy's own price far above the market is a slip of the finger; one below it just waits. */
function checkCollar(intent: OrderIntent, market: MarketView, limits: RiskLimits): HeldCheck {
  const bound = Math.floor(market.lastTicks * (1 + limits.collarFraction));
  return atMost('PRICE_OUT_OF_COLLAR', intent.limitTicks ?? intent.stopTicks ?? market.lastTicks, bound, 0, 'TICKS');
}

function checkMoney(intent: OrderIntent, view: RiskView, market: MarketView, limits: RiskLimits): HeldCheck[] {
  const { scale } = view;
  const price = reservePriceTicks(intent, market.lastTicks, limits.collarFraction);
  const reserve = reserveCents(scale, price, intent.lots, view.feeBps);
  const decisionTicks = intent.limitTicks ?? intent.stopTicks ?? market.lastTicks;
  const notional = notionalCents(scale, decisionTicks, intent.lots);
  const held = valueCents(view, market.lastTicks, view.positionLots + view.openBuyLots);
  const minimum = Math.round(limits.minOrderNotional * scale.centsPerUnit);
  const loss = Math.max(0, view.dayStartEquityCents - view.equityCents);
  const lossLimit = Math.floor(view.dayStartEquityCents * limits.maxDailyLossFraction);
  return [
    atLeast('BELOW_MIN_NOTIONAL', notional, minimum, 'CENTS'),
    atMost('INSUFFICIENT_FUNDS', reserve, view.cashCents - view.reservedCents, 0, 'CENTS'),
    atMost('MAX_ORDER_NOTIONAL', notional, Math.round(limits.maxOrderNotional * scale.centsPerUnit), 0, 'CENTS'),
    atMost('MAX_POSITION', notional, Math.floor(view.equityCents * limits.maxPositionFraction), held, 'CENTS'),
    // At the bound the day is over: what is lost already must be below it.
    { ...atMost('DAILY_LOSS', loss, lossLimit, 0, 'CENTS'), passed: loss < lossLimit },
  ];
}

const valueCents = (view: RiskView, ticks: number, lots: number): number =>
  lots === 0 ? 0 : notionalCents(view.scale, ticks, lots);
