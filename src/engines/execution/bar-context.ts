import type { BarTicks } from './market-state.js';
import type { SliceBar } from './slice.js';
import type { TradedInstrument } from './trading-settings.js';
import type { VolumeBudget } from './volume-budget.js';

/** How the price moved when an entry was filled inside the bar: what came after it is only partly known. */
export type EnteredInside = 'FALLING' | 'RISING';

/** One bar while orders are being filled in it. */
export interface BarContext {
  readonly bar: SliceBar;
  readonly instrument: TradedInstrument;
  readonly ticks: BarTicks;
  readonly budget: VolumeBudget;
  /** Entries filled inside this bar (not at its open), by order id. */
  readonly enteredInside: Map<string, EnteredInside>;
}
