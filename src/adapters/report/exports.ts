import type { BacktestReport } from './backtest-report.js';
import { foreignColumns, foreignRows, ROUND_TRIP_COLUMNS, roundTripRows } from './trades.js';

/**
 * A result as JSON can hold it. Under the `backtesting.py` profile `stats` and `trades` have the keys and columns of that
 * program; `statistics` are the native ones under every profile. Parameters, range, hash, version and seed say how to run it again.
 */
export function reportJson(report: BacktestReport): Readonly<Record<string, unknown>> {
  const { spec, result, source } = report;
  const isForeign = result.foreignStatistics !== null;
  return {
    profile: spec.profile,
    strategy: spec.strategy,
    params: spec.params,
    symbols: spec.symbols,
    timeframe: spec.timeframe,
    options: spec.options,
    provenance: {
      source,
      dataHash: result.dataHash,
      actionsHash: result.actionsHash,
      dataFrom: new Date(result.dataFrom).toISOString(),
      dataTo: new Date(result.dataTo).toISOString(),
      barCount: result.barCount,
      engineVersion: result.engineVersion,
      seed: spec.seed,
    },
    ...(isForeign ? { stats: result.foreignStatistics } : {}),
    statistics: result.statistics,
    trades: isForeign ? foreignRows(result) : roundTripRows(result),
    monthlyReturns: result.monthlyReturns,
    cautions: result.cautions,
  };
}

/** The equity curve as CSV: one row an instant; drawdown in percent, 0 or below. */
export function* equityCsv({ result, benchmark }: BacktestReport): Generator<string> {
  yield `Time,Equity,DrawdownPct${benchmark === null ? '' : ',Benchmark'}\n`;
  let peak = -Infinity;
  for (const [index, equity] of result.equity.entries()) {
    peak = Math.max(peak, equity);
    const held = benchmark === null ? '' : `,${benchmark[index]}`;
    yield `${new Date(result.times[index] ?? 0).toISOString()},${equity},${(equity / peak - 1) * 100}${held}\n`;
  }
}

/** The round trips as CSV, under the profile's columns. */
export function* tradesCsv({ result }: BacktestReport): Generator<string> {
  if (result.foreignStatistics !== null) yield* csv(foreignColumns(result), foreignRows(result));
  else yield* csv(ROUND_TRIP_COLUMNS, roundTripRows(result));
}

function* csv<C extends string>(
  columns: readonly C[],
  rows: Iterable<{ readonly [Column in C]?: string | number | null | undefined }>,
): Generator<string> {
  yield `${columns.join(',')}\n`;
  for (const row of rows) yield `${columns.map((column) => row[column] ?? '').join(',')}\n`;
}
