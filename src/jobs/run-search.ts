import { z } from 'zod';
import type { JobDefinition } from '../ports/job-queue.js';
import { SEARCH_ATTEMPTS_MAX, type ExecuteSearch } from '../services/research/execute-search.js';

const payloadSchema = z.object({ searchId: z.uuid() });
export type RunSearchPayload = z.infer<typeof payloadSchema>;

/** Executes one stored search, one at a time in a process: each has a thread on every core. */
export function runSearchJob(executeSearch: Pick<ExecuteSearch, 'execute'>): JobDefinition<RunSearchPayload> {
  return {
    name: 'run-search',
    parse: (payload) => payloadSchema.parse(payload),
    attempts: SEARCH_ATTEMPTS_MAX + 1,
    concurrency: 1,
    async run({ searchId }, { signal }) {
      // That a search failed is its own result, not the job's failure.
      await executeSearch.execute(searchId, signal);
    },
  };
}

/** At most one job a search. */
export const searchJobId = (searchId: string): string => `search ${searchId}`;
