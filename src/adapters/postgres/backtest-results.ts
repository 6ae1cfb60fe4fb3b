import type { Pool, PoolClient } from 'pg';
import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { BacktestResultWriter } from '../../ports/backtest-store.js';
import { HELD } from './backtest-rows.js';
import { CopyWriter } from './copy-format.js';
import { copyFrom } from './copy-stream.js';
import { float64Bytes } from './float64-bytes.js';
import { PgTransaction } from './transaction.js';

/** Rolls back what an attempt wrote that had lost its backtest. */
class NotHeldError extends Error {
  override readonly name = 'NotHeldError';
}

/** Round trips of one COPY: some 200 bytes each. */
const ROUND_TRIPS_A_COPY = 20_000;

/** Curves and round trips in PostgreSQL. Writes what may be tens of MB in one go: for a thread that nobody waits for. */
export class PgBacktestResultWriter implements BacktestResultWriter {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async write(id: string, attempt: number, result: BacktestResult): Promise<boolean> {
    try {
      await PgTransaction.run(this.pool, async (tx) => {
        await tx.query('DELETE FROM backtest_curves WHERE backtest_id = $1', [id]);
        await tx.query('DELETE FROM round_trips WHERE backtest_id = $1', [id]);
        await writeCurves(tx, id, result);
        await writeRoundTrips(await tx.connection(), id, result);
        // Asked last: asked first, the row would have to stay locked meanwhile, and a cancel would wait for it.
        const { rowCount } = await tx.query(`SELECT FROM backtests WHERE ${HELD} FOR UPDATE`, [id, attempt]);
        if (rowCount === 0) throw new NotHeldError(`backtest ${id} is no longer of attempt ${attempt}`);
      });
      return true;
    } catch (error) {
      if (error instanceof NotHeldError || isForeignKeyViolation(error)) return false;
      throw error;
    }
  }
}

/** The backtest was deleted. */
const isForeignKeyViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503';

async function writeCurves(tx: PgTransaction, id: string, { times, equity, sample }: BacktestResult): Promise<void> {
  await tx.query(
    `INSERT INTO backtest_curves (backtest_id, times, equity, sample_times, sample_equity, sample_drawdowns)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      id,
      float64Bytes(times),
      float64Bytes(equity),
      float64Bytes(sample.times),
      float64Bytes(sample.equity),
      float64Bytes(sample.drawdowns),
    ],
  );
}

const ROUND_TRIP_COLUMNS = [
  'backtest_id',
  'number',
  'symbol',
  'units',
  'entry_index',
  'exit_index',
  'entry_time',
  'exit_time',
  'entry_price',
  'exit_price',
  'stop_loss',
  'take_profit',
  'pnl',
  'commission',
  'return_fraction',
  'max_adverse',
  'max_favorable',
  'exit_reason',
] as const;

const COPY_ROUND_TRIPS = `COPY round_trips (${ROUND_TRIP_COLUMNS.join(', ')}) FROM STDIN (FORMAT binary)`;

async function writeRoundTrips(client: PoolClient, id: string, result: BacktestResult): Promise<void> {
  const { length } = result.roundTrips;
  for (let start = 0; start < length; start += ROUND_TRIPS_A_COPY) {
    const end = Math.min(start + ROUND_TRIPS_A_COPY, length);
    const writer = new CopyWriter((end - start) * 256);
    for (let index = start; index < end; index += 1) writeRoundTrip(writer, id, result, index);
    await copyFrom(client, COPY_ROUND_TRIPS, writer.finish());
  }
}

/** In the order of ROUND_TRIP_COLUMNS. */
function writeRoundTrip(
  writer: CopyWriter,
  id: string,
  { roundTrips: trips, times, symbols }: BacktestResult,
  index: number,
): void {
  const at = (column: Float64Array): number => column[index] ?? NaN;
  const optional = (column: Float64Array): number | null => (Number.isNaN(at(column)) ? null : at(column));
  writer.row(ROUND_TRIP_COLUMNS.length);
  writer.uuid(id);
  writer.int4(index + 1);
  writer.text(symbols[at(trips.symbolIndex)] ?? '');
  writer.float8(at(trips.units));
  writer.int4(at(trips.entryIndex));
  writer.int4(at(trips.exitIndex));
  writer.timestamptz(times[at(trips.entryIndex)] ?? NaN);
  writer.timestamptz(times[at(trips.exitIndex)] ?? NaN);
  writer.float8(at(trips.entryPrice));
  writer.float8(at(trips.exitPrice));
  writer.float8(optional(trips.stopLoss));
  writer.float8(optional(trips.takeProfit));
  writer.float8(at(trips.pnl));
  writer.float8(at(trips.commission));
  writer.float8(at(trips.returnFraction));
  writer.float8(at(trips.maxAdverse));
  writer.float8(at(trips.maxFavorable));
  writer.text(trips.exitReason[index] ?? '');
}
