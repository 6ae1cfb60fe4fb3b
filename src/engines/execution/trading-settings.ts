import type { Instrument } from '../../domain/instrument.js';
import type { InstrumentScale } from '../portfolio/instrument-scale.js';
import type { RiskLimits } from '../risk/limits.js';
import type { Costs } from './costs.js';
import type { TradingRules } from './trading-rules.js';

export interface TradedInstrument {
  readonly calendar: Instrument['calendar'];
  readonly scale: InstrumentScale;
  readonly costs: Costs;
}

/** What does not change from slice to slice. */
export interface TradingSettings {
  readonly instruments: ReadonlyMap<string, TradedInstrument>;
  readonly limits: RiskLimits;
  /** Left out: those of a cash account, as paper accounts are. */
  readonly rules?: TradingRules;
}
