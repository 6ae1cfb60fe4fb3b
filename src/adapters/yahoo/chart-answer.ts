import { z } from 'zod';

const column = z.array(z.number().nullable()).optional();
/** Seconds since 1970; yahoo-finance2 makes a Date of some of them. */
const seconds = z.union([z.number(), z.date().transform((date) => date.getTime() / 1000)]);
const period = z.object({ start: seconds, end: seconds });

/**
 * What of Yahoo's chart answer is used. A value that is missing is a matter of its row, so columns may be absent, short or
 * hold null; what concerns the whole answer is required.
 */
export const chartAnswer = z.object({
  meta: z.object({
    symbol: z.string(),
    currency: z.string().nullish(),
    instrumentType: z.string(),
    exchangeTimezoneName: z.string(),
    regularMarketPrice: z.number().nullish(),
    longName: z.string().nullish(),
    shortName: z.string().nullish(),
    currentTradingPeriod: z.object({ regular: period }).nullish(),
    /** Sessions of the range, for bars within a day; one list a day. */
    tradingPeriods: z.array(z.array(period)).nullish().catch(null),
  }),
  /** Open times in seconds; absent when there are no rows. */
  timestamp: z.array(seconds).optional(),
  /** Splits and dividends whose ex-date lies in the range, each by its time; what of them cannot be read is left out. */
  events: z
    .object({
      dividends: z
        .record(z.string(), z.object({ amount: z.number(), date: seconds }))
        .nullish()
        .catch(null),
      splits: z
        .record(z.string(), z.object({ date: seconds, numerator: z.number(), denominator: z.number() }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  indicators: z.object({
    quote: z.array(z.object({ open: column, high: column, low: column, close: column, volume: column })),
  }),
});
export type ChartAnswer = z.infer<typeof chartAnswer>;
export type ChartMeta = ChartAnswer['meta'];
