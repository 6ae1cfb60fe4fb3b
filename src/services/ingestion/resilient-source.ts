import type { DataSource, Instrument } from '../../domain/instrument.js';
import type { Result } from '../../domain/result.js';
import type { Metrics } from '../../ports/metrics.js';
import {
  MarketDataError,
  type BarRequest,
  type FetchedBars,
  type MarketDataSource,
} from '../../ports/market-data-source.js';
import { RateLimit, type RateLimitOptions } from './rate-limit.js';
import { retry, type RetryOptions } from './retry.js';

export interface ResilientSourceOptions {
  readonly retry: RetryOptions;
  readonly rateLimit: RateLimitOptions;
  readonly metrics: Metrics;
}

/** Fits a public source that is asked each minute: four attempts within 20 s, and no more than one request a second. */
export const LIVE_SOURCE_BOUNDS: Pick<ResilientSourceOptions, 'retry' | 'rateLimit'> = {
  retry: { attempts: 4, firstDelayMs: 500, maxDelayMs: 8000, deadlineMs: 20_000 },
  rateLimit: { requests: 30, perMs: 30_000 },
};

/** A source that has answered nothing since then. */
export interface SourceOutage {
  /** By performance.now(), milliseconds. */
  readonly sinceMs: number;
  readonly reason: string;
}

/** A remote source behind a rate limit, with retries, and with a deadline for each request. */
export class ResilientSource implements MarketDataSource {
  readonly name: DataSource;
  readonly description: string;
  readonly defaults: MarketDataSource['defaults'];
  private readonly rateLimit: RateLimit;
  private outage: SourceOutage | null = null;

  constructor(
    private readonly source: MarketDataSource,
    private readonly options: ResilientSourceOptions,
  ) {
    this.name = source.name;
    this.description = source.description;
    this.defaults = source.defaults;
    this.rateLimit = new RateLimit(options.rateLimit);
  }

  /** Null while the source answers, and before it was asked. */
  get currentOutage(): SourceOutage | null {
    return this.outage;
  }

  instrument(
    symbol: string,
  ): Promise<Result<Instrument, { readonly code: 'UNKNOWN_SYMBOL'; readonly message: string }>> {
    return this.guarded(() => this.source.instrument(symbol));
  }

  fetch(request: BarRequest, signal?: AbortSignal): Promise<FetchedBars> {
    return this.guarded((attemptSignal) => this.source.fetch(request, attemptSignal), signal);
  }

  private guarded<T>(ask: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return retry(
      async (attemptSignal) => {
        await this.rateLimit.turn(attemptSignal);
        try {
          const answer = await ask(attemptSignal);
          this.count('OK');
          this.outage = null;
          return answer;
        } catch (error) {
          this.count(error instanceof MarketDataError ? error.code : 'FAILED');
          this.noteFault(error);
          throw error;
        }
      },
      this.options.retry,
      signal,
    );
  }

  /** A refusal that will not pass is an answer too. */
  private noteFault(error: unknown): void {
    if (error instanceof MarketDataError && !error.retriable) this.outage = null;
    else {
      const reason = error instanceof Error ? error.message : String(error);
      this.outage = { sinceMs: this.outage?.sinceMs ?? performance.now(), reason };
    }
  }

  private count(outcome: string): void {
    this.options.metrics.count('tradegraph_source_requests_total', { source: this.name, outcome });
  }
}
