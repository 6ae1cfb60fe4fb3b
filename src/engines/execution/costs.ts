import type { AssetClass } from '../../domain/instrument.js';

/** What a paper execution costs beyond its reference price, and how much of the market it may take. */
export interface Costs {
  /** Commission on the notional, basis points in hundredths. */
  readonly feeBps: number;
  /** Price move against us by trading at all, basis points. */
  readonly slippageBps: number;
  /** Half of the modelled spread: live paper without quotes pays it too. Basis points. */
  readonly halfSpreadBps: number;
  /** Share of the trailing mean volume of a bar that our orders may take together. */
  readonly volumeShare: number;
  /** Ticks by which a bar must trade through a limit before it is filled: others stand before us in the queue. */
  readonly tradeThroughTicks: number;
}

/** The native profile: a venue's published retail tier for crypto, commission-free equities. */
export function nativeCosts(assetClass: AssetClass): Costs {
  const crypto = assetClass === 'CRYPTO';
  return {
    feeBps: crypto ? 25 : 0,
    slippageBps: 1,
    halfSpreadBps: crypto ? 1 : 0.5,
    volumeShare: 0.1,
    tradeThroughTicks: 1,
  };
}

/** Slippage and half spread together, as a fraction of the price. */
export const adverseFraction = (costs: Costs): number => (costs.slippageBps + costs.halfSpreadBps) / 10_000;

/** What buying and selling again costs together, as a fraction of the price: a signal must expect more than that. */
export const roundTripFraction = (costs: Costs): number => 2 * (costs.feeBps / 10_000 + adverseFraction(costs));
