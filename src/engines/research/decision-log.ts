import type { Crossing } from '../strategies/crossing.js';
import type { Line } from '../strategies/line.js';
import type { Market, OrderRequest, StrategyDefinition, StrategySetup } from '../strategies/strategy.js';

/** What a strategy asked for at one instant in one symbol. */
export interface Decision {
  /** The instant: close time of the bars at hand, epoch milliseconds UTC. */
  readonly time: number;
  readonly symbol: string;
  readonly action: 'BUY' | 'SELL' | 'EXIT';
  /** What the entry said of itself; null where it said nothing. */
  readonly order: OrderRequest | null;
}

/** All decisions of a run, in order of time, within an instant in alphabetic order of the symbols. */
export class DecisionLog {
  readonly decisions: Decision[] = [];
  /** The last instant at which the strategy was asked; -Infinity when it never was. */
  lastAskedTime = -Infinity;
}

/**
 * The same strategy, written down: each decision goes to the log and then to the market, so any simulator runs it as
 * before. For one run.
 * @param closeTimes of each symbol's bars, as the run is given them
 */
export function recordDecisions(
  strategy: StrategyDefinition,
  log: DecisionLog,
  closeTimes: ReadonlyMap<string, Float64Array>,
): StrategyDefinition {
  return {
    name: strategy.name,
    description: strategy.description,
    parameters: strategy.parameters,
    checkTogether: (values) => strategy.checkTogether?.(values) ?? null,
    warmUpBars: (values) => strategy.warmUpBars(values),
    create(setup, values) {
      const markets = setup.symbols.map((symbol) => {
        return new RecordedMarket(setup.market(symbol), closeTimes.get(symbol) ?? new Float64Array(0));
      });
      const run = strategy.create(recordedSetup(setup, markets), values);
      return {
        onBar() {
          for (const market of markets) market.decision = null;
          run.onBar();
          const time = instantOf(markets);
          if (Number.isNaN(time)) throw new Error(`${strategy.name} is asked at an instant at which no bar closes`);
          log.lastAskedTime = time;
          for (const { symbol, decision } of markets) {
            if (decision !== null) log.decisions.push({ time, symbol, ...decision });
          }
        },
      };
    },
  };
}

/** Close time of what closes now; NaN for nothing. */
function instantOf(markets: readonly RecordedMarket[]): number {
  for (const market of markets) if (market.isFresh) return market.closeTimes[market.barCount - 1] ?? NaN;
  return NaN;
}

function recordedSetup(setup: StrategySetup, markets: readonly RecordedMarket[]): StrategySetup {
  return {
    symbols: setup.symbols,
    market(symbol) {
      const real = setup.market(symbol);
      return markets.find((market) => market.symbol === real.symbol) ?? real;
    },
    prepared: (symbol) => setup.prepared(symbol),
  };
}

/** A market that remembers the decision of the instant: the last one counts. */
class RecordedMarket implements Market {
  readonly symbol: string;
  readonly timeframe: Market['timeframe'];
  readonly time: Line;
  readonly open: Line;
  readonly high: Line;
  readonly low: Line;
  readonly close: Line;
  readonly volume: Line;
  decision: Pick<Decision, 'action' | 'order'> | null = null;
  readonly closeTimes: Float64Array;
  private readonly real: Market;

  constructor(real: Market, closeTimes: Float64Array) {
    this.real = real;
    this.closeTimes = closeTimes;
    this.symbol = real.symbol;
    this.timeframe = real.timeframe;
    this.time = real.time;
    this.open = real.open;
    this.high = real.high;
    this.low = real.low;
    this.close = real.close;
    this.volume = real.volume;
  }

  get barCount(): number {
    return this.real.barCount;
  }

  get isFresh(): boolean {
    return this.real.isFresh;
  }

  get positionSize(): number {
    return this.real.positionSize;
  }

  indicator(spec: Parameters<Market['indicator']>[0]): Line {
    return this.real.indicator(spec);
  }

  indicators<O extends string>(spec: Parameters<Market['indicators']>[0]): Readonly<Record<O, Line>> {
    return this.real.indicators(spec);
  }

  crossing(...lines: Parameters<Market['crossing']>): Crossing {
    return this.real.crossing(...lines);
  }

  buy(order?: OrderRequest): void {
    this.decision = { action: 'BUY', order: order ?? null };
    this.real.buy(order);
  }

  sell(order?: OrderRequest): void {
    this.decision = { action: 'SELL', order: order ?? null };
    this.real.sell(order);
  }

  exit(): void {
    this.decision = { action: 'EXIT', order: null };
    this.real.exit();
  }
}
