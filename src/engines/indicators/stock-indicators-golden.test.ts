import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atr } from './atr.js';
import { ema } from './ema.js';
import { rollingStandardDeviation } from './rolling-standard-deviation.js';
import { rsi } from './rsi.js';
import { sma } from './sma.js';

// Outputs of DaveSkender/Stock.Indicators (Apache-2.0) on its own SPY sample; periods from results_parameters.json.
const folder = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'indicators');
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`Skipped: no reference data in ${folder} (set REFERENCE_DATA)`);

function readColumns(): Record<'high' | 'low' | 'close', Float64Array> {
  const rows = readFileSync(join(folder, 'SPY-2017-2018.csv'), 'utf8').trim().split('\n').slice(1);
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row.split(',')[index]));
  return { high: column(2), low: column(3), close: column(4) };
}

function readExpected(file: string, field: string): (number | null)[] {
  const rows = JSON.parse(readFileSync(join(folder, 'expected', file), 'utf8')) as Record<string, number | null>[];
  return rows.map((row) => row[field] ?? null);
}

describe.skipIf(!isPresent)('indicators on SPY 2017-2018', () => {
  const spy = isPresent
    ? readColumns()
    : { high: new Float64Array(), low: new Float64Array(), close: new Float64Array() };

  it.each([
    ['sma.standard.json', 'sma', () => sma(spy.close, 20)],
    ['ema.standard.json', 'ema', () => ema(spy.close, 20)],
    ['rsi.standard.json', 'rsi', () => rsi(spy.close, 14)],
    ['atr.standard.json', 'atr', () => atr(spy.high, spy.low, spy.close, 14)],
    ['stdev.standard.json', 'stdDev', () => rollingStandardDeviation(spy.close, 14)],
  ] as const)('agree with %s to 1e-9, warm-up included', (file, field, compute) => {
    const expected = readExpected(file, field);
    const actual = compute();
    expect(expected.length).toBe(502);
    expect(actual.length).toBe(expected.length);
    for (const [i, value] of expected.entries()) {
      if (value === null) expect(actual[i], `${field}[${i}]`).toBeNaN();
      else expect(Math.abs(actual[i]! - value), `${field}[${i}]`).toBeLessThan(1e-9);
    }
  });
});
