import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { SearchedAxis } from '../../../domain/search.js';
import type { Page, PageRequest } from '../../../ports/read-model.js';
import type {
  CellRequest,
  SearchCell,
  SearchReadModel,
  SearchRunView,
  SearchView,
} from '../../../ports/search-reads.js';
import type { SearchCurve } from '../../../ports/search-runner.js';
import { SearchEntity, SearchRunEntity } from '../entities/search-entities.js';
import { float64Values } from '../float64-bytes.js';
import { type KeyColumn, keysetPage, matching } from './keyset-page.js';

const NEWEST_FIRST: readonly KeyColumn<SearchEntity>[] = [
  { property: 'createdAt', order: 'desc' },
  { property: 'id', order: 'asc' },
];
const BEST_FIRST: readonly KeyColumn<SearchRunEntity>[] = [
  { property: 'rank', order: 'desc' },
  { property: 'runIndex', order: 'asc' },
];

/** Entities have the shape that the port asks for. */
const same = <T>(row: T): T => row;

export class PgSearchReads implements SearchReadModel {
  /** @param fork a fresh entity manager for each read: no row is served from an earlier one */
  constructor(
    private readonly fork: () => SqlEntityManager,
    private readonly pool: Pool,
  ) {}

  searches(strategy: string | null, page: PageRequest): Promise<Page<SearchView>> {
    return keysetPage(this.fork(), SearchEntity, matching({ strategy }), NEWEST_FIRST, page, same);
  }

  search(id: string): Promise<SearchView | null> {
    return this.fork().findOne(SearchEntity, { id });
  }

  runs(searchId: string, page: PageRequest): Promise<Page<SearchRunView>> {
    return keysetPage(this.fork(), SearchRunEntity, { searchId }, BEST_FIRST, page, same);
  }

  async cells(searchId: string, { x, y, parts, figure }: CellRequest): Promise<readonly SearchCell[]> {
    const values: unknown[] = [searchId];
    const [xPlace, yPlace] = [placeOf(x, parts, values), placeOf(y, parts, values)];
    const score = { HIGHEST: 'max', LOWEST: 'min', MEAN: 'avg' }[figure];
    const { rows } = await this.pool.query<SearchCell>(
      `SELECT ${xPlace} AS x, ${yPlace} AS y, ${score}(score) AS score, count(*)::integer AS count
       FROM search_results WHERE search_id = $1 AND score IS NOT NULL GROUP BY 1, 2`,
      values,
    );
    return rows;
  }

  async curve(searchId: string): Promise<SearchCurve | null> {
    const { rows } = await this.pool.query<{ times: Buffer | null; equity: Buffer | null }>(
      'SELECT curve_times AS times, curve_equity AS equity FROM searches WHERE id = $1',
      [searchId],
    );
    const { times = null, equity = null } = rows[0] ?? {};
    return times === null || equity === null ? null : { times: float64Values(times), equity: float64Values(equity) };
  }
}

/** SQL for the place of a row's parameter on an axis; what it compares with is added to the values. */
function placeOf(axis: SearchedAxis, parts: number, values: unknown[]): string {
  const next = (value: unknown): string => `$${values.push(value)}`;
  const own = `params -> ${next(axis.parameter)}::text`;
  if (axis.kind === 'LIST') {
    const list = next(axis.values.map((value) => JSON.stringify(value)));
    return `array_position(${list}::jsonb[], ${own}) - 1`;
  }
  const width = (axis.to - axis.from) / parts;
  if (width === 0) return '0';
  return `least(${parts - 1}, floor(((${own})::float8 - ${next(axis.from)}::float8) / ${next(width)}::float8))::integer`;
}
