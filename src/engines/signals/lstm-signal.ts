import type { BarSeries } from '../../domain/bar.js';
import { hasSkill, SKILL_STANDARD_ERRORS } from '../../domain/model-skill.js';
import { logReturns } from '../indicators/log-returns.js';
import { standardDeviation } from '../indicators/rolling-standard-deviation.js';
import { PREDICTION_BARS } from '../ml/lstm-features.js';
import { lastBarsOf } from './bar-window.js';
import { forecastPrice } from './forecast-price.js';
import { ATR_LOOKBACK, longProtection, PROTECTION_SETTINGS } from './protection.js';
import type { SignalContext, SignalDecision, SignalSource } from './signal-source.js';

export interface LstmSignalOptions {
  /** Default `lstm`. */
  readonly name?: string;
  /** k: how many recent volatilities a predicted return must pass, above 0; 1 by default (a move that an ordinary bar makes by chance is none). */
  readonly volatilityMultiple?: number;
  /** Log returns that the recent volatility is taken over; 30 by default, as many bars as the model sees. */
  readonly volatilityBars?: number;
  /** How many of its standard errors a skill must be above 0 to be acted on, 0 or more; SKILL_STANDARD_ERRORS by default. */
  readonly skillStandardErrors?: number;
  /** False: predictions are acted on whatever their skill, for research; true by default. */
  readonly requireSkill?: boolean;
}

/**
 * Turns a model's predicted return into a target. BUY or SELL when it is past k times the recent volatility (standard
 * deviation of the last log returns) AND past the round-trip costs; else HOLD. A model whose skill is not told from 0
 * out of sample (hasSkill) is never acted on, however large its prediction: HOLD, NO_SKILL.
 *
 * Confidence is skill x (1 - threshold / |predicted return|), where the threshold is the larger of the two: 0 at the
 * threshold, growing with the excess over it towards the skill, which is 1 for a model without error. 0 on HOLD.
 */
export class LstmSignal implements SignalSource {
  readonly name: string;
  readonly kind = 'MODEL';
  readonly lookback: number;
  private readonly volatilityMultiple: number;
  private readonly volatilityBars: number;
  private readonly skillStandardErrors: number;
  private readonly requireSkill: boolean;
  private readonly minimumBars: number;

  /** @throws RangeError for a multiple that is not above 0 or fewer than two bars, or standard errors below 0. */
  constructor(options: LstmSignalOptions = {}) {
    const { name = 'lstm', volatilityMultiple = 1, volatilityBars = 30 } = options;
    const { skillStandardErrors = SKILL_STANDARD_ERRORS, requireSkill = true } = options;
    if (!(volatilityMultiple > 0 && Number.isFinite(volatilityMultiple))) {
      throw new RangeError(`volatilityMultiple must be a number above 0, not ${volatilityMultiple}`);
    }
    if (!Number.isInteger(volatilityBars) || volatilityBars < 2) {
      throw new RangeError(`volatilityBars must be a whole number of at least 2, not ${volatilityBars}`);
    }
    if (!(skillStandardErrors >= 0 && Number.isFinite(skillStandardErrors))) {
      throw new RangeError(`skillStandardErrors must be a number of at least 0, not ${skillStandardErrors}`);
    }
    this.name = name;
    this.skillStandardErrors = skillStandardErrors;
    this.requireSkill = requireSkill;
    this.volatilityMultiple = volatilityMultiple;
    this.volatilityBars = volatilityBars;
    this.minimumBars = Math.max(volatilityBars + 1, PREDICTION_BARS);
    this.lookback = Math.max(this.minimumBars, ATR_LOOKBACK);
  }

  decide(window: BarSeries, { forecast, roundTripCosts }: SignalContext): SignalDecision {
    const currentPrice = window.closes.at(-1);
    if (window.closes.length < this.minimumBars || currentPrice === undefined) {
      return { kind: 'NOTHING', reason: 'TOO_FEW_BARS' };
    }
    if (forecast === null) return { kind: 'NOTHING', reason: 'NO_MODEL' };
    const { predictedLogReturn, skill, skillStandardError, heldOutCount } = forecast;
    const predictedPrice = forecastPrice(currentPrice, predictedLogReturn);
    // A model that answers no price is no model: nothing is made up in its place.
    if (predictedPrice === null) return { kind: 'NOTHING', reason: 'NO_MODEL' };
    const volatility = standardDeviation(logReturns(lastBarsOf(window, this.volatilityBars + 1).closes), 1);
    const costThreshold = Math.log1p(roundTripCosts);
    const threshold = Math.max(this.volatilityMultiple * volatility, costThreshold);
    const signal = {
      kind: 'SIGNAL' as const,
      predictedPrice,
      currentPrice,
      settings: {
        volatilityMultiple: this.volatilityMultiple,
        volatilityBars: this.volatilityBars,
        volatility,
        roundTripCosts,
        predictedLogReturn,
        thresholdLogReturn: threshold,
        heldOutCount,
        skillStandardErrors: this.skillStandardErrors,
        ...numbersOf({ skill, skillStandardError }),
        ...PROTECTION_SETTINGS,
      },
    };
    const hold = { ...signal, action: 'HOLD', confidence: 0, protection: null } as const;
    if (this.requireSkill && !hasSkill(forecast, this.skillStandardErrors)) return { ...hold, reason: 'NO_SKILL' };
    const size = Math.abs(predictedLogReturn);
    if (size <= threshold) return { ...hold, reason: 'PREDICTION_BELOW_THRESHOLD' };
    const confidence = Math.max(0, Math.min(1, skill ?? 0)) * (1 - threshold / size);
    if (predictedLogReturn < 0)
      return { ...signal, action: 'SELL', reason: 'PREDICTED_FALL', confidence, protection: null };
    const protection = longProtection(window, roundTripCosts);
    // Without a stop there is no entry: prices that never moved give no distance for one.
    if (protection === null) return { ...hold, reason: 'PREDICTION_BELOW_THRESHOLD' };
    return { ...signal, action: 'BUY', reason: 'PREDICTED_RISE', confidence, protection };
  }
}

/** Settings hold finite numbers only: what is undefined is left out. */
function numbersOf(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
