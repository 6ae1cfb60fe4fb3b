import type { BarSeries } from '../../src/domain/bar.js';
import type { BrokerOptions } from '../../src/engines/backtest/options.js';
import type { SimulationResult } from '../../src/engines/backtest/simulation.js';
import { simulateUnits } from '../../src/engines/backtest/simulate-units.js';
import { defineStrategy, type Market, type StrategyDefinition } from '../../src/engines/strategies/strategy.js';

export const DAY_MS = 86_400_000;

/** No costs, whole units, next open: say what matters to the test. */
export function brokerOptions(overrides: Partial<BrokerOptions> = {}): BrokerOptions {
  return {
    cash: 10_000,
    commission: { kind: 'PERCENT', rate: 0 },
    spread: 0,
    slippage: { kind: 'NONE' },
    margin: 1,
    tradeOnClose: false,
    exclusiveOrders: false,
    finalizeTrades: false,
    lotSize: 1,
    volumeShare: null,
    ...overrides,
  };
}

/** A bar as open, high, low, close and, where it matters, volume. */
export type Ohlc = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Daily bars from 2024-01-01, or `firstDay` days later, on. */
export function dailySeries(symbol: string, bars: readonly Ohlc[], firstDay = 0): BarSeries {
  const column = (index: 0 | 1 | 2 | 3) => Float64Array.from(bars, (bar) => bar[index]);
  return {
    symbol,
    timeframe: 'ONE_DAY',
    timestamps: Float64Array.from(bars, (_, i) => Date.UTC(2024, 0, 1) + (firstDay + i) * DAY_MS),
    opens: column(0),
    highs: column(1),
    lows: column(2),
    closes: column(3),
    volumes: Float64Array.from(bars, (bar) => bar[4] ?? 1e9),
  };
}

/** What to do at which call of onBar: the first is at the second bar, number 1. */
export type Script = Readonly<Record<number, (market: Market, marketOf: (symbol: string) => Market) => void>>;

export function scripted(script: Script): StrategyDefinition<Record<never, never>> {
  return defineStrategy({
    name: 'scripted',
    description: 'Does what the test says.',
    parameters: {},
    warmUpBars: () => 1,
    create(setup) {
      let bar = 0;
      return {
        onBar() {
          bar += 1;
          script[bar]?.(setup.market(), (symbol) => setup.market(symbol));
        },
      };
    },
  });
}

export function runScript(
  series: BarSeries | readonly BarSeries[],
  script: Script,
  overrides: Partial<BrokerOptions> = {},
): SimulationResult {
  const bars = { series: 'symbol' in series ? [series] : series, tradeFrom: null };
  return simulateUnits(bars, scripted(script), {}, brokerOptions(overrides));
}
