import type { BarSeries } from '../../domain/bar.js';
import { ema } from '../indicators/ema.js';
import { lastBarsOf } from './bar-window.js';
import { averageTrueRange, longProtection, PROTECTION_SETTINGS } from './protection.js';
import type { SignalContext, SignalDecision, SignalSource } from './signal-source.js';

export interface EmaCrossOptions {
  /** Default `ema-cross`. */
  readonly name?: string;
  /** Bars; 12 by default. */
  readonly fastPeriod?: number;
  /** Bars; 26 by default, above `fastPeriod`. */
  readonly slowPeriod?: number;
}

/** Slow periods in a window: its start weighs (25/27)^234, about 1e-8, in the last average, so where it starts decides nothing. */
const LOOKBACK_PERIODS = 10;
/** Slow periods below which the start of the window still weighs more than 1 % in the averages. */
const MINIMUM_PERIODS = 4;
/** Averages closer than this share of the price are equal: on flat prices they differ by rounding alone. */
const EQUAL_SHARE = 1e-9;

/**
 * Long while the fast exponential average of the closes is above the slow one: BUY on the bar where it crosses above,
 * SELL where it crosses below, else HOLD. It has no view on the next price and no measured skill.
 *
 * The averages are taken anew over the last 260 bars (10 slow periods) at each bar, so the decision depends on these
 * bars alone. Confidence is g / (1 + g), where g is the distance of the averages in average true ranges: 0 for a bare
 * touch, 0.5 when they are one range apart.
 */
export class EmaCross implements SignalSource {
  readonly name: string;
  readonly kind = 'STRATEGY';
  readonly lookback: number;
  private readonly fastPeriod: number;
  private readonly slowPeriod: number;

  /** @throws RangeError unless both periods are whole numbers and 1 <= fast < slow. */
  constructor(options: EmaCrossOptions = {}) {
    const { name = 'ema-cross', fastPeriod = 12, slowPeriod = 26 } = options;
    if (!Number.isInteger(fastPeriod) || !Number.isInteger(slowPeriod) || fastPeriod < 1 || fastPeriod >= slowPeriod) {
      throw new RangeError(`ema-cross needs whole periods with 1 <= fast < slow, not ${fastPeriod} and ${slowPeriod}`);
    }
    this.name = name;
    this.fastPeriod = fastPeriod;
    this.slowPeriod = slowPeriod;
    this.lookback = LOOKBACK_PERIODS * slowPeriod;
  }

  decide(window: BarSeries, { roundTripCosts }: SignalContext): SignalDecision {
    const seen = lastBarsOf(window, this.lookback);
    const { closes } = seen;
    const range = averageTrueRange(seen);
    const currentPrice = closes.at(-1);
    if (closes.length < MINIMUM_PERIODS * this.slowPeriod || range === null || currentPrice === undefined) {
      return { kind: 'NOTHING', reason: 'TOO_FEW_BARS' };
    }
    const fast = ema(closes, this.fastPeriod);
    const slow = ema(closes, this.slowPeriod);
    const before = this.side(fast.at(-2), slow.at(-2));
    const now = this.side(fast.at(-1), slow.at(-1));
    const gap = Math.abs((fast.at(-1) as number) - (slow.at(-1) as number));
    const signal = {
      kind: 'SIGNAL' as const,
      predictedPrice: null,
      currentPrice,
      settings: {
        fastPeriod: this.fastPeriod,
        slowPeriod: this.slowPeriod,
        lookbackBars: closes.length,
        fastAverage: fast.at(-1) as number,
        slowAverage: slow.at(-1) as number,
        averageTrueRange: range,
        roundTripCosts,
        ...PROTECTION_SETTINGS,
      },
    };
    const hold = { ...signal, action: 'HOLD', reason: 'NO_CROSS', confidence: 0, protection: null } as const;
    // Without a range nothing moved: there is no cross to act on and no distance for a stop.
    if (now === before || now === 0 || range === 0) return hold;
    const confidence = gap / (gap + range);
    if (now < 0) return { ...signal, action: 'SELL', reason: 'CROSSED_BELOW', confidence, protection: null };
    const protection = longProtection(seen, roundTripCosts);
    return protection === null ? hold : { ...signal, action: 'BUY', reason: 'CROSSED_ABOVE', confidence, protection };
  }

  /** 1 when the fast average is above the slow one, -1 below, 0 when they are equal but for rounding. */
  private side(fast = NaN, slow = NaN): -1 | 0 | 1 {
    const gap = fast - slow;
    if (Math.abs(gap) <= EQUAL_SHARE * slow) return 0;
    return gap > 0 ? 1 : -1;
  }
}
