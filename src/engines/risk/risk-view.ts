import type { AccountStatus } from '../../domain/account.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';

/** All that risk knows of an account and a market when it decides: taken from the locked account. */
export interface RiskView {
  readonly status: AccountStatus;
  readonly currency: string;
  readonly scale: InstrumentScale;
  readonly feeBps: number;
  /** What may still be set aside: cash, or equity where there is margin, less what is set aside or tied up already. */
  readonly freeCents: number;
  readonly equityCents: number;
  /** Equity divided by the margin: shares of the equity are shares of it. */
  readonly buyingPowerCents: number;
  /** Share of a position's value that is tied up; 1 on a cash account. */
  readonly margin: number;
  readonly allowShort: boolean;
  /** Equity when the day began. */
  readonly dayStartEquityCents: number;
  /** Below 0 for a short. */
  readonly positionLots: number;
  /** Lots of this symbol held on the order's side, or to be by open entries. */
  readonly exposedLots: number;
  /** Not yet closed by open exits of this symbol; protective orders follow the position and are not counted. */
  readonly openExitLots: number;
  readonly openOrders: number;
  /** True when an entry of this symbol is still open; a signal's second entry is the database's to refuse. */
  readonly entryPlaced: boolean;
  /** The symbol's last visible bar; null when it is not followed or has ended. */
  readonly market: MarketView | null;
  /** Decision clock, epoch milliseconds UTC. */
  readonly nowMs: number;
}

export interface MarketView {
  readonly lastTicks: number;
  readonly lastCloseTime: number;
  readonly timeframeMs: number;
  /** Volumes of the last bars; empty where they are not known. */
  readonly volumes: readonly number[];
}
