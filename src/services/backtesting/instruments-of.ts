import type { BacktestFailure } from '../../domain/backtest.js';
import type { Instrument } from '../../domain/instrument.js';
import { err, ok, type Result } from '../../domain/result.js';
import type { InstrumentStore } from '../../ports/bar-store.js';

/** The instruments of a run, in the order of its symbols. */
export async function instrumentsOf(
  store: Pick<InstrumentStore, 'instrument'>,
  symbols: readonly string[],
): Promise<Result<readonly Instrument[], BacktestFailure>> {
  const instruments: Instrument[] = [];
  for (const symbol of symbols) {
    const instrument = await store.instrument(symbol);
    if (instrument === null) return err({ code: 'UNKNOWN_SYMBOL', message: `no instrument ${symbol} is known here` });
    instruments.push(instrument);
  }
  return ok(instruments);
}
