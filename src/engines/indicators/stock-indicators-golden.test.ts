import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BarColumns, IndicatorSpec } from './indicator-spec.js';
import { indicators } from './indicators.js';

// Outputs of DaveSkender/Stock.Indicators (Apache-2.0) on its own SPY sample; settings from results_parameters.json.
const folder = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'indicators');
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`Skipped: no reference data in ${folder} (set REFERENCE_DATA)`);

function readColumns(): BarColumns {
  const rows = isPresent ? readFileSync(join(folder, 'SPY-2017-2018.csv'), 'utf8').trim().split('\n').slice(1) : [];
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row.split(',')[index]));
  return { opens: column(1), highs: column(2), lows: column(3), closes: column(4), volumes: column(5) };
}

type Expected = readonly (number | null)[];
function readExpected(file: string, field: string): Expected {
  const text = readFileSync(join(folder, 'expected', `${file}.standard.json`), 'utf8');
  return (JSON.parse(text) as Record<string, number | null>[]).map((row) => row[field] ?? null);
}

/** Equal to 1e-9 of the value where that is above 1 (volumes are in the billions), warm-up included. */
function expectEqual(actual: Float64Array, expected: Expected, name: string): void {
  expect(expected.length).toBe(502);
  expect(expected.some((value) => value !== null)).toBe(true);
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (value === null) expect(actual[i], `${name}[${i}]`).toBeNaN();
    else expect(Math.abs(actual[i]! - value), `${name}[${i}]`).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
  }
}

const i = indicators;
/** File, indicator with the file's settings, and which field of the file is which of our outputs. */
const CASES: readonly (readonly [string, IndicatorSpec, Readonly<Record<string, string>>])[] = [
  ['adl', i.adl(), { adl: 'value' }],
  ['adx', i.adx(14), { pdi: 'plusDI', mdi: 'minusDI', dx: 'dx', adx: 'adx', adxr: 'adxr' }],
  ['alma', i.alma(9, 0.85, 6), { alma: 'value' }],
  ['aroon', i.aroon(25), { aroonUp: 'up', aroonDown: 'down', oscillator: 'oscillator' }],
  ['atr', i.atr(14), { atr: 'value' }],
  ['atr-stop', i.atrStop(21, 3), { atrStop: 'stop' }],
  ['awesome', i.awesomeOscillator(5, 34), { oscillator: 'value' }],
  [
    'bb',
    i.bollinger(20, 2),
    { sma: 'middle', upperBand: 'upper', lowerBand: 'lower', percentB: 'percentB', zScore: 'zScore', width: 'width' },
  ],
  ['cci', i.cci(20), { cci: 'value' }],
  ['chaikin-osc', i.chaikinOscillator(3, 10), { oscillator: 'value' }],
  ['chop', i.choppiness(14), { chop: 'value' }],
  ['cmf', i.chaikinMoneyFlow(20), { cmf: 'value' }],
  ['cmo', i.cmo(14), { cmo: 'value' }],
  ['dema', i.dema(14), { dema: 'value' }],
  ['donchian', i.donchian(20), { upperBand: 'upper', centerline: 'middle', lowerBand: 'lower', width: 'width' }],
  ['ema', i.ema(20), { ema: 'value' }],
  ['heikinashi', i.heikinAshi(), { open: 'open', high: 'high', low: 'low', close: 'close' }],
  ['hma', i.hma(14), { hma: 'value' }],
  ['kama', i.kama(10, 2, 30), { kama: 'value' }],
  ['keltner', i.keltner(20, 2, 10), { upperBand: 'upper', centerline: 'middle', lowerBand: 'lower', width: 'width' }],
  ['macd', i.macd(12, 26, 9), { macd: 'macd', signal: 'signal', histogram: 'histogram' }],
  ['macd', i.ema(12), { fastEma: 'value' }],
  ['mfi', i.mfi(14), { mfi: 'value' }],
  ['obv', i.obv(), { obv: 'value' }],
  ['pmo', i.pmo(35, 20, 10), { pmo: 'pmo', signal: 'signal' }],
  ['psar', i.parabolicSar(0.02, 0.2), { sar: 'sar' }],
  ['roc', i.roc(14), { roc: 'value' }],
  ['roc', i.momentum(14), { momentum: 'value' }],
  ['rsi', i.rsi(14), { rsi: 'value' }],
  ['slope', i.linearRegression(14), { slope: 'slope', rSquared: 'rSquared' }],
  ['slope', i.standardDeviation(14), { stdDev: 'value' }],
  ['sma', i.sma(20), { sma: 'value' }],
  ['smma', i.smma(20), { smma: 'value' }],
  ['stdev', i.standardDeviation(14), { stdDev: 'value' }],
  ['stoch', i.stochastic(14, 3, 3), { oscillator: 'k', signal: 'd', percentJ: 'j' }],
  ['stoch-rsi', i.stochasticRsi(14, 14, 1, 3), { stochRsi: 'k', signal: 'd' }],
  ['supertrend', i.superTrend(10, 3), { superTrend: 'superTrend' }],
  ['tema', i.tema(20), { tema: 'value' }],
  ['tr', i.trueRange(), { tr: 'value' }],
  ['trix', i.trix(14), { trix: 'value' }],
  ['tsi', i.tsi(25, 13, 7), { tsi: 'tsi', signal: 'signal' }],
  ['ulcer', i.ulcerIndex(14), { ulcerIndex: 'value' }],
  ['uo', i.ultimateOscillator(7, 14, 28), { ultimate: 'value' }],
  ['vortex', i.vortex(14), { pvi: 'plus', nvi: 'minus' }],
  ['vwap', i.vwap(), { vwap: 'value' }],
  ['vwma', i.vwma(14), { vwma: 'value' }],
  ['willr', i.williamsR(14), { williamsR: 'value' }],
  ['wma', i.wma(14), { wma: 'value' }],
];

describe.skipIf(!isPresent)('indicators on SPY 2017-2018', () => {
  const spy = readColumns();

  it.each(CASES)('agree with Stock.Indicators %s to 1e-9, warm-up included', (file, spec, fields) => {
    const columns: Readonly<Record<string, Float64Array>> = spec.overBars(spy);
    for (const [field, output] of Object.entries(fields)) {
      expectEqual(columns[output]!, readExpected(file, field), `${file}.${field}`);
    }
  });

  it('say the side of a trailing stop as Stock.Indicators says which band it is', () => {
    for (const [file, spec, upper] of [
      ['supertrend', i.superTrend(10, 3), 'upperBand'],
      ['atr-stop', i.atrStop(21, 3), 'buyStop'],
    ] as const) {
      const { direction } = spec.overBars(spy);
      for (const [index, value] of readExpected(file, upper).entries()) {
        if (value !== null) expect(direction[index], `${file}[${index}]`).toBe(-1);
        else expect(direction[index], `${file}[${index}]`).not.toBe(-1);
      }
    }
  });

  it('give the line of Stock.Indicators once its intercept is counted from the first bar', () => {
    const { slope, intercept } = i.linearRegression(14).overBars(spy);
    const fromFirstBar = intercept.map((value, index) => value - slope[index]! * (index - 14 + 2));
    expectEqual(fromFirstBar, readExpected('slope', 'intercept'), 'slope.intercept');
  });
});
