import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aggregateReturns } from './aggregate-returns.js';
import { annualReturn, annualVolatility, type EmpyricalPeriod } from './annualization.js';
import { captureRatio, downCapture, upCapture, upDownCapture } from './capture-ratios.js';
import { cumulativeReturns, finalReturn, maxDrawdown, simpleReturns } from './cumulative-returns.js';
import { stabilityOfTimeseries, tailRatio } from './distribution.js';
import { alpha, alphaBetaWhen, beta } from './market-model.js';
import {
  calmarRatio,
  downsideRisk,
  excessSharpe,
  omegaRatio,
  sharpeRatio,
  sortinoRatio,
} from './risk-adjusted-ratios.js';

// Tables of empyrical's own tests (quantopian/empyrical 40f61b4, Apache-2.0), which hold to eight decimals.
const file = join(process.env['REFERENCE_DATA'] ?? '../shared/reference', 'metrics/empyrical_test_stats_cases.json');
const isPresent = existsSync(file);
if (!isPresent) console.warn(`Skipped: no reference metrics in ${file} (set REFERENCE_DATA)`);

type Cell = number | string | readonly (number | string)[];
interface Series {
  readonly type: 'series';
  readonly index?: string[];
  readonly start?: string;
  readonly omitted?: boolean;
  readonly values: (number | string)[];
}
interface Frame {
  readonly type: 'frame';
  readonly index: string[];
  readonly columns: string[];
  readonly values: number[][];
}
type Argument = Cell | { readonly ref: string } | Series | Frame;
interface Tables {
  readonly series: Record<string, Series>;
  readonly tests: { readonly test: string; readonly cases: Argument[][] }[];
}
const tables: Tables = isPresent ? (JSON.parse(readFileSync(file, 'utf8')) as Tables) : { series: {}, tests: [] };

interface Dated {
  readonly times: Float64Array;
  readonly values: Float64Array;
}
const DAY_MS = 86_400_000;

function dated(argument: Argument): Dated {
  const series = typeof argument === 'object' && 'ref' in argument ? tables.series[argument.ref]! : argument;
  if (typeof series !== 'object' || !('type' in series)) throw new TypeError('not a series');
  const values = Float64Array.from(series.values.flat(), Number);
  const times = series.index
    ? Float64Array.from(series.index, (text) => Date.parse(`${text}Z`))
    : values.map((_, i) => Date.parse((series as Series).start!) + i * DAY_MS);
  return { times, values };
}
const isSeries = (argument: Argument): boolean =>
  typeof argument === 'object' && ('ref' in argument || 'type' in argument);
const valuesOf = (argument: Argument): Float64Array => dated(argument).values;
const numberOrValues = (argument: Argument): number | Float64Array =>
  isSeries(argument) ? valuesOf(argument) : Number(argument);
const asPeriod = (argument: Argument): EmpyricalPeriod => argument as EmpyricalPeriod;

/** Both series over the days of either, NaN where one has none: as the program aligns them. */
function aligned(a: Argument, b: Argument): [Float64Array, Float64Array] {
  const [first, second] = [dated(a), dated(b)];
  const days = [...new Set([...first.times, ...second.times])].sort((x, y) => x - y);
  const over = ({ times, values }: Dated) => Float64Array.from(days, (day) => values[times.indexOf(day)] ?? NaN);
  return [over(first), over(second)];
}

type Computed = number | Float64Array | readonly number[];
const COMPUTE: Record<string, (...a: Argument[]) => Computed> = {
  test_simple_returns: (prices) => simpleReturns(valuesOf(prices!)),
  test_cum_returns: (returns, start) => cumulativeReturns(valuesOf(returns!), Number(start)),
  test_cum_returns_final: (returns, start) => finalReturn(valuesOf(returns!), Number(start)),
  test_aggregate_returns: (returns, period) => {
    const { times, values } = dated(returns!);
    return aggregateReturns(times, values, period as Exclude<EmpyricalPeriod, 'daily'>);
  },
  test_max_drawdown: (returns) => maxDrawdown(valuesOf(returns!)),
  test_annual_ret: (returns, period) => annualReturn(valuesOf(returns!), asPeriod(period!)),
  test_cagr: (returns, period) => annualReturn(valuesOf(returns!), asPeriod(period!)),
  test_annual_volatility: (returns, period) => annualVolatility(valuesOf(returns!), asPeriod(period!)),
  test_calmar: (returns, period) => calmarRatio(valuesOf(returns!), asPeriod(period!)),
  test_omega: (returns, riskFree, required) =>
    omegaRatio(valuesOf(returns!), numberOrValues(riskFree!), Number(required)),
  test_sharpe_ratio: (returns, riskFree) => sharpeRatio(valuesOf(returns!), numberOrValues(riskFree!)),
  test_downside_risk: (returns, required, period) =>
    downsideRisk(valuesOf(returns!), numberOrValues(required!), asPeriod(period!)),
  test_sortino: (returns, required, period) =>
    sortinoRatio(valuesOf(returns!), numberOrValues(required!), asPeriod(period!)),
  test_excess_sharpe: (returns, factor) => excessSharpe(valuesOf(returns!), numberOrValues(factor!)),
  test_alpha_beta: (returns, factor) => {
    const both = aligned(returns!, factor!);
    return [alpha(...both), beta(...both)];
  },
  test_alpha: (returns, factor) => alpha(...aligned(returns!, factor!)),
  test_beta: (returns, factor) => beta(...aligned(returns!, factor!)),
  test_stability_of_timeseries: (returns) => stabilityOfTimeseries(valuesOf(returns!)),
  test_tail_ratio: (returns) => tailRatio(valuesOf(returns!)),
  test_capture_ratio: (returns, factor) => captureRatio(...aligned(returns!, factor!)),
  test_up_capture: (returns, factor) => upCapture(...aligned(returns!, factor!)),
  test_down_capture: (returns, factor) => downCapture(...aligned(returns!, factor!)),
  test_up_down_capture: (returns, factor) => upDownCapture(...aligned(returns!, factor!)),
  test_up_alpha_beta: (returns, factor) => alphaBetaWhen('up', ...aligned(returns!, factor!)),
  test_down_alpha_beta: (returns, factor) => alphaBetaWhen('down', ...aligned(returns!, factor!)),
};

/** One table row as calls of ours: a frame is one call a column. */
function callsOf(test: string, row: Argument[]) {
  // Some rows of beta say how many decimals hold; the compounded returns are printed with five digits.
  const hasDecimals = test === 'test_beta' && typeof row[3] === 'number';
  const decimals = hasDecimals ? (row[3] as number) : test.startsWith('test_cum_returns') ? 4 : 8;
  const inputs = row.slice(0, hasDecimals ? 2 : -1);
  const expected = row[hasDecimals ? 2 : row.length - 1]!;
  const [first] = inputs;
  if (typeof first !== 'object' || !('type' in first) || first.type !== 'frame')
    return [{ inputs, expected, decimals }];
  return first.columns.map((_, column) => ({
    inputs: [{ ...first, columns: [], values: first.values.map((cells) => [cells[column]!]) }, ...inputs.slice(1)],
    expected: (expected as Series).values[column]!,
    decimals,
  }));
}

describe.skipIf(!isPresent)("the empyrical profile on empyrical's own tables", () => {
  it('finds all tables and computes each', () => {
    expect(tables.tests.map(({ test }) => test).sort()).toEqual(Object.keys(COMPUTE).sort());
  });

  const rows = tables.tests.flatMap(({ test, cases }) => cases.map((row, i) => ({ test, i, row })));
  // A hundred thousand random returns are not in the file.
  const kept = rows.filter(({ row }) => !row.some((cell) => typeof cell === 'object' && 'omitted' in cell));

  it.each(kept)('$test row $i', ({ test, row }) => {
    for (const { inputs, expected, decimals } of callsOf(test, row)) {
      const computed = COMPUTE[test]!(...inputs);
      const got = typeof computed === 'number' ? [computed] : [...computed];
      const wanted = [expected as Cell].flat().map(Number);
      expect(got).toHaveLength(wanted.length);
      wanted.forEach((value, i) => {
        if (Number.isFinite(value)) expect(got[i]).toBeCloseTo(value, decimals);
        else expect(got[i]).toBe(value);
      });
    }
  });
});
