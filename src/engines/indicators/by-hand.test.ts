import { describe, expect, it } from 'vitest';
import type { BarColumns, IndicatorSpec } from './indicator-spec.js';
import { indicators } from './indicators.js';

// Values worked out on paper, so that the suite means something where the reference data is absent.
const i = indicators;
const _ = NaN;

function over(spec: IndicatorSpec, bars: Partial<BarColumns>): Readonly<Record<string, number[]>> {
  const length = Math.max(...Object.values(bars).map((column) => column.length));
  const none = new Float64Array(length);
  const lines = spec.overBars({ opens: none, highs: none, lows: none, closes: none, volumes: none, ...bars });
  return Object.fromEntries(Object.entries(lines).map(([name, column]) => [name, Array.from(column)]));
}
const closes = (...values: number[]) => ({ closes: Float64Array.from(values) });

function expectClose(actual: readonly number[] | undefined, expected: readonly number[]): void {
  expect(actual?.length).toBe(expected.length);
  for (const [at, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(actual?.[at], `[${at}]`).toBeNaN();
    else expect(actual?.[at], `[${at}]`).toBeCloseTo(value, 12);
  }
}

describe('indicators worked out by hand', () => {
  it.each<[IndicatorSpec<'value'>, number[], number[]]>([
    [i.sma(3), [1, 2, 6, 4, 8], [_, _, 3, 4, 6]],
    [i.wma(3), [1, 2, 6, 3], [_, _, 23 / 6, 23 / 6]],
    [i.ema(3), [2, 4, 6, 8, 2], [_, _, 4, 6, 4]],
    [i.smma(2), [2, 4, 7, 9], [_, 3, 5, 7]],
    [i.dema(3), [2, 4, 6, 8], [_, _, 4, 7]],
    [i.tema(3), [2, 4, 6, 8], [_, _, 4, 7.5]],
    [i.trix(3), [2, 4, 6, 8], [_, _, _, 12.5]],
    [i.hma(4), [1, 2, 3, 4, 5, 6], [_, _, _, _, 5, 6]],
    [i.kama(2, 2, 30), [1, 2, 4], [_, 2, 2 + (4 / 9) * 2]],
    [i.rsi(2), [1, 2, 1, 2, 2], [_, _, 50, 75, 75]],
    [i.cmo(2), [1, 2, 1, 4], [_, _, 0, 50]],
    [i.roc(2), [4, 1, 6, 2], [_, _, 50, 100]],
    [i.momentum(2), [4, 1, 6, 2], [_, _, 2, 1]],
    [i.standardDeviation(4), [1, 3, 1, 3, 3], [_, _, _, 1, Math.sqrt(0.75)]],
    [i.highest(2, 'close'), [3, 1, 2, 5], [_, 3, 2, 5]],
    [i.lowest(2, 'close'), [3, 1, 2, 5], [_, 1, 1, 2]],
    [i.ulcerIndex(2), [10, 9, 12], [_, Math.sqrt(50), 0]],
  ])('$key', (spec, values, expected) => {
    expectClose(over(spec, closes(...values)).value, expected);
  });

  it('MACD: its averages have their own seeds, the signal begins with the mean of its first values', () => {
    const lines = over(i.macd(1, 3, 2), closes(2, 4, 6, 8, 2));
    expectClose(lines['macd'], [_, _, 2, 2, -2]);
    expectClose(lines['signal'], [_, _, _, 2, -2 / 3]);
    expectClose(lines['histogram'], [_, _, _, 0, -4 / 3]);
  });

  it('Bollinger bands: two population deviations', () => {
    const lines = over(i.bollinger(4, 2), closes(1, 3, 1, 3));
    expect([lines['lower']?.[3], lines['middle']?.[3], lines['upper']?.[3]]).toEqual([0, 2, 4]);
    expect([lines['percentB']?.[3], lines['zScore']?.[3], lines['width']?.[3]]).toEqual([0.75, 1, 2]);
  });

  it('linear regression: 1, 2, 4 lies on 5/6 + 3/2 x', () => {
    const lines = over(i.linearRegression(3), closes(1, 2, 4));
    expectClose(lines['slope'], [_, _, 1.5]);
    expectClose(lines['intercept'], [_, _, 5 / 6]);
    expectClose(lines['end'], [_, _, 23 / 6]);
    expectClose(lines['rSquared'], [_, _, 27 / 28]);
  });

  const bars = {
    highs: Float64Array.of(10, 12, 11, 14),
    lows: Float64Array.of(8, 9, 10, 10),
    closes: Float64Array.of(9, 12, 10, 14),
    volumes: Float64Array.of(100, 200, 50, 150),
  };

  it.each<[IndicatorSpec<'value'>, number[]]>([
    [i.trueRange(), [_, 3, 2, 4]],
    [i.atr(2), [_, _, 2.5, 3.25]],
    [i.obv(), [0, 200, 150, 300]],
    [i.vwap(), [9, 31 / 3, 31 / 3, (5000 + 1550 / 3) / 500]],
    [i.adl(), [0, 200, 150, 300]],
    [i.chaikinMoneyFlow(2), [_, 2 / 3, 0.6, 0.5]],
    [i.mfi(2), [_, _, 100 - 100 / (1 + 2200 / (1550 / 3)), 100 - 100 / (1 + 1900 / (1550 / 3))]],
    [i.vwma(2), [_, 11, 11.6, 13]],
    [i.williamsR(3), [_, _, -50, 0]],
    [i.cci(2), [_, 1 / 0.015, -1 / 0.015, 1 / 0.015]],
    [i.choppiness(2), [_, _, (100 * Math.log(5 / 3)) / Math.log(2), (100 * Math.log(6 / 4)) / Math.log(2)]],
  ])('$key', (spec, expected) => {
    expectClose(over(spec, bars).value, expected);
  });

  it('Donchian: the bars before the current one', () => {
    const lines = over(i.donchian(2), bars);
    expectClose(lines['upper'], [_, _, 12, 12]);
    expectClose(lines['lower'], [_, _, 8, 9]);
  });

  it('stochastic: the place of the close in the range', () => {
    const lines = over(i.fastStochastic(3, 2), bars);
    expectClose(lines['k'], [_, _, 50, 100]);
    expectClose(lines['d'], [_, _, _, 75]);
  });

  it('Aroon: how recent the extremes are', () => {
    const lines = over(i.aroon(2), bars);
    expectClose(lines['up'], [_, _, 50, 100]);
    expectClose(lines['down'], [_, _, 0, 0]);
  });

  it('ADX: up 2 and 0 and 3, down 0', () => {
    const lines = over(i.adx(2), bars);
    expectClose(lines['plusDI'], [_, _, 40, 100 * (4 / 6.5)]);
    expectClose(lines['minusDI'], [_, _, 0, 0]);
    expectClose(lines['adx'], [_, _, _, 100]);
  });

  it('Keltner and SuperTrend: average true ranges about an average, and about the middle of the bar', () => {
    const keltner = over(i.keltner(2, 2, 2), bars);
    expectClose(keltner['middle'], [_, _, 10.166666666666666, 12.722222222222221]);
    expectClose(keltner['upper'], [_, _, 15.166666666666666, 19.22222222222222]);
    const trend = over(i.superTrend(2, 1), bars);
    expectClose(trend['superTrend'], [_, _, 13, 8.75]);
    expectClose(trend['direction'], [_, _, -1, 1]);
  });

  it('Heikin-Ashi: the mean of the bar, and the middle of the body before', () => {
    const lines = over(i.heikinAshi(), { ...bars, opens: Float64Array.of(9, 11, 12, 10) });
    expectClose(lines['close'], [9, 11, 10.75, 12]);
    expectClose(lines['open'], [9, 9, 10, 10.375]);
  });
});
