/** Bar lengths that are stored or aggregated. A timeframe that is not stored is aggregated on read. */
export const TIMEFRAMES = ['ONE_MINUTE', 'FIVE_MINUTES', 'FIFTEEN_MINUTES', 'ONE_HOUR', 'ONE_DAY'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

const MINUTE_MS = 60_000;
const LENGTH_MS: Readonly<Record<Timeframe, number>> = {
  ONE_MINUTE: MINUTE_MS,
  FIVE_MINUTES: 5 * MINUTE_MS,
  FIFTEEN_MINUTES: 15 * MINUTE_MS,
  ONE_HOUR: 60 * MINUTE_MS,
  ONE_DAY: 1440 * MINUTE_MS,
};

/** Length of a timeframe in milliseconds; a day is 24 h (crypto), a session's real length is its calendar's. */
export const timeframeMs = (timeframe: Timeframe): number => LENGTH_MS[timeframe];
