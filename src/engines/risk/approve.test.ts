import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentScale } from '../portfolio/instrument-scale.js';
import { approve } from './approve.js';
import { DEFAULT_RISK_LIMITS } from './limits.js';
import type { OrderIntent } from './order-intent.js';
import type { RiskView } from './risk-view.js';
import { entryLots } from './sizing.js';

const scale = instrumentScale({ symbol: 'BTC-USD', currency: 'USD', tickSize: '0.01', lotSize: '0.00000001' });
const ONE = 100_000_000;
const NOW = Date.parse('2016-01-03T15:31:00Z');

const view = (change: Partial<RiskView> = {}): RiskView => ({
  status: 'ACTIVE',
  currency: 'USD',
  scale,
  feeBps: 25,
  freeCents: 10_000_000,
  equityCents: 10_000_000,
  buyingPowerCents: 10_000_000,
  margin: 1,
  allowShort: false,
  dayStartEquityCents: 10_000_000,
  positionLots: 0,
  exposedLots: 0,
  openExitLots: 0,
  openOrders: 0,
  entryPlaced: false,
  market: { lastTicks: 40_000, lastCloseTime: NOW, timeframeMs: 60_000, volumes: [0, 3] },
  nowMs: NOW,
  ...change,
});

const intent = (change: Partial<OrderIntent> = {}): OrderIntent => ({
  orderId: 'o',
  clientOrderId: 'c',
  symbol: 'BTC-USD',
  side: 'BUY',
  orderType: 'MARKET',
  timeInForce: 'GTC',
  cause: 'MANUAL',
  lots: 10 * ONE,
  limitTicks: null,
  stopTicks: null,
  stopDistanceTicks: null,
  takeProfitDistanceTicks: null,
  signalId: null,
  signalTime: null,
  decidedAt: NOW,
  ...change,
});

const ask = (i: Partial<OrderIntent>, v: Partial<RiskView> = {}) => approve(intent(i), view(v), DEFAULT_RISK_LIMITS);

describe('approve', () => {
  it('reserves a market buy at the collar, fee included', () => {
    // 10 x 420.00 = 4,200.00 and 25 bps of it
    expect(ask({})).toMatchObject({ approved: true, reservedCents: 421_050, reservePriceTicks: 42_000 });
  });

  it('names code, limit, value and headroom of what it denies', () => {
    expect(ask({ lots: 1000 * ONE }, { freeCents: 6_000_000 })).toMatchObject({
      approved: false,
      code: 'INSUFFICIENT_FUNDS',
      limit: '60000.00',
      value: '421050.00',
      headroom: '60000.00',
    });
    expect(ask({ lots: 30 * ONE }, { exposedLots: 30 * ONE })).toMatchObject({
      code: 'MAX_POSITION',
      limit: '20000.00',
      value: '24000.00',
      headroom: '8000.00',
    });
  });

  it('denies a sale of what is not held, open sales counted', () => {
    expect(ask({ side: 'SELL', lots: 3 * ONE }, { positionLots: 4 * ONE, openExitLots: 2 * ONE })).toMatchObject({
      code: 'INSUFFICIENT_POSITION',
      limit: '4',
      value: '5',
      headroom: '2',
    });
  });

  it.each([
    ['ACCOUNT_HALTED', {}, { status: 'HALTED' as const }],
    ['ACCOUNT_REDUCING', {}, { status: 'REDUCING' as const }],
    ['STALE_DATA', {}, { nowMs: NOW + 15 * 60_000 + 1 }],
    [
      'NO_TRADED_VOLUME',
      {},
      { market: { lastTicks: 40_000, lastCloseTime: NOW, timeframeMs: 60_000, volumes: [0, 0] } },
    ],
    ['PRICE_OUT_OF_COLLAR', { orderType: 'LIMIT' as const, limitTicks: 42_001 }, {}],
    ['DAILY_LOSS', {}, { dayStartEquityCents: 10_526_316 }],
    ['BELOW_MIN_NOTIONAL', { lots: 1 }, {}],
    ['ENTRY_ALREADY_PLACED', { signalId: 's', signalTime: NOW }, { entryPlaced: true }],
    ['SIGNAL_EXPIRED', { signalId: 's', signalTime: NOW - 120_001 }, {}],
    [
      'MAX_ORDER_NOTIONAL',
      { lots: 2600 * ONE },
      { freeCents: 1e12, equityCents: 1e12, buyingPowerCents: 1e12, dayStartEquityCents: 1e12 },
    ],
    ['TOO_MANY_OPEN_ORDERS', {}, { openOrders: 100 }],
    ['PROTECTION_ON_WRONG_SIDE', { stopDistanceTicks: 40_000 }, {}],
  ])('gates what increases exposure: %s', (code, i, v) => {
    expect(ask(i, v)).toMatchObject({ approved: false, code });
  });

  it('lets an exit pass every gate', () => {
    const worst = {
      status: 'HALTED' as const,
      nowMs: NOW + 1e9,
      dayStartEquityCents: 1e9,
      cashCents: 0,
      openOrders: 150,
    };
    expect(ask({ side: 'SELL', lots: ONE }, { ...worst, positionLots: ONE })).toMatchObject({
      approved: true,
      reservedCents: 0,
    });
  });

  it('denies both sides what cannot be: no market, no countable quantity, another currency', () => {
    expect(ask({}, { market: null })).toMatchObject({ code: 'NO_MARKET_DATA' });
    expect(ask({ side: 'SELL' }, { market: null, positionLots: 10 * ONE })).toMatchObject({ code: 'NO_MARKET_DATA' });
    expect(ask({ lots: 0 })).toMatchObject({ code: 'QUANTITY_OUT_OF_RANGE' });
    expect(ask({ lots: Number.MAX_SAFE_INTEGER, limitTicks: 1e15, orderType: 'LIMIT' })).toMatchObject({
      code: 'QUANTITY_OUT_OF_RANGE',
    });
    expect(ask({}, { currency: 'EUR' })).toMatchObject({ code: 'CURRENCY_MISMATCH' });
  });

  it('records every check of an approved order', () => {
    const codes = ask({ signalId: 's', signalTime: NOW, stopDistanceTicks: 10 }).checks.map((check) => check.code);
    expect(codes).toEqual([
      'QUANTITY_OUT_OF_RANGE',
      'NO_MARKET_DATA',
      'CURRENCY_MISMATCH',
      'TOO_MANY_OPEN_ORDERS',
      'PROTECTION_NOT_APPLICABLE',
      'PROTECTION_ON_WRONG_SIDE',
      'ACCOUNT_HALTED',
      'ACCOUNT_REDUCING',
      'ENTRY_ALREADY_PLACED',
      'SIGNAL_EXPIRED',
      'STALE_DATA',
      'NO_TRADED_VOLUME',
      'PRICE_OUT_OF_COLLAR',
      'BELOW_MIN_NOTIONAL',
      'INSUFFICIENT_FUNDS',
      'MAX_ORDER_NOTIONAL',
      'MAX_POSITION',
      'DAILY_LOSS',
    ]);
  });

  it('never approves more than the free cash or the free position', () => {
    const lots = fc.integer({ min: 1, max: 1000 * ONE });
    fc.assert(
      fc.property(
        lots,
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        (wanted, cash, reserved) => {
          const outcome = ask(
            { lots: wanted },
            {
              freeCents: cash - Math.min(cash, reserved),
              equityCents: 1e12,
              buyingPowerCents: 1e12,
              dayStartEquityCents: 1e12,
            },
          );
          if (outcome.approved) expect(outcome.reservedCents).toBeLessThanOrEqual(cash - Math.min(cash, reserved));
        },
      ),
    );
  });
});

describe('entryLots', () => {
  it('floors ten percent of equity to lots', () => {
    expect(entryLots(scale, 10_000_000, 43_233, 0.1)).toBe(Math.floor((1_000_000 / 43_233) * ONE));
    const apple = instrumentScale({ symbol: 'AAPL', currency: 'USD', tickSize: '0.01', lotSize: '1' });
    expect(entryLots(apple, 100_000, 10_001, 0.1)).toBe(0);
    expect(entryLots(apple, 10_000_000, 24_214, 0.1)).toBe(41);
    expect(entryLots(apple, -5, 24_214, 0.1)).toBe(0);
  });
});
