import { MarketData } from './0001-market-data.js';
import { EventLog } from './0002-event-log.js';
import { Ml } from './0003-ml.js';
import { Trading } from './0004-trading.js';
import { Backtests } from './0005-backtests.js';
import { BarVersions } from './0006-bar-versions.js';
import { Deployments } from './0007-deployments.js';
import { Searches } from './0008-searches.js';
import { CorporateActions } from './0009-corporate-actions.js';
import { ReplayTurn } from './0010-replay-turn.js';
import { SearchActions } from './0011-search-actions.js';
import { BinaryBatches } from './0012-binary-batches.js';
import { AccountActions } from './0013-account-actions.js';

/** All migrations, in order: forward only, each in one transaction. */
export const migrations = [
  { name: '0001-market-data', class: MarketData },
  { name: '0002-event-log', class: EventLog },
  { name: '0003-ml', class: Ml },
  { name: '0004-trading', class: Trading },
  { name: '0005-backtests', class: Backtests },
  { name: '0006-bar-versions', class: BarVersions },
  { name: '0007-deployments', class: Deployments },
  { name: '0008-searches', class: Searches },
  { name: '0009-corporate-actions', class: CorporateActions },
  { name: '0010-replay-turn', class: ReplayTurn },
  { name: '0011-search-actions', class: SearchActions },
  { name: '0012-binary-batches', class: BinaryBatches },
  { name: '0013-account-actions', class: AccountActions },
];
