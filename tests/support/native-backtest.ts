import type { BarSeries } from '../../src/domain/bar.js';
import type { Instrument } from '../../src/domain/instrument.js';
import type { TradingEvent } from '../../src/domain/trading-event.js';
import type { Timeframe } from '../../src/domain/timeframe.js';
import { IndicatorCache } from '../../src/engines/backtest/indicator-cache.js';
import { StrategyMarket, strategySetupOf } from '../../src/engines/backtest/market.js';
import { closeTimesOf } from '../../src/engines/backtest/native-close-times.js';
import { openingState, tradingSettingsOf, type NativeOptions } from '../../src/engines/backtest/native-options.js';
import { takeSignal } from '../../src/engines/backtest/native-signal.js';
import { processSlice } from '../../src/engines/execution/process-slice.js';
import { equityCents } from '../../src/engines/execution/valuation.js';
import { naturalId } from '../../src/domain/event-id.js';
import { DEFAULT_RISK_LIMITS } from '../../src/engines/risk/limits.js';
import type { StrategyDefinition } from '../../src/engines/strategies/strategy.js';

export const BITCOIN: Instrument = {
  symbol: 'BTC-USD',
  name: 'Bitcoin',
  assetClass: 'CRYPTO',
  currency: 'USD',
  tickSize: '0.01',
  lotSize: '0.00000001',
  calendar: 'crypto',
  dataSource: 'csv',
};
export const APPLE: Instrument = {
  ...BITCOIN,
  symbol: 'AAPL',
  name: 'Apple',
  assetClass: 'EQUITY',
  lotSize: '1',
  calendar: 'us-equity',
};

export const NATIVE: NativeOptions = {
  startingCash: 100_000,
  instruments: [APPLE, BITCOIN],
  costs: {},
  limits: DEFAULT_RISK_LIMITS,
  timeInForce: 'GTC',
  finalizeTrades: false,
  accountId: 'backtest-account',
};

export interface BarRow {
  readonly timestamp: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const seriesOf = (symbol: string, timeframe: Timeframe, rows: readonly BarRow[]): BarSeries => ({
  symbol,
  timeframe,
  timestamps: Float64Array.from(rows, (row) => row.timestamp),
  opens: Float64Array.from(rows, (row) => row.open),
  highs: Float64Array.from(rows, (row) => row.high),
  lows: Float64Array.from(rows, (row) => row.low),
  closes: Float64Array.from(rows, (row) => row.close),
  volumes: Float64Array.from(rows, (row) => row.volume),
});

/** The native profile by its definition: a new state a slice, every bar through `processSlice`. */
export function sliceBySlice(series: readonly BarSeries[], strategy: StrategyDefinition, options: NativeOptions) {
  const settings = tradingSettingsOf(options);
  const markets = series.map(
    (columns) => new StrategyMarket(columns.symbol, columns.timeframe, columns, new IndicatorCache(columns)),
  );
  const run = strategy.create(strategySetupOf(markets), {});
  const closes = series.map((columns) => closeTimesOf(columns, settings.instruments.get(columns.symbol)!.calendar));
  const begin = Math.min(...series.map(({ timestamps }) => timestamps[0]!));
  const times = [...new Set(closes.flatMap((column) => [...column]))].toSorted((a, b) => a - b);
  let state = openingState(options, strategy.name, begin);
  const events: TradingEvent[] = [];
  const equity: number[] = [];
  for (const time of times) {
    const bars = series.flatMap((columns, k) => {
      const index = closes[k]!.indexOf(time);
      const market = markets[k]!;
      market.isFresh = index >= 0;
      if (index < 0) return [];
      market.cursor.index = index;
      const { symbol, timeframe, timestamps, opens, highs, lows, volumes } = columns;
      const prices = { open: opens[index]!, high: highs[index]!, low: lows[index]!, close: columns.closes[index]! };
      const about = { symbol, timeframe, timestamp: timestamps[index]!, closeTime: time, volume: volumes[index]! };
      return [{ ...about, ...prices }];
    });
    const isReady = markets.every((market) => market.barCount > strategy.warmUpBars({}));
    const outcome = processSlice(
      state,
      { time, decisionTime: time, bars, signals: [], ended: [] },
      settings,
      (account) => {
        if (!isReady) return [];
        for (const market of markets) {
          const { lotsPerUnit } = settings.instruments.get(market.symbol)!.scale;
          market.positionSize = account.positionLots(market.symbol) / lotsPerUnit;
        }
        run.onBar();
        const timeInForce = options.timeInForce ?? 'GTC';
        const allowShort = settings.rules?.allowShort ?? false;
        const context = { source: strategy.name, time, timeInForce, allowShort, newId: naturalId };
        return markets.flatMap((market) => takeSignal(market, context) ?? []);
      },
    );
    events.push(...outcome.events);
    const over = series.filter((_, k) => closes[k]!.at(-1) === time);
    const ended = over.map(({ symbol }) => ({ symbol, reason: 'REPLAY_OVER' as const }));
    state = outcome.state;
    if (ended.length > 0) {
      const end = processSlice(state, { time, decisionTime: time, bars: [], signals: [], ended }, settings);
      events.push(...end.events);
      state = end.state;
    }
    equity.push(equityCents(state.cashCents, state.positions.values()) / 100);
  }
  return { state, events, equity, times };
}
