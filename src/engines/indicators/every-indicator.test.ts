import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns, IndicatorSpec } from './indicator-spec.js';
import { indicators } from './indicators.js';
import type { PriceField } from './price-field.js';
import { windowMeans } from './windows/window-mean.js';

const i = indicators;
const period = fc.integer({ min: 1, max: 30 });
const longer = fc.integer({ min: 2, max: 30 });
const factor = fc.double({ min: 0.01, max: 5, noNaN: true });
const field = fc.constantFrom<PriceField>('open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4');
const fastSlow = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 16, max: 30 }));

/** Every indicator over one field, with any settings. */
const OVER_ONE_FIELD: Readonly<Record<string, fc.Arbitrary<IndicatorSpec>>> = {
  alma: fc.tuple(period, fc.double({ min: 0, max: 1, noNaN: true }), factor, field).map((s) => i.alma(...s)),
  bollinger: fc.tuple(period, factor, field).map((s) => i.bollinger(...s)),
  cmo: fc.tuple(period, field).map((s) => i.cmo(...s)),
  dema: fc.tuple(period, field).map((s) => i.dema(...s)),
  ema: fc.tuple(period, field).map((s) => i.ema(...s)),
  highest: fc.tuple(period, field).map((s) => i.highest(...s)),
  hma: fc.tuple(longer, field).map((s) => i.hma(...s)),
  kama: fc.tuple(period, fastSlow, field).map(([n, [fast, slow], f]) => i.kama(n, fast, slow, f)),
  linearRegression: fc.tuple(longer, field).map((s) => i.linearRegression(...s)),
  lowest: fc.tuple(period, field).map((s) => i.lowest(...s)),
  macd: fc.tuple(fastSlow, period, field).map(([[fast, slow], n, f]) => i.macd(fast, slow, n, f)),
  momentum: fc.tuple(period, field).map((s) => i.momentum(...s)),
  pmo: fc.tuple(longer, longer, period, field).map((s) => i.pmo(...s)),
  roc: fc.tuple(period, field).map((s) => i.roc(...s)),
  rsi: fc.tuple(period, field).map((s) => i.rsi(...s)),
  sma: fc.tuple(period, field).map((s) => i.sma(...s)),
  smma: fc.tuple(period, field).map((s) => i.smma(...s)),
  standardDeviation: fc.tuple(period, field).map((s) => i.standardDeviation(...s)),
  stochasticRsi: fc.tuple(period, period, period, period, field).map((s) => i.stochasticRsi(...s)),
  tema: fc.tuple(period, field).map((s) => i.tema(...s)),
  trix: fc.tuple(period, field).map((s) => i.trix(...s)),
  tsi: fc.tuple(period, period, period, field).map((s) => i.tsi(...s)),
  ulcerIndex: fc.tuple(period, field).map((s) => i.ulcerIndex(...s)),
  wma: fc.tuple(period, field).map((s) => i.wma(...s)),
};

/** Every indicator over whole bars, with any settings. */
const OVER_BARS: Readonly<Record<string, fc.Arbitrary<IndicatorSpec>>> = {
  adl: fc.constant(i.adl()),
  adx: period.map((n) => i.adx(n)),
  aroon: period.map((n) => i.aroon(n)),
  atr: period.map((n) => i.atr(n)),
  atrStop: fc.tuple(period, factor).map((s) => i.atrStop(...s)),
  awesomeOscillator: fastSlow.map((s) => i.awesomeOscillator(...s)),
  cci: period.map((n) => i.cci(n)),
  chaikinMoneyFlow: period.map((n) => i.chaikinMoneyFlow(n)),
  chaikinOscillator: fastSlow.map((s) => i.chaikinOscillator(...s)),
  choppiness: longer.map((n) => i.choppiness(n)),
  donchian: period.map((n) => i.donchian(n)),
  fastStochastic: fc.tuple(period, period).map((s) => i.fastStochastic(...s)),
  heikinAshi: fc.constant(i.heikinAshi()),
  keltner: fc.tuple(period, factor, period).map((s) => i.keltner(...s)),
  mfi: period.map((n) => i.mfi(n)),
  obv: fc.constant(i.obv()),
  parabolicSar: fc.tuple(factor, factor).map(([step, more]) => i.parabolicSar(step, step + more)),
  stochastic: fc.tuple(period, period, period).map((s) => i.stochastic(...s)),
  superTrend: fc.tuple(period, factor).map((s) => i.superTrend(...s)),
  trueRange: fc.constant(i.trueRange()),
  ultimateOscillator: fc.tuple(period, period, period).map((s) => i.ultimateOscillator(...s)),
  vortex: period.map((n) => i.vortex(n)),
  vwap: fc.constant(i.vwap()),
  vwma: fc.tuple(period, field).map((s) => i.vwma(...s)),
  williamsR: period.map((n) => i.williamsR(n)),
};
const ALL = Object.entries({ ...OVER_ONE_FIELD, ...OVER_BARS });

// Whole prices make equal highs, standing closes and bars without a range; doubles make every rounding.
const price = fc.oneof(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.integer({ min: 9, max: 12 }));
const volume = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 1_000_000 }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
);
const anyBars: fc.Arbitrary<BarColumns> = fc
  .array(fc.tuple(price, price, price, price, volume), { maxLength: 100, size: 'max' })
  .map((rows) => ({
    opens: Float64Array.from(rows, (row) => row[0]),
    highs: Float64Array.from(rows, (row) => Math.max(row[0], row[1], row[2], row[3])),
    lows: Float64Array.from(rows, (row) => Math.min(row[0], row[1], row[2], row[3])),
    closes: Float64Array.from(rows, (row) => row[1]),
    volumes: Float64Array.from(rows, (row) => row[4]),
  }));

function mapColumns(bars: BarColumns, change: (column: Float64Array) => Float64Array): BarColumns {
  const { opens, highs, lows, closes, volumes } = bars;
  return {
    opens: change(opens),
    highs: change(highs),
    lows: change(lows),
    closes: change(closes),
    volumes: change(volumes),
  };
}

function step(spec: IndicatorSpec, bars: BarColumns): Record<string, Float64Array> {
  const stream = spec.stream();
  const columns = Object.fromEntries(spec.outputs.map((name) => [name, new Float64Array(bars.closes.length)]));
  for (let at = 0; at < bars.closes.length; at += 1) {
    const now = stream.update({
      open: bars.opens[at]!,
      high: bars.highs[at]!,
      low: bars.lows[at]!,
      close: bars.closes[at]!,
      volume: bars.volumes[at]!,
    });
    for (const name of spec.outputs) columns[name]![at] = now[name]!;
  }
  return columns;
}

/** Bit for bit: NaN equals NaN, 0 does not equal -0. */
function expectSameBits(actual: Float64Array, expected: Float64Array, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const at = actual.findIndex((value, index) => !Object.is(value, expected[index]));
  expect(at < 0 ? 'equal' : `[${at}]: ${actual[at]} instead of ${expected[at]}`, what).toBe('equal');
}

describe.each(ALL)('indicators.%s', (_name, anySpec) => {
  it('streams the values it gives over whole columns, bit for bit', () => {
    fc.assert(
      fc.property(anySpec, anyBars, (spec, bars) => {
        const whole = spec.overBars(bars);
        expect(Object.keys(whole).toSorted()).toEqual([...spec.outputs].toSorted());
        const stepped = step(spec, bars);
        for (const name of spec.outputs) expectSameBits(stepped[name]!, whole[name]!, `${spec.key} ${name}`);
      }),
      { numRuns: 60 },
    );
  });

  it('is a mean bit for bit where it says so', () => {
    fc.assert(
      fc.property(anySpec, anyBars, (spec, bars) => {
        const mean = spec.meanOf?.(bars);
        if (mean === undefined) return;
        expectSameBits(windowMeans(mean.values, mean.period), spec.overBars(bars)['value']!, spec.key);
      }),
      { numRuns: 60 },
    );
  });

  it('does not change a past value when future bars are removed', () => {
    fc.assert(
      fc.property(anySpec, anyBars, fc.nat(), (spec, bars, cut) => {
        const length = cut % (bars.closes.length + 1);
        const past = spec.overBars(mapColumns(bars, (column) => column.slice(0, length)));
        const whole = spec.overBars(bars);
        for (const name of spec.outputs) {
          expectSameBits(past[name]!, whole[name]!.slice(0, length), `${spec.key} ${name}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(Object.entries(OVER_ONE_FIELD))('indicators.%s', (_name, anySpec) => {
  it('begins at the first number, whatever NaN comes before it', () => {
    fc.assert(
      fc.property(anySpec, anyBars, fc.integer({ min: 1, max: 40 }), (spec, bars, missing) => {
        const later = mapColumns(bars, (column) => Float64Array.of(...new Float64Array(missing).fill(NaN), ...column));
        const expected = spec.overBars(bars);
        const whole = spec.overBars(later);
        const stepped = step(spec, later);
        for (const name of spec.outputs) {
          expectSameBits(whole[name]!.slice(missing), expected[name]!, `${spec.key} ${name}`);
          expect(whole[name]!.slice(0, missing).every(Number.isNaN)).toBe(true);
          expectSameBits(stepped[name]!, whole[name]!, `${spec.key} ${name} stepped`);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the catalogue of indicators', () => {
  it('is wholly under these properties', () => {
    expect(ALL.map(([name]) => name).toSorted()).toEqual(Object.keys(indicators).toSorted());
  });

  it('keys an indicator by name, field and settings', () => {
    expect(i.sma(20).key).toBe('sma(close,20)');
    expect(i.sma(20, 'open').key).toBe('sma(open,20)');
    expect(i.atr(14).key).toBe('atr(14)');
    expect(i.fastStochastic(5, 3).key).toBe(i.stochastic(5, 1, 3).key);
  });

  it('has simple means that say so', () => expect(i.sma(3).meanOf).toBeDefined());

  it('starts each stream anew and answers with the same object', () => {
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
    const spec = i.sma(2);
    const first = spec.stream();
    const answer = first.update(bar);
    expect(first.update(bar)).toBe(answer);
    expect(answer.value).toBe(1);
    expect(spec.stream().update(bar).value).toBeNaN();
  });

  it.each([0, -1, 1.5, NaN, Infinity, 1_000_001])('refuses a period of %s where it is written', (bad) => {
    const withoutSettings = new Set(['adl', 'heikinAshi', 'obv', 'trueRange', 'vwap', 'parabolicSar']);
    for (const [name, make] of Object.entries(indicators)) {
      if (withoutSettings.has(name)) continue;
      expect(() => (make as (period: number) => IndicatorSpec)(bad), name).toThrow(RangeError);
    }
  });

  it('refuses other settings that make no sense', () => {
    for (const make of [
      () => i.macd(26, 12),
      () => i.awesomeOscillator(34, 5),
      () => i.chaikinOscillator(10, 10),
      () => i.kama(10, 30, 2),
      () => i.bollinger(20, 0),
      () => i.keltner(20, -1),
      () => i.superTrend(10, NaN),
      () => i.atrStop(21, Infinity),
      () => i.parabolicSar(0.2, 0.02),
      () => i.parabolicSar(0),
      () => i.alma(9, 1.1),
      () => i.alma(9, 0.85, 0),
      () => i.hma(1),
      () => i.linearRegression(1),
      () => i.choppiness(1),
      () => i.sma(5, 'last' as PriceField),
    ]) {
      expect(make).toThrow(RangeError);
    }
  });

  it('refuses columns of different lengths', () => {
    const bars = { opens: new Float64Array(3), highs: new Float64Array(3), lows: new Float64Array(3) };
    const uneven = { ...bars, closes: new Float64Array(2), volumes: new Float64Array(1) };
    for (const spec of [i.atr(1), i.adx(1), i.obv(), i.vwap(), i.heikinAshi(), i.vwma(1), i.williamsR(1)]) {
      expect(() => spec.overBars(uneven), spec.key).toThrow(/one length/);
    }
  });
});
