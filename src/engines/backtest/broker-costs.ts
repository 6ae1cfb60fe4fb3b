import type { Commission, Slippage } from './options.js';

/** What one execution costs, in money; `units` signed or not. */
export function commissionOf(commission: Commission, units: number, price: number): number {
  switch (commission.kind) {
    case 'PERCENT':
      return Math.abs(units) * price * commission.rate;
    case 'FIXED_PLUS_PERCENT':
      return commission.fixed + Math.abs(units) * price * commission.rate;
    case 'PER_UNIT':
      return Math.max(commission.minimum, Math.abs(units) * commission.perUnit);
    case 'FUNCTION':
      return commission.commissionOf(units, price);
  }
}

/**
 * How far an execution moves against us, as a fraction of the price. A bar without volume counts as a share of 1.
 * @param bar its volume in units; looked up by the one model that asks for it, since the memory behind it is far away
 */
export function slippageFraction(slippage: Slippage, units: number, bar: { readonly volume: number }): number {
  switch (slippage.kind) {
    case 'NONE':
      return 0;
    case 'BASIS_POINTS':
      return slippage.basisPoints / 10_000;
    case 'VOLUME_SHARE': {
      const { volume } = bar;
      const share = volume > 0 ? Math.min(1, Math.abs(units) / volume) : 1;
      return slippage.impact * share * share;
    }
  }
}
