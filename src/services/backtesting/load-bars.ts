import type { BarSeries } from '../../domain/bar.js';
import type { BacktestFailure, BacktestSpec } from '../../domain/backtest.js';
import { combinedDataHash } from '../../domain/combined-data-hash.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { BarLoader, LoadedBars } from '../../ports/bar-history.js';
import { openRange } from './bar-range.js';

/** Bars of one backtest at most, all symbols together: 480 MB of columns. */
export const BARS_MAX = 10_000_000;

export interface RunBars {
  /** One a symbol, each oldest first. */
  readonly series: readonly BarSeries[];
  /** Of all of them together. */
  readonly dataHash: string;
}

/** The bars of every symbol in the range. Throws the reason of `signal`. */
export async function loadBars(
  loader: BarLoader,
  spec: Pick<BacktestSpec, 'symbols' | 'timeframe' | 'from' | 'to'>,
  signal?: AbortSignal,
): Promise<Result<RunBars, BacktestFailure>> {
  const loaded: LoadedBars[] = [];
  let total = 0;
  for (const symbol of spec.symbols) {
    signal?.throwIfAborted();
    const bars = await loadSeries(loader, { symbol, timeframe: spec.timeframe, ...openRange(spec) });
    total += bars?.series.timestamps.length ?? Infinity;
    if (bars === null || total > BARS_MAX) {
      return err({
        code: 'TOO_MANY_BARS',
        message: `the range holds more than ${BARS_MAX} bars, all symbols together`,
      });
    }
    loaded.push(bars);
  }
  signal?.throwIfAborted();
  return ok({
    series: loaded.map(({ series }) => series),
    dataHash: combinedDataHash(loaded.map(({ series: { symbol }, dataHash }) => ({ symbol, dataHash }))),
  });
}

/** Null when there are more bars than can be loaded at all. */
async function loadSeries(loader: BarLoader, range: Parameters<BarLoader['load']>[0]): Promise<LoadedBars | null> {
  try {
    return await loader.load(range);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
