import type { BarSeries } from '../../domain/bar.js';
import type { BarEvaluatedPayload } from '../../domain/events.js';
import type { SignalAction, SignalReason } from '../../domain/signal.js';

/** What a price model said of the bar after the window, with the out-of-sample evidence for the model. */
export interface PriceForecast {
  /** Natural logarithm of (next close / last close of the window). */
  readonly predictedLogReturn: number;
  /** 1 - MSE(model) / MSE(last price) on bars held out of training: above 0 beats the last price; null without meaning. */
  readonly skill: number | null;
  /** Standard error of the skill; null without meaning. */
  readonly skillStandardError: number | null;
  /** Predictions that the skill was measured on. */
  readonly heldOutCount: number;
}

/** What a source may know besides the bars. */
export interface SignalContext {
  /** Null while no model is in use; always null for sources of kind STRATEGY. */
  readonly forecast: PriceForecast | null;
  /** Fees, spread and slippage of buying and selling again, as a fraction of the price (0.0054 is 54 basis points). */
  readonly roundTripCosts: number;
}

/** Protection of an entry as seen at the decision, in the quote currency; distances are above 0. */
export interface Protection {
  readonly stopLoss: number;
  readonly takeProfit: number;
  readonly stopDistance: number;
  readonly takeProfitDistance: number;
}

/** A target for the position, or the reason why the source cannot say one of this bar. */
export type SignalDecision =
  | {
      readonly kind: 'SIGNAL';
      readonly action: SignalAction;
      readonly reason: SignalReason;
      /** 0 to 1; 0 on HOLD. */
      readonly confidence: number;
      /** Quote currency; null for sources that predict no price. */
      readonly predictedPrice: number | null;
      readonly currentPrice: number;
      /** Null on SELL and HOLD. */
      readonly protection: Protection | null;
      /** Thresholds, costs and measured values that the decision was made with; finite numbers, stored with the signal. */
      readonly settings: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'NOTHING'; readonly reason: Exclude<BarEvaluatedPayload['reason'], 'EVALUATION_FAILED'> };

/**
 * One source of signals: the LSTM, a rule, a strategy of the user's own. Pure: the same window and context give the
 * same decision, so that live trading and a backtest agree, and a restart needs no state.
 */
export interface SignalSource {
  /** Unique; names the source's signals and the account that trades them. */
  readonly name: string;
  /** MODEL sources are given a forecast, STRATEGY sources decide from the bars alone. */
  readonly kind: 'MODEL' | 'STRATEGY';
  /** Bars that it wants to see; the window is shorter only where the stored history is. */
  readonly lookback: number;
  /** @param window the last bars, oldest first, ending at the bar to decide on: nothing later is in it */
  decide(window: BarSeries, context: SignalContext): SignalDecision;
}
