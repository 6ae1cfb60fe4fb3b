import type { BrokerOptions, Commission, Slippage } from './options.js';

/** Costs above this are a percentage that was meant as a fraction. */
const MAX_RATE = 1;

/** What is wrong with a broker's options, naming the field and its value; null when nothing is. */
export function faultOfOptions(options: BrokerOptions): string | null {
  const { cash, spread, margin, lotSize, volumeShare } = options;
  if (!(cash > 0 && Number.isFinite(cash))) return `cash: ${cash} is not an amount above 0`;
  if (!isRate(spread)) return `spread: ${spread} is not a fraction of the price from 0 to below ${MAX_RATE}`;
  if (!(margin > 0 && margin <= 1)) return `margin: ${margin} is not above 0 and at most 1`;
  if (!(lotSize >= 0 && Number.isFinite(lotSize))) return `lotSize: ${lotSize} is not 0 or above`;
  if (volumeShare !== null && !(volumeShare > 0 && volumeShare <= 1)) {
    return `volumeShare: ${volumeShare} is not above 0 and at most 1`;
  }
  return faultOfCommission(options.commission) ?? faultOfSlippage(options.slippage);
}

function faultOfCommission(commission: Commission): string | null {
  switch (commission.kind) {
    case 'PERCENT':
      return isRate(commission.rate) ? null : `commission: ${commission.rate} is not a fraction from 0 to below 1`;
    case 'FIXED_PLUS_PERCENT': {
      const { fixed, rate } = commission;
      return isAmount(fixed) && isRate(rate) ? null : `commission: ${fixed} plus ${rate} is no cost`;
    }
    case 'PER_UNIT': {
      const { perUnit, minimum } = commission;
      return isAmount(perUnit) && isAmount(minimum) ? null : `commission: ${perUnit} a unit, at least ${minimum}`;
    }
    case 'FUNCTION':
      return null;
  }
}

function faultOfSlippage(slippage: Slippage): string | null {
  switch (slippage.kind) {
    case 'NONE':
      return null;
    case 'BASIS_POINTS':
      return isRate(slippage.basisPoints / 10_000) ? null : `slippage: ${slippage.basisPoints} basis points`;
    case 'VOLUME_SHARE':
      return isRate(slippage.impact) ? null : `slippage: an impact of ${slippage.impact}`;
  }
}

const isAmount = (value: number): boolean => value >= 0 && Number.isFinite(value);
const isRate = (value: number): boolean => value >= 0 && value < MAX_RATE;
