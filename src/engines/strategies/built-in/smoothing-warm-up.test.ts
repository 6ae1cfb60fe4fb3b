import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokerOptions, dailySeries, type Ohlc } from '../../../../tests/support/scripted-backtest.js';
import { readBarColumns } from '../../../adapters/csv/read-bar-columns.js';
import type { BarSeries } from '../../../domain/bar.js';
import { simulateUnits } from '../../backtest/simulate-units.js';
import { SeededRandom } from '../../ml/seeded-random.js';
import { opensPlusTimeframe } from '../../research/recorded-run.js';
import { analyzeWarmUp } from '../../research/warm-up.js';
import { findStrategy } from '../catalogue.js';
import { parseParameters } from '../parameters.js';

/** Those whose indicators never wholly forget where they began. */
const SMOOTHING = ['ema-cross', 'macd', 'rsi-reversion'];
const STARTS = 20;

function walk(): BarSeries {
  const random = new SeededRandom(11);
  let price = 100;
  const rows = Array.from({ length: 1500 }, (): Ohlc => {
    const open = price;
    price *= Math.exp(0.04 * (random.nextFloat() + random.nextFloat() - 1));
    return [open, Math.max(open, price), Math.min(open, price), price];
  });
  return dailySeries('A', rows);
}

function changes(name: string, series: BarSeries) {
  const strategy = findStrategy(name)!;
  const values = parseParameters(strategy.parameters, { direction: 'both' });
  if (!values.ok) throw new Error(values.error.message);
  return analyzeWarmUp(
    {
      strategy,
      values: values.value,
      bars: { series: [series], tradeFrom: null },
      simulate: (bars, definition, given) => simulateUnits(bars, definition, given, brokerOptions()),
      closeTimesOf: opensPlusTimeframe,
    },
    { starts: STARTS, seed: 5 },
  );
}

it.each(SMOOTHING)('%s decides the same wherever its data begin', (name) => {
  const { comparedDecisions, changedDecisions } = changes(name, walk());
  expect(comparedDecisions).toBeGreaterThan(100);
  expect(changedDecisions / comparedDecisions).toBeLessThanOrEqual(0.005);
});

const google = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'bars/GOOG.csv');

it.skipIf(!existsSync(google)).each(SMOOTHING)('%s so on GOOG too (needs REFERENCE_DATA)', async (name) => {
  const options = { symbol: 'GOOG', timeframe: null, zone: 'UTC', now: Date.UTC(2026, 0, 1) } as const;
  const { series } = await readBarColumns(google, options);
  const report = changes(name, series);
  expect(report.startTimes).toHaveLength(STARTS);
  expect(report.changedDecisions).toBe(0);
});
