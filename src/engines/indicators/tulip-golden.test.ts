import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BarColumns, IndicatorSpec } from './indicator-spec.js';
import { indicators } from './indicators.js';

// The regression table of tulipindicators: a heading, input columns, output columns of the last bars, three decimals.
const file = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'indicators', 'tulip-untest.txt');
const isPresent = existsSync(file);
if (!isPresent) console.warn(`Skipped: no reference data in ${file} (set REFERENCE_DATA)`);

const sections = new Map<string, Float64Array[]>();
for (const section of isPresent ? readFileSync(file, 'utf8').split(/\n\s*\n/) : []) {
  const [heading = '', ...rows] = section.trim().split('\n');
  const columns = rows.filter((row) => row.startsWith('{')).map((row) => row.slice(1, -1).split(',').map(Number));
  sections.set(
    heading,
    columns.map((column) => Float64Array.from(column)),
  );
}

const i = indicators;
type Input = 'high' | 'low' | 'close' | 'volume';
const CLOSE: readonly Input[] = ['close'];
const HL: readonly Input[] = ['high', 'low'];
const HLC: readonly Input[] = ['high', 'low', 'close'];
const HLCV: readonly Input[] = ['high', 'low', 'close', 'volume'];

interface Case {
  readonly heading: string;
  readonly inputs: readonly Input[];
  readonly spec: IndicatorSpec;
  readonly outputs: readonly string[];
  /** tulip's unit over ours. */
  readonly scale?: number;
  /** tulip leaves out values that ours has. */
  readonly startsLater?: boolean;
  /** tulip's first values that ours does not have, or has by another seed: see docs/indicators.md. */
  readonly skip?: number;
}

const CASES: readonly Case[] = [
  { heading: 'ad', inputs: HLCV, spec: i.adl(), outputs: ['value'] },
  { heading: 'aroon 5', inputs: HL, spec: i.aroon(5), outputs: ['down', 'up'] },
  { heading: 'aroonosc 5', inputs: HL, spec: i.aroon(5), outputs: ['oscillator'] },
  { heading: 'bbands 5 2', inputs: CLOSE, spec: i.bollinger(5, 2), outputs: ['lower', 'middle', 'upper'] },
  { heading: 'cci 5', inputs: HLC, spec: i.cci(5), outputs: ['value'], startsLater: true },
  { heading: 'cmo 5', inputs: CLOSE, spec: i.cmo(5), outputs: ['value'] },
  { heading: 'hma 5', inputs: CLOSE, spec: i.hma(5), outputs: ['value'] },
  { heading: 'kama 5', inputs: CLOSE, spec: i.kama(5, 2, 30), outputs: ['value'] },
  { heading: 'linreg 5', inputs: CLOSE, spec: i.linearRegression(5), outputs: ['end'] },
  { heading: 'linregintercept 5', inputs: CLOSE, spec: i.linearRegression(5), outputs: ['intercept'] },
  { heading: 'linregslope 5', inputs: CLOSE, spec: i.linearRegression(5), outputs: ['slope'] },
  { heading: 'max 5', inputs: CLOSE, spec: i.highest(5, 'close'), outputs: ['value'] },
  { heading: 'mfi 5', inputs: HLCV, spec: i.mfi(5), outputs: ['value'] },
  { heading: 'min 5', inputs: CLOSE, spec: i.lowest(5, 'close'), outputs: ['value'] },
  { heading: 'mom 5', inputs: CLOSE, spec: i.momentum(5), outputs: ['value'] },
  { heading: 'obv', inputs: ['close', 'volume'], spec: i.obv(), outputs: ['value'] },
  { heading: 'roc 5', inputs: CLOSE, spec: i.roc(5), outputs: ['value'], scale: 0.01 },
  { heading: 'rsi 5', inputs: CLOSE, spec: i.rsi(5), outputs: ['value'] },
  { heading: 'sma 5', inputs: CLOSE, spec: i.sma(5), outputs: ['value'] },
  { heading: 'stddev 5', inputs: CLOSE, spec: i.standardDeviation(5), outputs: ['value'] },
  { heading: 'stoch 5 3 3', inputs: HLC, spec: i.stochastic(5, 3, 3), outputs: ['k', 'd'], startsLater: true },
  { heading: 'stochrsi 5', inputs: CLOSE, spec: i.stochasticRsi(5, 5, 1, 1), outputs: ['k'], scale: 0.01 },
  { heading: 'tr', inputs: HLC, spec: i.trueRange(), outputs: ['value'], skip: 1 },
  { heading: 'ultosc 2 3 5', inputs: HLC, spec: i.ultimateOscillator(2, 3, 5), outputs: ['value'] },
  { heading: 'vwma 5', inputs: ['close', 'volume'], spec: i.vwma(5), outputs: ['value'] },
  { heading: 'wilders 5', inputs: CLOSE, spec: i.smma(5), outputs: ['value'] },
  { heading: 'willr 5', inputs: HLC, spec: i.williamsR(5), outputs: ['value'] },
  { heading: 'wma 5', inputs: CLOSE, spec: i.wma(5), outputs: ['value'] },
];

function columnsOf(inputs: readonly Input[], values: readonly Float64Array[]): BarColumns {
  const column = (name: Input) => values[inputs.indexOf(name)] ?? new Float64Array(values[0]!.length);
  const closes = column('close');
  return { opens: closes, highs: column('high'), lows: column('low'), closes, volumes: column('volume') };
}

describe.skipIf(!isPresent)('indicators on the table of tulip', () => {
  it.each(CASES)('agree with $heading to its printed digits', (row) => {
    const { heading, inputs, spec, outputs, scale = 1, skip = 0, startsLater = skip > 0 } = row;
    const columns = sections.get(heading) ?? [];
    expect(columns.length).toBe(inputs.length + outputs.length);
    const lines: Readonly<Record<string, Float64Array>> = spec.overBars(columnsOf(inputs, columns));
    for (const [k, output] of outputs.entries()) {
      const expected = columns[inputs.length + k]!;
      const actual = lines[output]!;
      const warmUp = actual.length - expected.length;
      if (!startsLater) expect(actual.slice(0, warmUp).every(Number.isNaN), 'the same warm-up').toBe(true);
      for (let at = skip; at < expected.length; at += 1) {
        const difference = Math.abs(actual[warmUp + at]! * scale - expected[at]!);
        expect(difference, `${output}[${at}]`).toBeLessThanOrEqual(0.0005 + 1e-9);
      }
    }
  });
});
