import type { BarSeries } from '../../domain/bar.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BarStore, InstrumentStore } from '../../ports/bar-store.js';

/** Why a model cannot be asked about a symbol. */
export interface ModelQueryRefusal {
  readonly code: 'UNKNOWN_SYMBOL' | 'NO_MODEL' | 'TOO_FEW_BARS';
  /** Names the field, the value and the limit. */
  readonly message: string;
}

export interface ModelQuery {
  readonly bars: Pick<BarStore, 'lastBars' | 'latest'>;
  readonly instruments: Pick<InstrumentStore, 'instrument' | 'tracked'>;
}

/** The newest `count` bars of a symbol, in its tracked timeframe (ONE_MINUTE when it is not tracked) or the one asked for. */
export async function latestWindow(
  { bars, instruments }: ModelQuery,
  symbol: string,
  timeframe: Timeframe | undefined,
  count: number,
): Promise<Result<{ readonly window: BarSeries; readonly closeTime: number }, ModelQueryRefusal>> {
  if ((await instruments.instrument(symbol)) === null) {
    return err({ code: 'UNKNOWN_SYMBOL', message: `symbol: ${symbol} is not known here` });
  }
  const tracked = await instruments.tracked();
  const ofSymbol = tracked.find(({ instrument }) => instrument.symbol === symbol);
  const used = timeframe ?? ofSymbol?.timeframe ?? 'ONE_MINUTE';
  const latest = await bars.latest(symbol, used);
  const window = latest === null ? null : await bars.lastBars(symbol, used, latest.timestamp, count);
  const length = window?.timestamps.length ?? 0;
  if (latest === null || window === null || length < count) {
    const message = `symbol: ${symbol} has ${length} bars of ${used}, ${count} are needed`;
    return err({ code: 'TOO_FEW_BARS', message });
  }
  return ok({ window, closeTime: latest.closeTime });
}
