import { err, ok, type Result } from './result.js';

export const SYMBOL_MAX_LENGTH = 32;
const SYMBOL_PATTERN = /^[A-Z0-9^][A-Z0-9.\-=^/]*$/;

export interface InvalidSymbol {
  readonly code: 'INVALID_SYMBOL';
  readonly message: string;
  readonly limit: number;
}

/**
 * A symbol as the market data sources write it: upper-case letters, digits and `. - = ^ /`, at most 32 characters
 * (BTC-USD, BRK-B, ^GSPC, EURUSD=X).
 */
export function parseSymbol(text: string): Result<string, InvalidSymbol> {
  const refuse = (message: string) => err({ code: 'INVALID_SYMBOL' as const, message, limit: SYMBOL_MAX_LENGTH });
  if (text.length === 0) return refuse('symbol: must not be empty');
  if (text.length > SYMBOL_MAX_LENGTH) {
    return refuse(`symbol: ${text.length} characters are more than the limit of ${SYMBOL_MAX_LENGTH}`);
  }
  if (SYMBOL_PATTERN.test(text)) return ok(text);
  if (SYMBOL_PATTERN.test(text.toUpperCase())) {
    return refuse(`symbol: "${text}" must be upper-case, as in "${text.toUpperCase()}"`);
  }
  return refuse('symbol: only A-Z, 0-9 and . - = ^ / are allowed, and it starts with a letter, a digit or ^');
}
