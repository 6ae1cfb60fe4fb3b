import type { Pool } from 'pg';
import type { BacktestSpec, BacktestStatus } from '../../domain/backtest.js';
import type { BacktestResult, RoundTripColumns } from '../../ports/backtest-runner.js';
import { SPEC_COLUMNS, toSpec, type SpecRow } from './backtest-rows.js';
import { float64Values } from './float64-bytes.js';

export type StoredResult =
  | { readonly status: Exclude<BacktestStatus, 'DONE'> }
  | { readonly status: 'DONE'; readonly spec: BacktestSpec; readonly result: BacktestResult };

interface ResultRow extends SpecRow {
  readonly status: BacktestStatus;
  readonly data_hash: string;
  readonly actions_hash: string | null;
  readonly bar_count: number;
  readonly engine_version: string;
  readonly data_from: Date;
  readonly data_to: Date;
  readonly statistics: BacktestResult['statistics'];
  readonly foreign_statistics: BacktestResult['foreignStatistics'];
  readonly monthly_returns: BacktestResult['monthlyReturns'];
  readonly cautions: BacktestResult['cautions'];
  readonly times: Buffer;
  readonly equity: Buffer;
  readonly sample_times: Buffer;
  readonly sample_equity: Buffer;
  readonly sample_drawdowns: Buffer;
}

/** A backtest with all of its result, as it was when it was run; null when there is none with this id. */
export async function storedResult(pool: Pool, backtestId: string): Promise<StoredResult | null> {
  const { rows } = await pool.query<ResultRow>(
    `SELECT ${SPEC_COLUMNS}, status, data_hash, actions_hash, bar_count, engine_version, data_from, data_to, statistics,
       foreign_statistics, monthly_returns, cautions, times, backtest_curves.equity, sample_times, sample_equity,
       sample_drawdowns
     FROM backtests LEFT JOIN backtest_curves ON backtest_id = id WHERE id = $1`,
    [backtestId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { status } = row;
  if (status !== 'DONE') return { status };
  const spec = toSpec(row);
  const result: BacktestResult = {
    dataHash: row.data_hash,
    actionsHash: row.actions_hash,
    barCount: row.bar_count,
    symbols: spec.symbols,
    dataFrom: row.data_from.getTime(),
    dataTo: row.data_to.getTime(),
    engineVersion: row.engine_version,
    statistics: row.statistics,
    foreignStatistics: row.foreign_statistics,
    monthlyReturns: row.monthly_returns,
    cautions: row.cautions,
    times: float64Values(row.times),
    equity: float64Values(row.equity),
    sample: {
      times: float64Values(row.sample_times),
      equity: float64Values(row.sample_equity),
      drawdowns: float64Values(row.sample_drawdowns),
    },
    roundTrips: await storedRoundTrips(pool, backtestId, spec.symbols),
  };
  return { status, spec, result };
}

/** Columns of the table by those of a result. */
const NUMBER_COLUMNS = {
  units: 'units',
  entryIndex: 'entry_index',
  exitIndex: 'exit_index',
  entryPrice: 'entry_price',
  exitPrice: 'exit_price',
  stopLoss: 'stop_loss',
  takeProfit: 'take_profit',
  pnl: 'pnl',
  commission: 'commission',
  returnFraction: 'return_fraction',
  maxAdverse: 'max_adverse',
  maxFavorable: 'max_favorable',
} as const satisfies Partial<Record<keyof RoundTripColumns, string>>;
type NumberColumn = keyof typeof NUMBER_COLUMNS;

interface RoundTripRow extends Readonly<Record<NumberColumn, Buffer>> {
  readonly length: number;
  readonly symbolIndex: Buffer;
  readonly exitReasons: readonly string[];
}

/** One value of each row as eight bytes, in order: a row for each of a million round trips would cost seconds. */
const column = (expression: string, name: string): string =>
  `coalesce(string_agg(float8send(${expression}), '' ORDER BY number), '') AS "${name}"`;

async function storedRoundTrips(pool: Pool, backtestId: string, symbols: readonly string[]): Promise<RoundTripColumns> {
  const numbers = Object.entries(NUMBER_COLUMNS).map(([name, stored]) =>
    column(`coalesce(${stored}::float8, 'NaN')`, name),
  );
  const { rows } = await pool.query<RoundTripRow>(
    `SELECT count(*)::integer AS length, ${column('array_position($2::text[], symbol) - 1', 'symbolIndex')},
       ${numbers.join(', ')}, coalesce(array_agg(exit_reason ORDER BY number), '{}') AS "exitReasons"
     FROM round_trips WHERE backtest_id = $1`,
    [backtestId, symbols],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate has a row');
  const of = (name: NumberColumn): Float64Array => sentValues(row[name]);
  return {
    length: row.length,
    symbolIndex: sentValues(row.symbolIndex),
    units: of('units'),
    entryIndex: of('entryIndex'),
    exitIndex: of('exitIndex'),
    entryPrice: of('entryPrice'),
    exitPrice: of('exitPrice'),
    stopLoss: of('stopLoss'),
    takeProfit: of('takeProfit'),
    pnl: of('pnl'),
    commission: of('commission'),
    returnFraction: of('returnFraction'),
    maxAdverse: of('maxAdverse'),
    maxFavorable: of('maxFavorable'),
    exitReason: row.exitReasons,
  };
}

/** PostgreSQL sends the highest byte first. */
const sentValues = (bytes: Buffer): Float64Array =>
  Float64Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleBE(8 * index));
