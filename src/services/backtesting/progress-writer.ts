import type { Logger } from '../../ports/logger.js';
import type { BacktestProgress } from '../../ports/backtest-store.js';

export interface ProgressWriterOptions {
  /** Stores and publishes; false when the backtest is no longer ours. */
  readonly write: (progress: BacktestProgress) => Promise<boolean>;
  /** Called once, when it is no longer ours. */
  readonly onLost: () => void;
  readonly logger: Logger;
}

/** Writes the latest progress, one at a time: while the database is slow what lies between is left out. */
export class ProgressWriter {
  private readonly options: ProgressWriterOptions;
  private waiting: BacktestProgress | null = null;
  private writing: Promise<void> | null = null;
  private ended = false;

  constructor(options: ProgressWriterOptions) {
    this.options = options;
  }

  put(progress: BacktestProgress): void {
    if (this.ended) return;
    this.waiting = progress;
    this.writing ??= this.writeAll();
  }

  /** Takes nothing more and waits for the write under way: after this only the end of the backtest is written. */
  async stop(): Promise<void> {
    this.ended = true;
    this.waiting = null;
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    try {
      for (let next = this.take(); next !== null; next = this.take()) {
        if (await this.options.write(next)) continue;
        this.ended = true;
        this.waiting = null;
        this.options.onLost();
      }
    } catch (error) {
      // For people to look at: that it cannot be written must not end the backtest.
      this.options.logger.warn({ err: error }, "a backtest's progress could not be written");
    } finally {
      this.writing = null;
    }
  }

  private take(): BacktestProgress | null {
    const next = this.waiting;
    this.waiting = null;
    return next;
  }
}
