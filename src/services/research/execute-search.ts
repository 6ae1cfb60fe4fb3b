import type { BacktestFailure } from '../../domain/backtest.js';
import { actionsHash } from '../../domain/corporate-action.js';
import { err, type Result } from '../../domain/result.js';
import type { BacktestStore } from '../../ports/backtest-store.js';
import type { BarLoader } from '../../ports/bar-history.js';
import type { InstrumentStore } from '../../ports/bar-store.js';
import type { CorporateActionStore } from '../../ports/corporate-actions.js';
import type { Logger } from '../../ports/logger.js';
import type { OpenSearch, RunResults, SearchConclusion, SearchRunner } from '../../ports/search-runner.js';
import type { SearchData, SearchState, SearchStore, TakenSearch } from '../../ports/search-store.js';
import type { Transaction, UnitOfWork } from '../../ports/unit-of-work.js';
import { instrumentsOf } from '../backtesting/instruments-of.js';
import { watchHolder } from '../backtesting/watch-holder.js';
import { ENGINE_VERSION } from '../backtesting/engine-version.js';
import { loadActions } from '../backtesting/load-actions.js';
import { loadBars } from '../backtesting/load-bars.js';
import { ResultWriter } from './result-writer.js';
import { searchEvent } from './search-event.js';

export interface ExecuteSearchOptions {
  readonly store: SearchStore;
  /** The ledger of all trials. */
  readonly ledger: Pick<BacktestStore, 'otherSharpes'>;
  readonly bars: BarLoader;
  readonly instruments: Pick<InstrumentStore, 'instrument'>;
  readonly actions: Pick<CorporateActionStore, 'actionsOf' | 'adjustmentOf'>;
  readonly runner: SearchRunner;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  /** How often the store is asked whether the search is still ours; 200 ms when left out, so a cancel ends it within a second. */
  readonly watchEveryMs?: number;
}

export type SearchOutcome =
  | { readonly status: 'DONE' }
  | { readonly status: 'FAILED'; readonly failure: BacktestFailure }
  /** It had ended, was deleted, canceled, or taken up by another. */
  | { readonly status: 'NOT_OURS' };

/** Times that a search's process or thread may die before it is given up. */
export const SEARCH_ATTEMPTS_MAX = 5;

/** Ends the work on a search that is no longer ours. */
class NoLongerOursError extends Error {
  override readonly name = 'NoLongerOursError';
}

/** Ends the work on a search whose time is over. */
class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Executes a stored search to its end: what an earlier attempt has stored is not run again. Whatever it writes is fenced
 * by its attempt, so two executors of one search cannot both write.
 */
export class ExecuteSearch {
  private readonly options: ExecuteSearchOptions;

  constructor(options: ExecuteSearchOptions) {
    this.options = options;
  }

  /**
   * Rejects when it was broken off by `signal`, when the store failed or a thread was lost: what is done is stored, and
   * a later call goes on from there.
   */
  async execute(searchId: string, signal?: AbortSignal): Promise<SearchOutcome> {
    const { store } = this.options;
    const taken = await this.write(
      (tx) => store.takeUp(tx, searchId),
      ({ state }) => state,
    );
    if (taken === null) return { status: 'NOT_OURS' };
    if (taken.attempt > SEARCH_ATTEMPTS_MAX) {
      const message = `it was taken up ${SEARCH_ATTEMPTS_MAX} times, and its process or thread died each time`;
      return this.settle(taken, err({ code: 'BACKTEST_WORKER_DIED', message }));
    }
    try {
      return await this.settle(taken, await this.run(taken, signal));
    } catch (error) {
      if (error instanceof NoLongerOursError) return { status: 'NOT_OURS' };
      if (error instanceof DeadlineError) {
        return this.settle(taken, err({ code: 'BACKTEST_DEADLINE_EXCEEDED', message: error.message }));
      }
      await this.giveBack(taken, signal);
      throw error;
    }
  }

  private async run(taken: TakenSearch, signal?: AbortSignal): Promise<Result<SearchConclusion, BacktestFailure>> {
    const { spec, state, attempt } = taken;
    const ending = new AbortController();
    const { store, logger, watchEveryMs: everyMs } = this.options;
    const onLost = () => ending.abort(new NoLongerOursError(state.id));
    const stopWatching = watchHolder({ holder: () => store.holder(state.id), attempt, onLost, everyMs, logger });
    const timer = setTimeout(
      () => ending.abort(new DeadlineError(`it took longer than its ${spec.deadlineSeconds} s`)),
      spec.deadlineSeconds * 1000,
    );
    const ends = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
    try {
      const instruments = await instrumentsOf(this.options.instruments, spec.symbols);
      if (!instruments.ok) return instruments;
      const bars = await loadBars(this.options.bars, spec, ends);
      if (!bars.ok) return bars;
      const { series, dataHash } = bars.value;
      const actions = await loadActions(this.options.actions, spec);
      if (!actions.ok) return actions;
      const opened = await this.options.runner.open(
        { spec, instruments: instruments.value, series, actions: actions.value },
        ends,
      );
      if (!opened.ok) return opened;
      try {
        const barCount = series.reduce((sum, { timestamps }) => sum + timestamps.length, 0);
        return await this.search(taken, opened.value, {
          dataHash,
          actionsHash: actionsHash(actions.value),
          barCount,
          runCount: opened.value.runCount,
          engineVersion: ENGINE_VERSION,
        });
      } finally {
        await opened.value.close();
      }
    } finally {
      clearTimeout(timer);
      stopWatching();
    }
  }

  private async search(
    { state: { id }, attempt }: TakenSearch,
    search: OpenSearch,
    data: SearchData,
  ): Promise<Result<SearchConclusion, BacktestFailure>> {
    const { store, ledger } = this.options;
    await this.held((tx) => store.begin(tx, id, attempt, data));
    const writer = new ResultWriter((results: RunResults) =>
      this.held((tx) => store.addResults(tx, id, attempt, results)),
    );
    const ran = await search.run(await store.doneRuns(id), (results) => writer.put(results));
    if (!ran.ok) return ran;
    return search.conclude(await store.scores(id, data.runCount), await ledger.otherSharpes(data.dataHash, ''));
  }

  /** @throws NoLongerOursError where the store refused the write */
  private async held(change: (tx: Transaction) => Promise<SearchState | null>): Promise<void> {
    const state = await this.write(change, (changed) => changed);
    if (state === null) throw new NoLongerOursError('the search is no longer ours');
  }

  private async settle(
    { state: { id }, spec, attempt }: TakenSearch,
    outcome: Result<SearchConclusion, BacktestFailure>,
  ): Promise<SearchOutcome> {
    const { store, logger } = this.options;
    const settled = await this.write(
      (tx) =>
        outcome.ok ? store.complete(tx, id, attempt, outcome.value) : store.fail(tx, id, attempt, outcome.error),
      (state) => state,
    );
    if (settled === null) return { status: 'NOT_OURS' };
    if (outcome.ok) {
      logger.info({ search: id, strategy: spec.strategy, runs: settled.doneCount }, 'search done');
      return { status: 'DONE' };
    }
    logger.warn({ search: id, strategy: spec.strategy, ...outcome.error }, 'search failed');
    return { status: 'FAILED', failure: outcome.error };
  }

  /** Broken off by a stop: queued again, and not counted. Broken by a lost thread or store: left as it is, and counted. */
  private async giveBack({ state: { id }, attempt }: TakenSearch, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted !== true) return;
    const { store, logger } = this.options;
    await this.write(
      (tx) => store.release(tx, id, attempt),
      (state) => state,
    ).catch((error: unknown) =>
      logger.warn({ search: id, err: error }, 'a search could not be given back; it is taken up all the same'),
    );
  }

  /** One transaction with the event that tells of it. */
  private write<T>(
    change: (tx: Transaction) => Promise<T | null>,
    stateOf: (changed: T) => SearchState,
  ): Promise<T | null> {
    return this.options.unitOfWork.transaction(async (tx) => {
      const changed = await change(tx);
      if (changed !== null) tx.append(searchEvent(stateOf(changed)));
      return changed;
    });
  }
}
