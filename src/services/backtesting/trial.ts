import { createHash } from 'node:crypto';
import type { BacktestSpec } from '../../domain/backtest.js';
import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { BacktestTrial } from '../../ports/backtest-store.js';
import { canonicalJson } from './backtest-command.js';

type TriedSpec = Pick<BacktestSpec, 'strategy' | 'params' | 'profile' | 'options'>;

/** What makes two runs over the same bars the same trial. */
export const trialDigest = ({ strategy, params, profile, options }: TriedSpec): string =>
  createHash('sha256')
    .update(canonicalJson([strategy, params, profile, options]))
    .digest('hex');

/** The entry of a result in the ledger of all trials on its bars. */
export const trialOf = (
  spec: TriedSpec,
  { dataHash, statistics }: Pick<BacktestResult, 'dataHash' | 'statistics'>,
): BacktestTrial => ({
  dataHash,
  trialDigest: trialDigest(spec),
  strategy: spec.strategy,
  params: spec.params,
  profile: spec.profile,
  sharpe: statistics['sharpe'] ?? null,
});
