import type { BacktestFailure, BacktestSpec } from '../domain/backtest.js';
import { err, ok, type Result } from '../domain/result.js';
import { tradingSettingsOf } from '../engines/backtest/native-options.js';
import { prepareStrategy } from '../engines/backtest/prepare-strategy.js';
import { SimulationError } from '../engines/backtest/simulation-error.js';
import type { SimulationHooks } from '../engines/backtest/simulation.js';
import { roundTripFraction } from '../engines/execution/costs.js';
import type { Caution } from '../engines/research/caution.js';
import { parseParameters } from '../engines/strategies/parameters.js';
import type { PreparationContext } from '../engines/strategies/preparation.js';
import type { StrategyDefinition } from '../engines/strategies/strategy.js';
import type { BacktestRun } from '../ports/backtest-runner.js';
import { brokerOptionsOf, nativeOptionsOf } from '../services/backtesting/engine-options.js';

/** Of the run's progress: training takes seconds, the simulation after it milliseconds. */
const PREPARATION_SHARE = 0.95;
const BASIS_POINTS = 10_000;

export interface PreparedRun {
  readonly strategy: StrategyDefinition;
  /** For the simulation that follows: its progress goes on where the preparation's ended. */
  readonly hooks: SimulationHooks;
  /** What the strategy says of its preparation. */
  readonly cautions: readonly Caution[];
}

/** Lets the strategy of a run prepare itself in this thread. Nothing is done, and no time lost, where it has nothing to prepare. */
export async function prepareRun(
  run: BacktestRun,
  strategy: StrategyDefinition,
  hooks: SimulationHooks,
): Promise<Result<PreparedRun, BacktestFailure>> {
  if (strategy.prepare === undefined) return ok({ strategy, hooks, cautions: [] });
  const { spec, series, actions = [] } = run;
  const parsed = parseParameters(strategy.parameters, spec.params, strategy.checkTogether?.bind(strategy));
  if (!parsed.ok) return err({ code: parsed.error.code, message: parsed.error.message });
  const context = preparationContext(run, (fraction, barTime) =>
    hooks.onProgress(PREPARATION_SHARE * fraction, 1, barTime, spec.options.initialCapital),
  );
  try {
    const prepared = await prepareStrategy(strategy, { series, tradeFrom: null, actions }, parsed.value, context);
    return ok({
      strategy: prepared.strategy,
      hooks: afterPreparation(hooks),
      cautions: remarkCautions(prepared.remarks),
    });
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    return err({ code: 'STRATEGY_FAILED', message: error.message });
  }
}

/** A backtest's run, or that of a search. */
interface CostedRun extends Pick<BacktestRun, 'series' | 'instruments'> {
  readonly spec: Pick<BacktestSpec, 'seed' | 'profile' | 'options'>;
}

/** With what the strategy of a run prepares itself, in this thread. */
export const preparationContext = (
  run: CostedRun,
  onProgress: PreparationContext['onProgress'],
): PreparationContext => ({
  seed: run.spec.seed,
  roundTripCosts: roundTripCosts(run),
  onProgress,
  startTensors: async () => {
    // Takes its time to load: other strategies do not wait for it.
    const { startBackend } = await import('../adapters/tfjs/backend.js');
    await startBackend('wasm');
  },
});

/** What a strategy says of its preparation, as it is shown with the result. */
export const remarkCautions = (remarks: readonly string[]): readonly Caution[] =>
  remarks.map((message) => ({ code: 'STRATEGY_REMARK', severity: 'INFO', message, values: {} }));

function afterPreparation({ everyBars, onProgress }: SimulationHooks): SimulationHooks {
  return {
    everyBars,
    onProgress(doneBars, totalBars, time, equity) {
      const share = totalBars > 0 ? doneBars / totalBars : 0;
      onProgress(PREPARATION_SHARE + (1 - PREPARATION_SHARE) * share, 1, time, equity);
    },
  };
}

/** What buying and selling again costs by the run's options: all that is a share of the price. */
function roundTripCosts({ spec, series, instruments }: CostedRun): number[] {
  if (spec.profile === 'native') {
    const settings = tradingSettingsOf(nativeOptionsOf(spec.options, instruments));
    return series.map(({ symbol }) => {
      const traded = settings.instruments.get(symbol);
      return traded === undefined ? 0 : roundTripFraction(traded.costs);
    });
  }
  const { commission, spread, slippage } = brokerOptionsOf(spec.options);
  const rate = commission.kind === 'PERCENT' || commission.kind === 'FIXED_PLUS_PERCENT' ? commission.rate : 0;
  const slip = slippage.kind === 'BASIS_POINTS' ? slippage.basisPoints / BASIS_POINTS : 0;
  // The spread lies on the entry alone; a rebate must not turn the threshold round.
  const fraction = Math.max(0, 2 * (rate + slip) + spread);
  return series.map(() => fraction);
}
