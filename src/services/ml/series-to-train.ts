import type { Timeframe } from '../../domain/timeframe.js';
import { MIN_TRAINING_BARS } from '../../engines/ml/training-settings.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';
import type { Clock } from '../../ports/clock.js';
import type { MlStore } from '../../ports/ml-store.js';

export interface SeriesToTrainOptions {
  readonly bars: Pick<BarStore, 'lastBars'>;
  readonly instruments: Pick<InstrumentStore, 'tracked'>;
  readonly store: Pick<MlStore, 'readyModel'>;
  readonly clock: Clock;
  /** Milliseconds that never run backwards. */
  readonly monotonicMs?: () => number;
}

interface Series {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** A tracked series that lacks its models, and whether it can be trained now. */
export type LackingSeries = Series &
  (
    | { readonly state: 'TRAINABLE' }
    | { readonly state: 'TOO_FEW_BARS'; readonly barCount: number; readonly limit: number }
    | { readonly state: 'BACKING_OFF'; readonly failures: number; readonly retryInMs: number }
  );

/** After the first failure; doubles with each further one. A training takes all cores for half a minute. */
const FIRST_RETRY_MS = 60_000;
const MAX_RETRY_MS = 3_600_000;

/**
 * Looks which tracked series lack their models. Whether there are bars enough is seen here, by one short read, so that a
 * young series costs no job; one whose training fails is tried ever more rarely, or it would train without end.
 */
export class SeriesToTrain {
  private readonly failures = new Map<string, { readonly count: number; readonly retryAtMs: number }>();

  constructor(private readonly options: SeriesToTrainOptions) {}

  async look(): Promise<readonly LackingSeries[]> {
    const { instruments, store } = this.options;
    const lacking: LackingSeries[] = [];
    for (const { instrument, timeframe, endedAt } of await instruments.tracked()) {
      const { symbol } = instrument;
      if (endedAt !== null || (await store.readyModel('LSTM', symbol, timeframe)) !== null) continue;
      lacking.push(await this.stateOf({ symbol, timeframe }));
    }
    const keys = new Set(lacking.map(keyOf));
    for (const key of this.failures.keys()) if (!keys.has(key)) this.failures.delete(key);
    return lacking;
  }

  /** To be called when a training of the series has failed. */
  failed(series: Series): void {
    const count = (this.failures.get(keyOf(series))?.count ?? 0) + 1;
    const delayMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (count - 1));
    this.failures.set(keyOf(series), { count, retryAtMs: this.nowMs() + delayMs });
  }

  private async stateOf(series: Series): Promise<LackingSeries> {
    const failure = this.failures.get(keyOf(series));
    const retryInMs = (failure?.retryAtMs ?? 0) - this.nowMs();
    if (failure !== undefined && retryInMs > 0) {
      return { ...series, state: 'BACKING_OFF', failures: failure.count, retryInMs };
    }
    const { bars, clock } = this.options;
    const { timestamps } = await bars.lastBars(series.symbol, series.timeframe, clock.now(), MIN_TRAINING_BARS);
    if (timestamps.length >= MIN_TRAINING_BARS) return { ...series, state: 'TRAINABLE' };
    return { ...series, state: 'TOO_FEW_BARS', barCount: timestamps.length, limit: MIN_TRAINING_BARS };
  }

  private nowMs(): number {
    return (this.options.monotonicMs ?? (() => performance.now()))();
  }
}

const keyOf = ({ symbol, timeframe }: Series): string => `${symbol} ${timeframe}`;
