import { z } from 'zod';
import type { JobDefinition } from '../ports/job-queue.js';
import { ATTEMPTS_MAX, type ExecuteBacktest } from '../services/backtesting/execute-backtest.js';

const payloadSchema = z.object({ backtestId: z.uuid() });
export type RunBacktestPayload = z.infer<typeof payloadSchema>;

export interface RunBacktestJobOptions {
  readonly executeBacktest: Pick<ExecuteBacktest, 'execute'>;
  /** Backtests at once in one process: each has a thread of its own. */
  readonly concurrency: number;
}

/** Executes one stored backtest. How it stands is in its row: the queue only says whose turn it is. */
export function runBacktestJob({
  executeBacktest,
  concurrency,
}: RunBacktestJobOptions): JobDefinition<RunBacktestPayload> {
  return {
    name: 'run-backtest',
    parse: (payload) => payloadSchema.parse(payload),
    attempts: ATTEMPTS_MAX + 1,
    concurrency,
    async run({ backtestId }, { signal }) {
      // That a strategy failed is its backtest's result, not the job's failure.
      await executeBacktest.execute(backtestId, signal);
    },
  };
}

/** At most one job a backtest. */
export const backtestJobId = (backtestId: string): string => `backtest ${backtestId}`;
