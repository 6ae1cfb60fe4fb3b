import { createHash } from 'node:crypto';
import type { BacktestSpec, StrategyParams } from '../../domain/backtest.js';
import { canonicalJson } from '../backtesting/backtest-command.js';

/**
 * What names the sets of one search in the ledger of trials: `trialDigest` of a backtest with these parameters. What
 * all of them share is written down once, as a search asks for a hundred thousand of them.
 */
export function trialDigestsOf({
  strategy,
  profile,
  options,
}: Pick<BacktestSpec, 'strategy' | 'profile' | 'options'>): (params: StrategyParams) => string {
  const [before, after] = [JSON.stringify(strategy), `${JSON.stringify(profile)},${canonicalJson(options)}`];
  return (params) =>
    createHash('sha256')
      .update(`[${before},${canonicalJson(params)},${after}]`)
      .digest('hex');
}
