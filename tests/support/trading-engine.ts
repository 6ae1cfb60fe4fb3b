import type { AccountState } from '../../src/domain/account-state.js';
import type { TradingSettings } from '../../src/engines/execution/trading-settings.js';
import { dayStartOf } from '../../src/engines/execution/valuation.js';
import type { SignalAction } from '../../src/domain/signal.js';
import type { Costs } from '../../src/engines/execution/costs.js';
import { nativeCosts } from '../../src/engines/execution/costs.js';
import type { Slice, SliceBar, SliceSignal } from '../../src/engines/execution/slice.js';
import { instrumentScale } from '../../src/engines/portfolio/instrument-scale.js';
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '../../src/engines/risk/limits.js';
import { naturalId } from '../../src/domain/event-id.js';

export const MINUTE = 60_000;
export const START = Date.parse('2016-01-03T15:30:00Z');
export const SYMBOL = 'BTC-USD';

export const bitcoin = instrumentScale({ symbol: SYMBOL, currency: 'USD', tickSize: '0.01', lotSize: '0.00000001' });
export const share = instrumentScale({ symbol: 'AAPL', currency: 'USD', tickSize: '0.01', lotSize: '1' });

/** Costs of nothing, all volume: what a test changes is what it is about. */
export const FREE: Costs = { feeBps: 0, slippageBps: 0, halfSpreadBps: 0, volumeShare: 1, tradeThroughTicks: 1 };

export function makeSettings(costs: Costs = FREE, limits: Partial<RiskLimits> = {}): TradingSettings {
  return {
    instruments: new Map([
      [SYMBOL, { calendar: 'crypto', scale: bitcoin, costs }],
      ['AAPL', { calendar: 'us-equity', scale: share, costs }],
    ]),
    limits: { ...DEFAULT_RISK_LIMITS, ...limits },
  };
}
export const nativeSettings = (): TradingSettings => makeSettings(nativeCosts('CRYPTO'));

export function makeState(change: Partial<AccountState> = {}): AccountState {
  return {
    accountId: 'replay-ema-cross',
    status: 'ACTIVE',
    currency: 'USD',
    signalSource: 'ema-cross',
    cashCents: 10_000_000,
    feesCents: 0,
    netDepositsCents: 10_000_000,
    asOf: START,
    day: { start: dayStartOf(START), startEquityCents: 10_000_000 },
    positions: new Map(),
    orders: new Map(),
    markets: new Map(),
    ...change,
  };
}

/** The bar that opens `minute` minutes after START. Prices in the quote currency. */
export function makeBar(
  minute: number,
  prices: { open: number; high?: number; low?: number; close?: number; volume?: number; symbol?: string },
): SliceBar {
  const close = prices.close ?? prices.open;
  return {
    symbol: prices.symbol ?? SYMBOL,
    timeframe: 'ONE_MINUTE',
    timestamp: START + minute * MINUTE,
    closeTime: START + (minute + 1) * MINUTE,
    open: prices.open,
    high: prices.high ?? Math.max(prices.open, close),
    low: prices.low ?? Math.min(prices.open, close),
    close,
    volume: prices.volume ?? 1_000_000,
  };
}

export function makeSignal(minute: number, action: SignalAction, change: Partial<SliceSignal> = {}): SliceSignal {
  const timestamp = START + (minute + 1) * MINUTE;
  const symbol = change.symbol ?? SYMBOL;
  return {
    id: naturalId('signal', 'ema-cross', symbol, 'ONE_MINUTE', timestamp),
    source: 'ema-cross',
    symbol,
    timeframe: 'ONE_MINUTE',
    timestamp,
    action,
    stopDistance: null,
    takeProfitDistance: null,
    entry: null,
    ...change,
  };
}

export function makeSlice(minute: number, bars: readonly SliceBar[], change: Partial<Slice> = {}): Slice {
  const time = START + (minute + 1) * MINUTE;
  return { time, decisionTime: time, bars, signals: [], ended: [], ...change };
}
