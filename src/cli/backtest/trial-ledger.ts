import type { BacktestCaution, BacktestSpec } from '../../domain/backtest.js';
import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { BacktestStore, BacktestTrial } from '../../ports/backtest-store.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { trialDigest, trialOf } from '../../services/backtesting/trial.js';

/** What else was tried on the bars of a run: its Sharpe ratio is deflated by it. */
export interface TrialLedger {
  /** Annualized Sharpe ratios of the other trials on these bars, NaN where undefined. */
  otherSharpes(spec: BacktestSpec): Promise<readonly number[]>;
  record(spec: BacktestSpec, result: BacktestResult): Promise<void>;
  recordTrials(trials: readonly BacktestTrial[]): Promise<void>;
  /** What is to be known of the ledger itself. */
  readonly cautions: readonly BacktestCaution[];
}

/** The one that the service keeps: what was tried there counts here, and the other way round. */
export function storedLedger(
  store: Pick<BacktestStore, 'otherSharpes' | 'saveTrials'>,
  unitOfWork: UnitOfWork,
  dataHash: string,
): TrialLedger {
  return {
    otherSharpes: (spec) => store.otherSharpes(dataHash, trialDigest(spec)),
    record: (spec, result) => unitOfWork.transaction((tx) => store.saveTrials(tx, [trialOf(spec, result)])),
    recordTrials: (trials) => unitOfWork.transaction((tx) => store.saveTrials(tx, trials)),
    cautions: [],
  };
}

/** Files have none: nobody knows what else was tried on them. */
export const NO_LEDGER: TrialLedger = {
  otherSharpes: () => Promise.resolve([]),
  record: () => Promise.resolve(),
  recordTrials: () => Promise.resolve(),
  cautions: [
    {
      code: 'ONE_TRIAL_COUNTED',
      severity: 'INFO',
      message:
        'The deflated Sharpe ratio counts this one trial: runs over a file are not kept, and whatever else was tried on ' +
        'these bars makes it more likely that the result is luck. Over stored bars (--symbol) all trials are counted.',
      values: { trials: 1 },
    },
  ],
};
