import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { float64Bytes } from './float64-bytes.js';
import { pgTransaction } from './transaction.js';

/** Rows a statement: written down in one turn of the event loop, a few milliseconds. */
const ROUND_TRIPS_A_STATEMENT = 1_000;

export async function saveCurve(
  tx: Transaction,
  backtestId: string,
  { times, equity, sample }: BacktestResult,
): Promise<void> {
  await pgTransaction(tx).query(
    `INSERT INTO backtest_curves (backtest_id, times, equity, sample_times, sample_equity, sample_drawdowns)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      backtestId,
      float64Bytes(times),
      float64Bytes(equity),
      float64Bytes(sample.times),
      float64Bytes(sample.equity),
      float64Bytes(sample.drawdowns),
    ],
  );
}

export async function saveRoundTrips(tx: Transaction, backtestId: string, result: BacktestResult): Promise<void> {
  for (let start = 0; start < result.roundTrips.length; start += ROUND_TRIPS_A_STATEMENT) {
    const end = Math.min(start + ROUND_TRIPS_A_STATEMENT, result.roundTrips.length);
    await pgTransaction(tx).query(INSERT_ROUND_TRIPS, roundTripValues(backtestId, result, start, end));
  }
}

const INSERT_ROUND_TRIPS = `
  INSERT INTO round_trips (backtest_id, number, symbol, units, entry_index, exit_index, entry_time, exit_time, entry_price,
    exit_price, stop_loss, take_profit, pnl, commission, return_fraction, max_adverse, max_favorable, exit_reason)
  SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::float8[], $5::integer[], $6::integer[], $7::timestamptz[],
    $8::timestamptz[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::float8[],
    $15::float8[], $16::float8[], $17::float8[], $18::text[])`;

function roundTripValues(
  backtestId: string,
  { roundTrips: trips, times, symbols }: BacktestResult,
  start: number,
  end: number,
): unknown[] {
  const timeAt = (index: number): string => new Date(times[index] ?? NaN).toISOString();
  const numbers = (column: Float64Array): number[] => [...column.subarray(start, end)];
  const optional = (column: Float64Array): (number | null)[] =>
    numbers(column).map((value) => (Number.isNaN(value) ? null : value));
  return [
    backtestId,
    Array.from({ length: end - start }, (_, offset) => start + offset + 1),
    numbers(trips.symbolIndex).map((index) => symbols[index]),
    numbers(trips.units),
    numbers(trips.entryIndex),
    numbers(trips.exitIndex),
    numbers(trips.entryIndex).map(timeAt),
    numbers(trips.exitIndex).map(timeAt),
    numbers(trips.entryPrice),
    numbers(trips.exitPrice),
    optional(trips.stopLoss),
    optional(trips.takeProfit),
    numbers(trips.pnl),
    numbers(trips.commission),
    numbers(trips.returnFraction),
    numbers(trips.maxAdverse),
    numbers(trips.maxFavorable),
    trips.exitReason.slice(start, end),
  ];
}
