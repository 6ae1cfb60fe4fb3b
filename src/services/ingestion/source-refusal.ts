import { MarketDataError } from '../../ports/market-data-source.js';

/** A source's fault as a value for the caller of a use case. */
export interface SourceRefusal {
  readonly code:
    'UNKNOWN_SYMBOL' | 'UNSUPPORTED_TIMEFRAME' | 'SOURCE_UNAVAILABLE' | 'SOURCE_RATE_LIMITED' | 'SOURCE_MALFORMED';
  readonly message: string;
}

const CODES = {
  UNKNOWN_SYMBOL: 'UNKNOWN_SYMBOL',
  UNSUPPORTED_TIMEFRAME: 'UNSUPPORTED_TIMEFRAME',
  UNAVAILABLE: 'SOURCE_UNAVAILABLE',
  RATE_LIMITED: 'SOURCE_RATE_LIMITED',
  MALFORMED_ANSWER: 'SOURCE_MALFORMED',
} as const;

/** Throws `error` itself when it is no MarketDataError: that is a bug, not an answer. */
export function sourceRefusal(error: unknown): SourceRefusal {
  if (!(error instanceof MarketDataError)) throw error;
  return { code: CODES[error.code], message: error.message };
}
