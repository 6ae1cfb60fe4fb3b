import type { Instrument } from '../../domain/instrument.js';
import type { AccountStatus } from '../../domain/account.js';
import type { Position } from '../portfolio/position.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { RiskLimits } from '../risk/limits.js';
import type { Costs } from './costs.js';
import type { MarketState } from './market-state.js';
import type { OrderState } from './order-state.js';

/** One account between two slices. Immutable: `processSlice` answers a new one. */
export interface AccountState {
  readonly accountId: string;
  readonly status: AccountStatus;
  readonly currency: string;
  /** The signal source it trades, or null for an account of orders by hand. */
  readonly signalSource: string | null;
  readonly cashCents: number;
  readonly feesCents: number;
  readonly netDepositsCents: number;
  /** Time of the last slice acted on. */
  readonly asOf: number;
  readonly day: TradingDay;
  /** By symbol; flat ones keep their realized PnL. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Open orders by id. */
  readonly orders: ReadonlyMap<string, OrderState>;
  /** By symbol: what the past bars of a symbol leave behind. Empty for symbols that have not been seen yet. */
  readonly markets: ReadonlyMap<string, MarketState>;
}

export interface TradingDay {
  /** UTC midnight that it began at; a bar that closes at midnight still belongs to the day before. */
  readonly start: number;
  readonly startEquityCents: number;
}

export interface TradedInstrument {
  readonly calendar: Instrument['calendar'];
  readonly scale: InstrumentScale;
  readonly costs: Costs;
}

/** What does not change from slice to slice. */
export interface TradingSettings {
  readonly instruments: ReadonlyMap<string, TradedInstrument>;
  readonly limits: RiskLimits;
}

const DAY_MS = 86_400_000;

/** UTC midnight at which the day of a slice began. */
export const dayStartOf = (time: number): number => Math.floor((time - 1) / DAY_MS) * DAY_MS;

export const equityCents = (cashCents: number, positions: Iterable<Position>): number => {
  let equity = cashCents;
  for (const position of positions) equity += position.marketValueCents;
  return equity;
};
