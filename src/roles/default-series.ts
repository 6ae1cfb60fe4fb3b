import { MarketDataError } from '../ports/market-data-source.js';
import type { LoadHistory, LoadProgress } from '../services/ingestion/load-history.js';
import type { Foundation } from './foundation.js';

const ASK_AGAIN_MS = 60_000;

/** Instruments, tracked series and past that a new database begins with: those its source is made for. */
export class DefaultSeries {
  private hasAnswer = false;

  constructor(
    private readonly foundation: Foundation,
    private readonly loadHistory: LoadHistory,
  ) {}

  /** Whether the source has said what the database begins with. */
  get isPrepared(): boolean {
    return this.hasAnswer;
  }

  /** A source that is away holds the start up no longer than its retries take. */
  async prepare(): Promise<void> {
    const { steps, source } = this.foundation;
    try {
      await this.track();
      this.hasAnswer = true;
    } catch (error) {
      if (!(error instanceof MarketDataError)) throw error;
      steps.begin(`First series of ${source.name}`).failed(`${error.message}; it is asked again each minute`);
      return;
    }
    await this.loadPast();
  }

  /** Asks again until the source has answered once; `prepared` is called then. */
  keepAsking(prepared: () => Promise<void>): void {
    if (this.hasAnswer) return;
    const { logger, shutdown } = this.foundation;
    const askAgain = async (): Promise<void> => {
      await this.prepare();
      if (!this.hasAnswer) return;
      clearInterval(timer);
      await prepared();
    };
    const timer = setInterval(() => {
      askAgain().catch((error: unknown) => logger.warn({ err: error }, 'the first series could not be prepared'));
    }, ASK_AGAIN_MS);
    shutdown.add('first series', async () => clearInterval(timer));
  }

  /** A database that has been used keeps what its user chose. */
  private async track(): Promise<void> {
    const { source, instruments, eventLog } = this.foundation;
    if ((await instruments.dataSource()) !== null) return;
    const { tracked, history } = source.defaults;
    const symbols = new Set([...tracked, ...history].map(({ symbol }) => symbol));
    const found = await Promise.all([...symbols].map((symbol) => source.instrument(symbol)));
    await eventLog.unitOfWork.transaction(async (tx) => {
      for (const instrument of found) if (instrument.ok) await instruments.saveInstrument(tx, instrument.value);
      for (const { symbol, timeframe } of tracked) await instruments.track(tx, symbol, timeframe);
    });
  }

  /** What is missing of the past; where that fails, polls ask for the gap later. */
  private async loadPast(): Promise<void> {
    const { source, steps, signal } = this.foundation;
    for (const { symbol, timeframe, from } of source.defaults.history) {
      if (signal.aborted) return;
      const step = steps.begin(`History of ${symbol}`);
      try {
        const progress = ({ fraction, rows }: LoadProgress): void => step.progress(fraction, `${rows} bars`);
        const { rows } = await this.loadHistory.loadMissing({ symbol, timeframe, from }, progress, signal);
        step.done(rows === 0 ? 'up to date' : `${rows} bars`);
      } catch (error) {
        step.failed(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
