import { describe, expect, it } from 'vitest';
import { checkBar, sameBar } from '../../src/domain/bar.js';
import { timeframeMs, type Timeframe } from '../../src/domain/timeframe.js';
import { MarketDataError, type MarketDataSource } from '../../src/ports/market-data-source.js';

export interface MarketDataSourceCase {
  readonly source: MarketDataSource;
  /** The source's "now": epoch milliseconds UTC. */
  readonly now: number;
  /** A series of which the source has at least three bars in the range. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
  readonly unknownSymbol: string;
}

/** What every source of market data does. */
export function describeMarketDataSource(
  name: string,
  open: () => MarketDataSourceCase | Promise<MarketDataSourceCase>,
): void {
  describe(`${name} as a market data source`, () => {
    it('answers closed bars of the range, oldest first, each once and each valid', async () => {
      const { source, now, symbol, timeframe, from, to } = await open();
      const { bars } = await source.fetch({ symbol, timeframe, from, to });
      expect(bars.length).toBeGreaterThanOrEqual(3);
      for (const [index, bar] of bars.entries()) {
        expect(bar).toMatchObject({ symbol, timeframe, source: source.name });
        expect(checkBar(bar, now)).toMatchObject({ ok: true });
        expect(bar.timestamp).toBeGreaterThanOrEqual(from);
        expect(bar.timestamp).toBeLessThan(to);
        expect(bar.closeTime - bar.timestamp).toBeLessThanOrEqual(timeframeMs(timeframe));
        if (index > 0) expect(bar.timestamp).toBeGreaterThan(bars[index - 1]!.timestamp);
      }
    });

    it('takes `from` as inclusive and `to` as exclusive', async () => {
      const { source, symbol, timeframe, from, to } = await open();
      const { bars } = await source.fetch({ symbol, timeframe, from, to });
      const [first, second, third] = bars;
      const part = await source.fetch({ symbol, timeframe, from: second!.timestamp, to: third!.timestamp });
      expect(part.bars).toHaveLength(1);
      expect(sameBar(part.bars[0]!, second!)).toBe(true);
      expect(first!.timestamp).toBeLessThan(part.bars[0]!.timestamp);
    });

    it('describes an instrument and answers an unknown symbol as a value', async () => {
      const { source, symbol, unknownSymbol } = await open();
      expect(await source.instrument(symbol)).toMatchObject({ ok: true, value: { symbol, dataSource: source.name } });
      expect(await source.instrument(unknownSymbol)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_SYMBOL' } });
      expect(source.description).not.toBe('');
    });

    it('throws a typed error that is not retriable for bars of an unknown symbol', async () => {
      const { source, unknownSymbol, timeframe, from, to } = await open();
      const failure = await source
        .fetch({ symbol: unknownSymbol, timeframe, from, to })
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(MarketDataError);
      expect(failure).toMatchObject({ code: 'UNKNOWN_SYMBOL', retriable: false });
    });

    it('does not begin what has been aborted', async () => {
      const { source, symbol, timeframe, from, to } = await open();
      await expect(source.fetch({ symbol, timeframe, from, to }, AbortSignal.abort())).rejects.toThrow(/abort/i);
    });
  });
}
