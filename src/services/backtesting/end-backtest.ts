import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { BacktestStore } from '../../ports/backtest-store.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { backtestEvent } from './backtest-event.js';

export interface EndBacktestOptions {
  readonly store: BacktestStore;
  readonly unitOfWork: UnitOfWork;
}

const unknown = (id: string): Refusal => ({
  code: 'UNKNOWN_BACKTEST',
  message: `id: there is no backtest ${id}`,
  path: ['id'],
  value: id,
});

/** Takes a queued backtest out, ends a running one: its executor looks every fifth of a second whether it still should. */
export class CancelBacktest {
  private readonly options: EndBacktestOptions;

  constructor(options: EndBacktestOptions) {
    this.options = options;
  }

  /** Refuses UNKNOWN_BACKTEST and BACKTEST_ENDED. */
  async execute(id: string): Promise<Result<{ readonly backtestId: string }, Refusal>> {
    const { store, unitOfWork } = this.options;
    const canceled = await unitOfWork.transaction(async (tx) => {
      const state = await store.cancel(tx, id);
      if (state !== null) tx.append(backtestEvent(state));
      return state !== null;
    });
    if (canceled) return ok({ backtestId: id });
    const holder = await store.holder(id);
    if (holder === null) return err(unknown(id));
    const message = `id: the backtest has ended, it is ${holder.status}`;
    return err({ code: 'BACKTEST_ENDED', message, path: ['id'], value: holder.status });
  }
}

/** Deletes a backtest that has ended, with its result; the ledger of trials keeps it. */
export class DeleteBacktest {
  private readonly options: EndBacktestOptions;

  constructor(options: EndBacktestOptions) {
    this.options = options;
  }

  /** Refuses UNKNOWN_BACKTEST and BACKTEST_NOT_ENDED. */
  async execute(id: string): Promise<Result<{ readonly backtestId: string }, Refusal>> {
    const { store, unitOfWork } = this.options;
    const status = await unitOfWork.transaction((tx) => store.delete(tx, id));
    if (status === null) return err(unknown(id));
    if (status !== 'QUEUED' && status !== 'RUNNING') return ok({ backtestId: id });
    const message = `id: the backtest is ${status}; cancelBacktest ends it`;
    return err({ code: 'BACKTEST_NOT_ENDED', message, path: ['id'], value: status });
  }
}
