import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyNumberIsFinite, makeSeries, scaled, someSeries } from '../../../tests/support/bar-series.js';
import { barWindow } from './bar-window.js';
import { LstmSignal } from './lstm-signal.js';
import type { PriceForecast, SignalDecision } from './signal-source.js';

const source = new LstmSignal();
/** Moves of one percent to and fro: a volatility of about 0.01. */
const restless = makeSeries(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 400 : 404)));
const skilled = (
  predictedLogReturn: number,
  skill: number | null = 0.2,
  skillStandardError: number | null = 0.01,
): PriceForecast => ({
  predictedLogReturn,
  skill,
  skillStandardError,
  heldOutCount: 500,
});
const decide = (forecast: PriceForecast | null, roundTripCosts = 0.0054): SignalDecision =>
  source.decide(restless, { forecast, roundTripCosts });
const confidenceOf = (decision: SignalDecision): number => (decision.kind === 'SIGNAL' ? decision.confidence : NaN);

describe('the LSTM signal', () => {
  it('buys on a predicted rise past the volatility and the costs, with a stop and a target', () => {
    const decision = decide(skilled(0.03));
    expect(decision).toMatchObject({ action: 'BUY', reason: 'PREDICTED_RISE' });
    if (decision.kind !== 'SIGNAL' || decision.protection === null) throw new Error('not protected');
    expect(decision.predictedPrice).toBeCloseTo(404 * Math.exp(0.03), 9);
    expect(decision.protection.stopLoss).toBeLessThan(404);
    expect(decision.protection.takeProfit).toBeGreaterThan(404);
    expect(decision.settings).toMatchObject({
      volatilityMultiple: 1,
      roundTripCosts: 0.0054,
      skill: 0.2,
      skillStandardError: 0.01,
      skillStandardErrors: 2,
      heldOutCount: 500,
    });
  });

  it('sells, without protection, on a predicted fall past both', () => {
    expect(decide(skilled(-0.03))).toMatchObject({ action: 'SELL', reason: 'PREDICTED_FALL', protection: null });
  });

  it('holds when the prediction is past the costs but not past the volatility', () => {
    expect(decide(skilled(0.009))).toMatchObject({
      action: 'HOLD',
      reason: 'PREDICTION_BELOW_THRESHOLD',
      confidence: 0,
    });
  });

  it('holds when the prediction is past the volatility but not past the costs', () => {
    expect(decide(skilled(0.03), 0.04)).toMatchObject({ action: 'HOLD', reason: 'PREDICTION_BELOW_THRESHOLD' });
    expect(decide(skilled(-0.03), 0.04)).toMatchObject({ action: 'HOLD', reason: 'PREDICTION_BELOW_THRESHOLD' });
  });

  it.each([null, 0, -0.4, NaN])('holds with NO_SKILL when the skill is %s, however large the prediction', (skill) => {
    expect(decide(skilled(0.3, skill))).toMatchObject({ action: 'HOLD', reason: 'NO_SKILL', confidence: 0 });
  });

  it('holds with NO_SKILL while the skill is within its setting of standard errors from 0', () => {
    expect(decide(skilled(0.3, 0.011, 0.011))).toMatchObject({ action: 'HOLD', reason: 'NO_SKILL', confidence: 0 });
    expect(decide(skilled(0.3, 0.2, null))).toMatchObject({ action: 'HOLD', reason: 'NO_SKILL' });
    expect(decide(skilled(0.3, 0.023, 0.011))).toMatchObject({ action: 'BUY' });
    const strict = new LstmSignal({ skillStandardErrors: 3 });
    const decision = strict.decide(restless, { forecast: skilled(0.3, 0.023, 0.011), roundTripCosts: 0.0054 });
    expect(decision).toMatchObject({ action: 'HOLD', reason: 'NO_SKILL', settings: { skillStandardErrors: 3 } });
    expect(() => new LstmSignal({ skillStandardErrors: -1 })).toThrow(RangeError);
  });

  it('has nothing to say without a model, with too few bars, or when the model answers no number', () => {
    expect(decide(null)).toEqual({ kind: 'NOTHING', reason: 'NO_MODEL' });
    expect(decide(skilled(NaN))).toEqual({ kind: 'NOTHING', reason: 'NO_MODEL' });
    expect(decide(skilled(1e4))).toEqual({ kind: 'NOTHING', reason: 'NO_MODEL' });
    const short = barWindow(restless, 0, 58);
    const decision = source.decide(short, { forecast: skilled(0.03), roundTripCosts: 0 });
    expect(decision).toEqual({ kind: 'NOTHING', reason: 'TOO_FEW_BARS' });
  });

  it('is more confident the farther the prediction is past the threshold and the better the model is', () => {
    const byExcess = [0.015, 0.02, 0.05, 0.2].map((size) => confidenceOf(decide(skilled(size))));
    expect(byExcess).toEqual(byExcess.toSorted((a, b) => a - b));
    expect(new Set(byExcess).size).toBe(4);
    expect(confidenceOf(decide(skilled(0.05, 0.4)))).toBeCloseTo(2 * confidenceOf(decide(skilled(0.05, 0.2))), 12);
  });

  it('does not enter where prices never moved and costs are 0: there is no distance for a stop', () => {
    const still = makeSeries(Array.from({ length: 100 }, () => 400));
    const decision = source.decide(still, { forecast: skilled(0.01), roundTripCosts: 0 });
    expect(decision).toMatchObject({ action: 'HOLD', protection: null });
  });

  it('does not see the price level, nor bars before its lookback or after the window', () => {
    fc.assert(
      fc.property(someSeries(80, 160), fc.double({ min: -1, max: 1, noNaN: true }), (series, predicted) => {
        const context = { forecast: skilled(predicted), roundTripCosts: 0.001 };
        const whole = source.decide(series, context);
        const length = series.closes.length;
        expect(source.decide(barWindow(series, length - source.lookback, length), context)).toEqual(whole);
        const longer = makeSeries([...series.closes, 1, 1e6]);
        expect(source.decide(barWindow(longer, 0, length), context)).toEqual(whole);
        const doubled = source.decide(scaled(series, 4), context);
        if (whole.kind !== 'SIGNAL' || doubled.kind !== 'SIGNAL') throw new Error('no signal');
        expect([doubled.action, doubled.confidence]).toEqual([whole.action, whole.confidence]);
      }),
    );
  });

  it('never lets NaN, or a confidence outside 0 to 1, or a stop on the wrong side out', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: -1, max: 1, noNaN: true }));
    const costs = fc.double({ min: 0, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(
        someSeries(1, 120),
        number,
        number,
        number,
        costs,
        (series, predicted, skill, error, roundTripCosts) => {
          const decision = source.decide(series, { forecast: skilled(predicted, skill, error), roundTripCosts });
          expect(everyNumberIsFinite(decision)).toBe(true);
          if (decision.kind === 'NOTHING') return;
          expect(decision.confidence >= 0 && decision.confidence <= 1).toBe(true);
          if (decision.action !== 'BUY') return;
          expect(decision.protection?.stopLoss).toBeGreaterThan(0);
          expect(decision.protection?.stopLoss).toBeLessThan(decision.currentPrice);
          expect(decision.protection?.takeProfit).toBeGreaterThan(decision.currentPrice);
        },
      ),
      { numRuns: 300 },
    );
  });
});
