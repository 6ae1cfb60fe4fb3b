import { naturalId } from '../../domain/event-id.js';
import type { Timeframe } from '../../domain/timeframe.js';
import { strategySetupOf } from '../backtest/market.js';
import { takeSignal } from '../backtest/native-signal.js';
import { strategyFailed } from '../backtest/simulation-error.js';
import type { SliceSignal } from '../execution/slice.js';
import type { ParameterDeclarations, ParameterValues } from '../strategies/parameters.js';
import type { StrategyDefinition, StrategyRun } from '../strategies/strategy.js';
import { LiveMarket, type LiveBar } from './live-market.js';

export interface FollowedStrategy<D extends ParameterDeclarations = ParameterDeclarations> {
  readonly definition: StrategyDefinition<D>;
  readonly values: ParameterValues<D>;
  /** Name of its signals' source. */
  readonly source: string;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
}

/** All bars that closed at one instant, of the strategy's symbols or others. */
export interface Instant {
  /** Close time, epoch milliseconds UTC. */
  readonly time: number;
  readonly bars: readonly (LiveBar & { readonly symbol: string })[];
}

/**
 * A strategy that follows bars as they come in, and decides as it would in a backtest over the same bars: the same
 * markets, the same warm-up, the same signals. All that it knows is a function of the bars and positions it was shown,
 * so after a restart it is shown them again.
 */
export class StrategyFollower<D extends ParameterDeclarations = ParameterDeclarations> {
  private readonly strategy: FollowedStrategy<D>;
  private readonly markets: readonly LiveMarket[];
  private readonly run: StrategyRun;
  private readonly warmUpBars: number;

  /** @throws SimulationError STRATEGY_FAILED when it cannot even be created */
  constructor(strategy: FollowedStrategy<D>) {
    this.strategy = strategy;
    const { definition, values, symbols, timeframe } = strategy;
    this.markets = symbols.toSorted().map((symbol) => new LiveMarket(symbol, timeframe));
    this.warmUpBars = definition.warmUpBars(values);
    try {
      this.run = definition.create(strategySetupOf(this.markets.map(({ market }) => market)), values);
    } catch (error) {
      throw strategyFailed(definition.name, NaN, error);
    }
  }

  get isWarm(): boolean {
    return this.markets.every(({ market }) => market.barCount > this.warmUpBars);
  }

  /** Shows it bars that it does not decide on. */
  warmUp(instant: Instant): void {
    this.see(instant);
  }

  /**
   * Shows it the bars of an instant, and asks what it decides after them.
   * @param unitsHeld of a symbol, after the fills of these bars
   * @returns one signal a symbol at most; none before it is warm, and none where no bar of its own closed
   * @throws SimulationError STRATEGY_FAILED
   */
  decide(instant: Instant, unitsHeld: (symbol: string) => number): readonly SliceSignal[] {
    if (!this.see(instant) || !this.isWarm) return [];
    for (const { market } of this.markets) market.positionSize = unitsHeld(market.symbol);
    const { source, definition } = this.strategy;
    const context = { source, time: instant.time, timeInForce: 'GTC', newId: naturalId } as const;
    try {
      this.run.onBar();
      return this.markets.flatMap(({ market }) => takeSignal(market, context) ?? []);
    } catch (error) {
      throw strategyFailed(definition.name, instant.bars[0]?.timestamp ?? NaN, error);
    }
  }

  /** Answers whether any of the bars is of a symbol of its own. */
  private see({ bars }: Instant): boolean {
    let anyFresh = false;
    for (const live of this.markets) {
      const bar = bars.find(({ symbol }) => symbol === live.market.symbol);
      live.market.isFresh = bar !== undefined;
      if (bar === undefined) continue;
      live.push(bar);
      anyFresh = true;
    }
    return anyFresh;
  }
}
