import { z } from 'zod';
import { SYMBOL_MAX_LENGTH } from '../domain/symbol.js';
import { TIMEFRAMES } from '../domain/timeframe.js';

/** Which series a job is about. */
export const seriesPayload = z.object({
  symbol: z.string().min(1).max(SYMBOL_MAX_LENGTH),
  timeframe: z.enum(TIMEFRAMES),
});
