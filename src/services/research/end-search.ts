import type { Refusal } from '../../domain/error-codes.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { SearchStore } from '../../ports/search-store.js';
import type { UnitOfWork } from '../../ports/unit-of-work.js';
import { searchEvent } from './search-event.js';

export interface EndSearchOptions {
  readonly store: SearchStore;
  readonly unitOfWork: UnitOfWork;
}

type Ended = Result<{ readonly searchId: string }, Refusal>;

const unknown = (id: string): Refusal => ({
  code: 'UNKNOWN_SEARCH',
  message: `id: there is no search ${id}`,
  path: ['id'],
  value: id,
});

/** Takes a queued search out, ends a running one within a second; what was tried stays. */
export class CancelSearch {
  private readonly options: EndSearchOptions;

  constructor(options: EndSearchOptions) {
    this.options = options;
  }

  /** Refuses UNKNOWN_SEARCH and SEARCH_ENDED. */
  async execute(id: string): Promise<Ended> {
    const { store, unitOfWork } = this.options;
    const canceled = await unitOfWork.transaction(async (tx) => {
      const state = await store.cancel(tx, id);
      if (state !== null) tx.append(searchEvent(state));
      return state !== null;
    });
    if (canceled) return ok({ searchId: id });
    const holder = await store.holder(id);
    if (holder === null) return err(unknown(id));
    const message = `id: the search has ended, it is ${holder.status}`;
    return err({ code: 'SEARCH_ENDED', message, path: ['id'], value: holder.status });
  }
}

/** Deletes a search that has ended, with its results; the ledger of trials keeps its sets. */
export class DeleteSearch {
  private readonly options: EndSearchOptions;

  constructor(options: EndSearchOptions) {
    this.options = options;
  }

  /** Refuses UNKNOWN_SEARCH and SEARCH_NOT_ENDED. */
  async execute(id: string): Promise<Ended> {
    const { store, unitOfWork } = this.options;
    const status = await unitOfWork.transaction((tx) => store.delete(tx, id));
    if (status === null) return err(unknown(id));
    if (status !== 'QUEUED' && status !== 'RUNNING') return ok({ searchId: id });
    const message = `id: the search is ${status}; cancelSearch ends it`;
    return err({ code: 'SEARCH_NOT_ENDED', message, path: ['id'], value: status });
  }
}
