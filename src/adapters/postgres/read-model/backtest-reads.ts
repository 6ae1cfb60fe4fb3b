import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { BacktestFilter, BacktestReadModel, BacktestView, RoundTripView } from '../../../ports/backtest-reads.js';
import type { CurveSample } from '../../../ports/backtest-runner.js';
import type { Page, PageRequest } from '../../../ports/read-model.js';
import { BacktestEntity, RoundTripEntity } from '../entities/backtest-entities.js';
import { float64Values } from '../float64-bytes.js';
import { type KeyColumn, keysetPage, matching } from './keyset-page.js';

const NEWEST_FIRST: readonly KeyColumn<BacktestEntity>[] = [
  { property: 'createdAt', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const BY_EXIT: readonly KeyColumn<RoundTripEntity>[] = [{ property: 'number', order: 'asc' }];

/** Entities have the shape that the port asks for. */
const same = <T>(row: T): T => row;

export class PgBacktestReads implements BacktestReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(
    private readonly fork: () => SqlEntityManager,
    private readonly pool: Pool,
  ) {}

  backtests({ strategy, statuses }: BacktestFilter, page: PageRequest): Promise<Page<BacktestView>> {
    const where = matching({ strategy, status: statuses });
    return keysetPage(this.fork(), BacktestEntity, where, NEWEST_FIRST, page, same);
  }

  backtest(id: string): Promise<BacktestView | null> {
    return this.fork().findOne(BacktestEntity, { id });
  }

  backtestsById(ids: readonly string[]): Promise<readonly BacktestView[]> {
    return this.fork().find(BacktestEntity, { id: { $in: [...ids] } });
  }

  roundTrips(backtestId: string, page: PageRequest): Promise<Page<RoundTripView>> {
    return keysetPage(this.fork(), RoundTripEntity, { backtestId }, BY_EXIT, page, same);
  }

  async curve(backtestId: string): Promise<CurveSample | null> {
    const { rows } = await this.pool.query<{ times: Buffer; equity: Buffer; drawdowns: Buffer }>({
      name: 'backtest-curve-sample',
      text: `SELECT sample_times AS times, sample_equity AS equity, sample_drawdowns AS drawdowns
             FROM backtest_curves WHERE backtest_id = $1`,
      values: [backtestId],
    });
    const [row] = rows;
    if (row === undefined) return null;
    return {
      times: float64Values(row.times),
      equity: float64Values(row.equity),
      drawdowns: float64Values(row.drawdowns),
    };
  }

  async equity(backtestId: string): Promise<{ readonly times: Float64Array; readonly equity: Float64Array } | null> {
    const { rows } = await this.pool.query<{ times: Buffer; equity: Buffer }>(
      'SELECT times, equity FROM backtest_curves WHERE backtest_id = $1',
      [backtestId],
    );
    const [row] = rows;
    return row === undefined ? null : { times: float64Values(row.times), equity: float64Values(row.equity) };
  }

  async pnl(backtestId: string): Promise<Float64Array> {
    const { rows } = await this.pool.query<{ gains: Buffer | null }>(
      "SELECT string_agg(float8send(pnl), '' ORDER BY number) AS gains FROM round_trips WHERE backtest_id = $1",
      [backtestId],
    );
    const gains = rows[0]?.gains ?? Buffer.alloc(0);
    return Float64Array.from({ length: gains.length / 8 }, (_, index) => gains.readDoubleBE(8 * index));
  }
}
