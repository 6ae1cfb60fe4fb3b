import type { CorporateAction } from '../../domain/corporate-action.js';
import type { Deployment } from '../../domain/deployment.js';
import type { Instrument } from '../../domain/instrument.js';
import type { Signal } from '../../domain/signal.js';
import { closeTimesOf } from '../../engines/backtest/native-close-times.js';
import { StrategyFollower, type Instant } from '../../engines/deployment/strategy-follower.js';
import type { AskStrategy } from '../../engines/execution/process-slice.js';
import type { SliceBar, SliceSignal } from '../../engines/execution/slice.js';
import { instrumentScale } from '../../engines/portfolio/instrument-scale.js';
import type { StrategyDefinition } from '../../engines/strategies/strategy.js';
import type { BarHistory } from '../../ports/bar-history.js';
import type { HeldFrom } from '../../ports/deployment-store.js';
import { deploymentSignal } from './deployment-signal.js';
import { StrategySplits, type SymbolPrices } from './strategy-splits.js';

/** Runs work that may never end, and ends it with an error after a while: a user's strategy may loop for ever. */
export type Bounded = <T>(work: () => T) => T;

export interface DeployedStrategyOptions {
  readonly deployment: Deployment;
  readonly definition: StrategyDefinition;
  /** One a symbol. */
  readonly instruments: readonly Instrument[];
  readonly bars: Pick<BarHistory, 'read'>;
  readonly bounded: Bounded;
  readonly prices: readonly SymbolPrices[];
  /** Of its symbols, as they are stored. */
  readonly actions: readonly CorporateAction[];
}

/** A slice as a strategy is asked within it. */
export interface AskedSlice {
  readonly time: number;
  readonly bars: readonly SliceBar[];
}

/**
 * A deployment at work. What its strategy remembers is a function of the bars and holdings it was shown, so a process that
 * takes it over shows it the stored ones again and goes on where the account stands.
 */
export class DeployedStrategy {
  readonly deployment: Deployment;
  private readonly follower: StrategyFollower;
  private readonly lotsPerUnit: ReadonlyMap<string, number>;
  private readonly bounded: Bounded;
  private readonly splits: StrategySplits;

  private constructor(options: DeployedStrategyOptions) {
    const { deployment, definition, instruments, bounded, prices, actions } = options;
    const { source, symbols, timeframe, params } = deployment;
    this.deployment = deployment;
    this.bounded = bounded;
    this.splits = new StrategySplits(prices, actions);
    this.lotsPerUnit = new Map(instruments.map((each) => [each.symbol, instrumentScale(each).lotsPerUnit]));
    this.follower = bounded(
      () => new StrategyFollower({ definition, values: params as never, source, symbols, timeframe }),
    );
  }

  /**
   * Shows it everything up to `asOf`, the close of the last bar that the account has acted on.
   * @throws SimulationError STRATEGY_FAILED
   */
  static async open(
    options: DeployedStrategyOptions,
    asOf: number,
    holdings: readonly HeldFrom[],
  ): Promise<DeployedStrategy> {
    const opened = new DeployedStrategy(options);
    const { tradeAfter } = options.deployment;
    const past = await pastInstants(options, asOf);
    const held = new Map<string, number>();
    let next = 0;
    for (const stored of past) {
      const instant = opened.scaled(stored, true);
      for (
        let each = holdings[next];
        each !== undefined && each.barTimestamp < instant.time;
        each = holdings[(next += 1)]
      ) {
        held.set(each.symbol, Number(each.quantity));
      }
      if (instant.time <= tradeAfter) opened.follower.warmUp(instant);
      else options.bounded(() => opened.follower.decide(instant, (symbol) => held.get(symbol) ?? 0));
    }
    return opened;
  }

  /** @throws SimulationError STRATEGY_FAILED where a split came to be known too late for what it was shown */
  learn(actions: readonly CorporateAction[]): void {
    this.splits.learn(actions);
  }

  /** How trading is to ask it within a slice, and, after it has, the signals that came of it. */
  within(slice: AskedSlice): { readonly ask: AskStrategy; signals(): readonly Signal[] } {
    const { deployment, follower } = this;
    let decided: readonly SliceSignal[] = [];
    const ask: AskStrategy = (account) => {
      const unitsHeld = (symbol: string) => account.positionLots(symbol) / (this.lotsPerUnit.get(symbol) ?? NaN);
      const instant = this.scaled(slice);
      decided = this.bounded(() => follower.decide(instant, unitsHeld));
      return decided;
    };
    return {
      ask,
      signals: () => {
        if (!follower.isWarm) return [];
        const ours = slice.bars.filter(({ symbol }) => deployment.symbols.includes(symbol));
        return ours.map((bar) => {
          const of = decided.find(({ symbol }) => symbol === bar.symbol) ?? null;
          return deploymentSignal(deployment, bar, of);
        });
      },
    };
  }

  /** The bars with the splits that lie before them. */
  private scaled(instant: AskedSlice | Instant, isStored = false): Instant {
    const { symbols } = this.deployment;
    const bars = instant.bars.map((bar) => {
      const splitRatio = symbols.includes(bar.symbol) ? this.splits.ratioBefore(bar, isStored) : 1;
      return splitRatio === 1 ? bar : { ...bar, splitRatio };
    });
    return { time: instant.time, bars };
  }
}

/** All stored bars of the deployment up to `asOf`, by the instants at which they closed. */
async function pastInstants(
  { deployment, instruments, bars }: DeployedStrategyOptions,
  asOf: number,
): Promise<readonly Instant[]> {
  const { warmFrom, timeframe } = deployment;
  const instants = new Map<number, Instant & { readonly bars: Instant['bars'][number][] }>();
  for (const { symbol, calendar } of instruments) {
    const series = await bars.read({ symbol, timeframe, from: warmFrom, to: asOf });
    const closeTimes = closeTimesOf(series, calendar);
    for (let k = 0; k < closeTimes.length; k += 1) {
      const time = closeTimes[k] as number;
      if (time > asOf) break;
      const instant = instants.get(time) ?? { time, bars: [] };
      instants.set(time, instant);
      instant.bars.push({
        symbol,
        timestamp: series.timestamps[k] as number,
        open: series.opens[k] as number,
        high: series.highs[k] as number,
        low: series.lows[k] as number,
        close: series.closes[k] as number,
        volume: series.volumes[k] as number,
      });
    }
  }
  return [...instants.values()].sort((a, b) => a.time - b.time);
}
