import type { AccountStatus } from '../../domain/account.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';

/** All that risk knows of an account and a market when it decides: taken from the locked account. */
export interface RiskView {
  readonly status: AccountStatus;
  readonly currency: string;
  readonly scale: InstrumentScale;
  readonly feeBps: number;
  readonly cashCents: number;
  /** Set aside for open buys. */
  readonly reservedCents: number;
  readonly equityCents: number;
  /** Equity when the day began. */
  readonly dayStartEquityCents: number;
  readonly positionLots: number;
  /** Not yet bought by open buys of this symbol. */
  readonly openBuyLots: number;
  /** Not yet sold by open sales of this symbol; protective orders follow the position and are not counted. */
  readonly openSellLots: number;
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
