import type { Instrument } from '../../domain/instrument.js';
import { nativeCosts, type Costs } from '../../engines/execution/costs.js';
import type { TradingSettings } from '../../engines/execution/trading-settings.js';
import { instrumentScale } from '../../engines/portfolio/instrument-scale.js';
import { DEFAULT_RISK_LIMITS, type RiskLimits } from '../../engines/risk/limits.js';

/** Under which bounds and costs accounts trade. */
export interface TradingProfile {
  readonly limits: RiskLimits;
  readonly costs: (instrument: Instrument) => Costs;
}

export const NATIVE_PROFILE: TradingProfile = {
  limits: DEFAULT_RISK_LIMITS,
  costs: (instrument) => nativeCosts(instrument.assetClass),
};

/** The profile applied to instruments: what the engine asks for. */
export function tradingSettings(
  profile: TradingProfile,
  instruments: ReadonlyMap<string, Instrument>,
): TradingSettings {
  return {
    limits: profile.limits,
    instruments: new Map(
      [...instruments].map(([symbol, instrument]) => [
        symbol,
        { calendar: instrument.calendar, scale: instrumentScale(instrument), costs: profile.costs(instrument) },
      ]),
    ),
  };
}
