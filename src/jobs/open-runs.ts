import type { OpenRun } from '../ports/backtest-store.js';

export interface OpenRunsOptions {
  /** Backtests or searches that have not ended, oldest first. */
  readonly open: () => Promise<readonly OpenRun[]>;
  readonly enqueue: (id: string) => Promise<void>;
  /** Milliseconds that never go back; performance.now() when left out. */
  readonly now?: () => number;
}

/** A run that has told of no progress for so long, and whose job may be lost, is begun again. */
const SILENCE_MS = 60_000;

/**
 * Queues stored runs whose job was lost, or never came into the queue. One that is running while its job is lost goes on
 * where it is: queued again it would be taken from whoever executes it, and begun from its start.
 */
export class OpenRuns {
  private readonly options: OpenRunsOptions;
  private seen: ReadonlyMap<string, { readonly version: number; readonly sinceMs: number }> | null = null;

  constructor(options: OpenRunsOptions) {
    this.options = options;
  }

  /** To be called at the start, each minute, and when the queue has lost what was in it. */
  async queue(): Promise<void> {
    const { open, enqueue, now = () => performance.now() } = this.options;
    const runs = await open();
    const nowMs = now();
    const before = this.seen;
    this.seen = new Map(
      runs.map(({ id, version }) => {
        const known = before?.get(id);
        return [id, known?.version === version ? known : { version, sinceMs: nowMs }];
      }),
    );
    for (const { id, isRunning } of runs) {
      const silentMs = nowMs - (this.seen.get(id)?.sinceMs ?? nowMs);
      // At the start nothing is known: what a killed process was executing must not wait.
      if (!isRunning || before === null || silentMs >= SILENCE_MS) await enqueue(id);
    }
  }
}
