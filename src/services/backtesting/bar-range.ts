import type { BacktestSpec } from '../../domain/backtest.js';

/** Years 1 to 9999: an open end of a range. */
const EARLIEST_MS = Date.parse('0001-01-02T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-30T00:00:00.000Z');

/** Open times from <= t < to, open ends filled in. */
export const openRange = ({ from, to }: Pick<BacktestSpec, 'from' | 'to'>) => ({
  from: Math.max(from ?? EARLIEST_MS, EARLIEST_MS),
  to: Math.min(to ?? LATEST_MS, LATEST_MS),
});
