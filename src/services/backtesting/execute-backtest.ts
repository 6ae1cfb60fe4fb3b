import type { BacktestFailure } from '../../domain/backtest.js';
import { err, type Result } from '../../domain/result.js';
import type { BacktestResult, BacktestRunner } from '../../ports/backtest-runner.js';
import type { BacktestResultWriter, BacktestState, BacktestStore, TakenBacktest } from '../../ports/backtest-store.js';
import type { BarLoader } from '../../ports/bar-history.js';
import type { InstrumentStore } from '../../ports/bar-store.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { Logger } from '../../ports/logger.js';
import type { Metrics } from '../../ports/metrics.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { instrumentsOf } from './instruments-of.js';
import { watchHolder } from './watch-holder.js';
import { backtestEvent } from './backtest-event.js';
import { loadActions } from './load-actions.js';
import { loadBars } from './load-bars.js';
import { ProgressWriter } from './progress-writer.js';
import { trialDigest, trialOf } from './trial.js';

export interface ExecuteBacktestOptions {
  readonly store: BacktestStore;
  readonly results: BacktestResultWriter;
  readonly bars: BarLoader;
  readonly instruments: Pick<InstrumentStore, 'instrument'>;
  readonly actions: Pick<CorporateActionStore, 'actionsOf' | 'adjustmentOf'>;
  readonly runner: BacktestRunner;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** How often the store is asked whether the backtest is still ours; 200 ms when left out, so a cancel ends it within a second. */
  readonly watchEveryMs?: number;
}

export type ExecuteOutcome =
  | { readonly status: 'DONE' }
  | { readonly status: 'FAILED'; readonly failure: BacktestFailure }
  /** It had ended, was deleted, canceled, or taken up by another. */
  | { readonly status: 'NOT_OURS' };

/** Times that a backtest's process or thread may die before it is given up. */
export const ATTEMPTS_MAX = 5;

/** Ends a run whose backtest is no longer ours. */
class NoLongerOursError extends Error {
  override readonly name = 'NoLongerOursError';
}

/**
 * Executes a stored backtest from its start to its end: takes it up, reads its bars, has it run, stores what came of it.
 * Whatever it writes is fenced by its attempt, so two executors of one backtest cannot both write a result.
 */
export class ExecuteBacktest {
  private readonly options: ExecuteBacktestOptions;

  constructor(options: ExecuteBacktestOptions) {
    this.options = options;
  }

  /**
   * Rejects when it was broken off by `signal`, when the store failed or the thread was lost: the backtest is queued
   * again where that could be written, and a later call takes it up.
   */
  async execute(backtestId: string, signal?: AbortSignal): Promise<ExecuteOutcome> {
    const { store } = this.options;
    const taken = await this.write(
      (tx) => store.takeUp(tx, backtestId),
      (found) => found.state,
    );
    if (taken === null) return { status: 'NOT_OURS' };
    if (taken.attempt > ATTEMPTS_MAX) {
      const message = `it was taken up ${ATTEMPTS_MAX} times, and its process or thread died each time`;
      return this.settle(taken, err({ code: 'BACKTEST_WORKER_DIED', message }));
    }
    try {
      const startedAtMs = performance.now();
      const outcome = await this.run(taken, signal);
      this.options.metrics.observe('tradegraph_backtest_seconds', (performance.now() - startedAtMs) / 1000);
      return await this.settle(taken, outcome);
    } catch (error) {
      if (error instanceof NoLongerOursError) return { status: 'NOT_OURS' };
      await this.giveBack(taken, signal);
      throw error;
    }
  }

  private async run(
    { state: { id }, spec, attempt }: TakenBacktest,
    signal?: AbortSignal,
  ): Promise<Result<BacktestResult, BacktestFailure>> {
    const { store, runner, logger, watchEveryMs: everyMs } = this.options;
    const lost = new AbortController();
    const onLost = () => lost.abort(new NoLongerOursError(`backtest ${id} is no longer ours`));
    const stopWatching = watchHolder({ holder: () => store.holder(id), attempt, onLost, everyMs, logger });
    const ends = signal === undefined ? lost.signal : AbortSignal.any([lost.signal, signal]);
    const writer = new ProgressWriter({
      write: async (progress) =>
        (await this.write(
          (tx) => store.progress(tx, id, attempt, progress),
          (state) => state,
        )) !== null,
      onLost,
      logger,
    });
    try {
      const instruments = await instrumentsOf(this.options.instruments, spec.symbols);
      if (!instruments.ok) return instruments;
      const bars = await loadBars(this.options.bars, spec, ends);
      if (!bars.ok) return bars;
      const { series, dataHash } = bars.value;
      const actions = await loadActions(this.options.actions, spec);
      if (!actions.ok) return actions;
      const otherSharpes = await store.otherSharpes(dataHash, trialDigest(spec));
      return await runner.run(
        { spec, instruments: instruments.value, series, dataHash, actions: actions.value, otherSharpes },
        {
          signal: ends,
          onProgress: ({ fraction, barTime, equity }) => writer.put({ progress: fraction, barTime, equity }),
        },
      );
    } finally {
      stopWatching();
      await writer.stop();
    }
  }

  private async settle(
    { state: { id }, spec, attempt }: TakenBacktest,
    outcome: Result<BacktestResult, BacktestFailure>,
  ): Promise<ExecuteOutcome> {
    const { store, results, logger, metrics } = this.options;
    const finalEquity = outcome.ok ? (outcome.value.equity.at(-1) ?? null) : null;
    if (outcome.ok && !(await results.write(id, attempt, outcome.value))) return { status: 'NOT_OURS' };
    const settled = await this.write(
      async (tx) => {
        if (!outcome.ok) return store.fail(tx, id, attempt, outcome.error);
        const state = await store.complete(tx, id, attempt, outcome.value, finalEquity);
        if (state !== null) await store.saveTrials(tx, [trialOf(spec, outcome.value)]);
        return state;
      },
      (state) => state,
    );
    if (settled === null) return { status: 'NOT_OURS' };
    metrics.count('tradegraph_backtests_total', { status: settled.status });
    if (outcome.ok) {
      logger.info({ backtest: id, strategy: spec.strategy, bars: outcome.value.barCount }, 'backtest done');
      return { status: 'DONE' };
    }
    logger.warn({ backtest: id, strategy: spec.strategy, ...outcome.error }, 'backtest failed');
    return { status: 'FAILED', failure: outcome.error };
  }

  /** Broken off by a stop: queued again, and not counted. Broken by a lost thread or store: left as it is, and counted. */
  private async giveBack({ state: { id }, attempt }: TakenBacktest, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted !== true) return;
    const { store, logger } = this.options;
    await this.write(
      (tx) => store.release(tx, id, attempt),
      (state) => state,
    ).catch((error: unknown) =>
      logger.warn({ backtest: id, err: error }, 'a backtest could not be given back; it is taken up all the same'),
    );
  }

  /** One transaction with the event that tells of it. */
  private write<T>(
    change: (tx: Transaction) => Promise<T | null>,
    stateOf: (changed: T) => BacktestState,
  ): Promise<T | null> {
    return this.options.unitOfWork.transaction(async (tx) => {
      const changed = await change(tx);
      if (changed !== null) tx.append(backtestEvent(stateOf(changed)));
      return changed;
    });
  }
}
