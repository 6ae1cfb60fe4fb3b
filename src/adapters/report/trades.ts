import {
  BACKTESTING_PY_TRADE_COLUMNS,
  backtestingPyTrades,
  type BacktestingPyTrade,
} from '../../engines/metrics/backtesting-py/trades.js';
import { EXIT_REASONS, RoundTrips, type ExitReason } from '../../engines/backtest/round-trips.js';
import type { BacktestResult, RoundTripColumns } from '../../ports/backtest-runner.js';

/** One round trip of the native profile as a row: times in ISO 8601, `Pct` in percent, null where it has none. */
export interface RoundTripRow {
  readonly symbol: string;
  readonly units: number;
  readonly entryTime: string;
  readonly exitTime: string;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  readonly pnl: number;
  readonly commission: number;
  readonly returnPct: number;
  readonly maxAdversePct: number;
  readonly maxFavorablePct: number;
  readonly bars: number;
  readonly exitReason: string;
}

export const ROUND_TRIP_COLUMNS = [
  'symbol',
  'units',
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'stopLoss',
  'takeProfit',
  'pnl',
  'commission',
  'returnPct',
  'maxAdversePct',
  'maxFavorablePct',
  'bars',
  'exitReason',
] as const satisfies readonly (keyof RoundTripRow)[];

/** The round trips of a result, in the order of their exits. */
export function roundTripRows({ roundTrips, times, symbols }: BacktestResult): readonly RoundTripRow[] {
  const of = (column: keyof RoundTripColumns & NumberColumn, index: number) => roundTrips[column][index] ?? NaN;
  const time = (index: number) => new Date(times[index] ?? 0).toISOString();
  return Array.from({ length: roundTrips.length }, (_, index) => ({
    symbol: symbols[of('symbolIndex', index)] ?? '',
    units: of('units', index),
    entryTime: time(of('entryIndex', index)),
    exitTime: time(of('exitIndex', index)),
    entryPrice: of('entryPrice', index),
    exitPrice: of('exitPrice', index),
    stopLoss: orNull(of('stopLoss', index)),
    takeProfit: orNull(of('takeProfit', index)),
    pnl: of('pnl', index),
    commission: of('commission', index),
    returnPct: of('returnFraction', index) * 100,
    maxAdversePct: of('maxAdverse', index) * 100,
    maxFavorablePct: of('maxFavorable', index) * 100,
    bars: of('exitIndex', index) - of('entryIndex', index),
    exitReason: roundTrips.exitReason[index] ?? 'OTHER',
  }));
}

type NumberColumn = {
  [Name in keyof RoundTripColumns]: RoundTripColumns[Name] extends Float64Array ? Name : never;
}[keyof RoundTripColumns];

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** A trade of backtesting.py, which knows one symbol; of several each row names its own. */
type ForeignRow = BacktestingPyTrade & { readonly Symbol?: string };

/** The columns of backtesting.py's trades table; of several symbols one more, at its end. */
export const foreignColumns = ({ symbols }: BacktestResult): readonly (keyof ForeignRow)[] =>
  symbols.length === 1 ? BACKTESTING_PY_TRADE_COLUMNS : [...BACKTESTING_PY_TRADE_COLUMNS, 'Symbol'];

/** The round trips of a result under those columns. */
export function foreignRows({ roundTrips, times, symbols }: BacktestResult): readonly ForeignRow[] {
  const trips = new RoundTrips();
  const of = (column: NumberColumn, index: number) => roundTrips[column][index] ?? NaN;
  for (let index = 0; index < roundTrips.length; index += 1) {
    trips.add({
      symbolIndex: of('symbolIndex', index),
      units: of('units', index),
      entryIndex: of('entryIndex', index),
      exitIndex: of('exitIndex', index),
      entryPrice: of('entryPrice', index),
      exitPrice: of('exitPrice', index),
      stopLoss: of('stopLoss', index),
      takeProfit: of('takeProfit', index),
      pnl: of('pnl', index),
      commission: of('commission', index),
      returnFraction: of('returnFraction', index),
      maxAdverse: of('maxAdverse', index),
      maxFavorable: of('maxFavorable', index),
      exitReason: exitReasonOf(roundTrips.exitReason[index]),
    });
  }
  const rows = backtestingPyTrades({ roundTrips: trips, times });
  if (symbols.length === 1) return rows;
  return rows.map((row, index) => ({ ...row, Symbol: symbols[of('symbolIndex', index)] ?? '' }));
}

const exitReasonOf = (text: string | undefined): ExitReason =>
  EXIT_REASONS.find((reason) => reason === text) ?? 'OTHER';
