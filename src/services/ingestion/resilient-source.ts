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

/** A remote source behind a rate limit, with retries, and with a deadline for each request. */
export class ResilientSource implements MarketDataSource {
  readonly name: DataSource;
  readonly description: string;
  readonly defaults: MarketDataSource['defaults'];
  private readonly rateLimit: RateLimit;

  constructor(
    private readonly source: MarketDataSource,
    private readonly options: ResilientSourceOptions,
  ) {
    this.name = source.name;
    this.description = source.description;
    this.defaults = source.defaults;
    this.rateLimit = new RateLimit(options.rateLimit);
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
          return answer;
        } catch (error) {
          this.count(error instanceof MarketDataError ? error.code : 'FAILED');
          throw error;
        }
      },
      this.options.retry,
      signal,
    );
  }

  private count(outcome: string): void {
    this.options.metrics.count('tradegraph_source_requests_total', { source: this.name, outcome });
  }
}
