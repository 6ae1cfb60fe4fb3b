import type { BacktestSpec } from '../../domain/backtest.js';
import type { Refusal } from '../../domain/error-codes.js';
import type { BarStore } from '../../ports/bar-store.js';
import { openRange } from './bar-range.js';

type SeriesSpec = Pick<BacktestSpec, 'symbols' | 'timeframe' | 'from' | 'to'>;

/** Whether each symbol has bars in the range, and enough for the strategy to decide at one of them at least. */
export async function checkBars(
  bars: Pick<BarStore, 'aggregated'>,
  spec: SeriesSpec,
  warmUpBars: number,
): Promise<readonly Refusal[]> {
  const { from, to } = openRange(spec);
  const needed = warmUpBars + 1;
  const refusals: Refusal[] = [];
  for (const symbol of spec.symbols) {
    // No more than needed is read: a range may hold a million.
    const found = await bars.aggregated(symbol, spec.timeframe, from, to, needed);
    const refusal = tooFew(symbol, spec, found.timestamps.length, needed);
    if (refusal !== null) refusals.push(refusal);
  }
  return refusals;
}

/** What is to be said of `count` bars where `needed` are needed; null when they suffice. */
export function tooFew(symbol: string, spec: SeriesSpec, count: number, needed: number): Refusal | null {
  if (count >= needed) return null;
  const range = rangeText(spec);
  const path = ['input', 'symbols'];
  if (count === 0) {
    const message = `symbols: no ${spec.timeframe} bars of ${symbol} are stored ${range}`;
    return { code: 'NO_BARS_IN_RANGE', message, path, limit: needed, value: symbol };
  }
  const message = `symbols: ${symbol} has ${count} ${spec.timeframe} bars ${range}, and the strategy with these parameters needs ${needed}: its warm-up and one to decide at`;
  return { code: 'TOO_FEW_BARS', message, path, limit: needed, value: count };
}

function rangeText({ from, to }: SeriesSpec): string {
  const start = from === null ? 'from the first' : `from ${new Date(from).toISOString()}`;
  return `${start} ${to === null ? 'to the last' : `to before ${new Date(to).toISOString()}`}`;
}
