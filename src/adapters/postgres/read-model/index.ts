import type { BarStore } from '../../../ports/bar-store.js';
import type { ReadModel } from '../../../ports/read-model.js';
import type { Database } from '../database.js';
import { PgBacktestReads } from './backtest-reads.js';
import { PgBarReads } from './bar-reads.js';
import { PgDeploymentReads } from './deployment-reads.js';
import { PgMarketReads } from './market-reads.js';
import { PgMlReads } from './ml-reads.js';
import { PgSearchReads } from './search-reads.js';
import { PgTradingReads } from './trading-reads.js';

/** Reading for the API. One for the process: each read has an entity manager of its own. */
export function createReadModel(database: Pick<Database, 'orm' | 'pool'>, bars: BarStore): ReadModel {
  const fork = () => database.orm.em.fork();
  return {
    market: new PgMarketReads(fork, new PgBarReads(database.pool, bars)),
    ml: new PgMlReads(fork),
    trading: new PgTradingReads(fork),
    backtests: new PgBacktestReads(fork, database.pool),
    deployments: new PgDeploymentReads(fork),
    searches: new PgSearchReads(fork, database.pool),
  };
}
