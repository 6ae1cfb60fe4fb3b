import { byExDate, type CorporateAction } from '../../domain/corporate-action.js';
import { SimulationError } from '../../engines/backtest/simulation-error.js';

/** What is known of the prices that a deployed strategy is shown of one symbol. */
export interface SymbolPrices {
  readonly symbol: string;
  /** All of its stored bars are as they were traded; true where there are none yet. */
  readonly areRaw: boolean;
}

/** A bar as far as splits are concerned. */
export interface SplitBar {
  readonly symbol: string;
  /** Open time, epoch milliseconds UTC. */
  readonly timestamp: number;
  /** Up to which ex-date splits are in its prices; its open time when left out. */
  readonly pricedAt?: number;
}

/**
 * The splits between the bars that a deployed strategy is shown. Raw prices are brought into the scale of the bar at hand, as in
 * a backtest. Where that cannot be done, because a source adjusts its prices as it goes or a split was known too late, the strategy
 * must not go on: what it remembers is of two scales.
 */
export class StrategySplits {
  private readonly splits = new Map<string, CorporateAction[]>();
  private readonly shownUntil = new Map<string, number>();
  private readonly areRaw: ReadonlyMap<string, boolean>;

  constructor(prices: readonly SymbolPrices[], actions: readonly CorporateAction[]) {
    this.areRaw = new Map(prices.map(({ symbol, areRaw }) => [symbol, areRaw]));
    for (const { symbol } of prices) this.splits.set(symbol, splitsOf(symbol, actions));
  }

  /**
   * Takes what is stored now of the symbols that actions were looked up of.
   * @throws SimulationError STRATEGY_FAILED for a split before bars that were shown without it
   */
  learn(actions: readonly CorporateAction[]): void {
    for (const symbol of new Set(actions.map((action) => action.symbol))) {
      const known = this.splits.get(symbol);
      if (known === undefined) continue;
      const shownUntil = this.shownUntil.get(symbol) ?? -Infinity;
      const now = splitsOf(symbol, actions);
      const text = (splits: readonly CorporateAction[]) =>
        splits.flatMap(({ exDate, value }) => (exDate <= shownUntil ? [`${exDate} ${value}`] : [])).join();
      if (this.areRaw.get(symbol) === true && text(known) !== text(now)) {
        throw ended(`a split of ${symbol} became known, or changed, after bars without it had been acted on`);
      }
      this.splits.set(symbol, now);
    }
  }

  /**
   * New units for one old between the last bar that was shown of the symbol and this one, which is shown now; 1 for none.
   * @param isStored it is history, shown again: what is not raw of it is taken to be of one scale
   * @throws SimulationError STRATEGY_FAILED where the earlier bars cannot be brought into its scale
   */
  ratioBefore({ symbol, timestamp, pricedAt = timestamp }: SplitBar, isStored = false): number {
    const areRaw = this.areRaw.get(symbol) === true;
    const before = this.shownUntil.get(symbol) ?? Infinity;
    if (pricedAt === Infinity || (isStored && !areRaw)) {
      this.shownUntil.set(symbol, timestamp);
      return 1;
    }
    this.shownUntil.set(symbol, pricedAt);
    let ratio = 1;
    for (const { exDate, value } of this.splits.get(symbol) ?? []) {
      if (exDate > before && exDate <= pricedAt) ratio *= value;
    }
    if (ratio !== 1 && !(areRaw && pricedAt === timestamp)) {
      throw ended(`${symbol} was split, and its earlier bars are not all stored as they were traded`);
    }
    return ratio;
  }
}

const splitsOf = (symbol: string, actions: readonly CorporateAction[]): CorporateAction[] =>
  actions.filter((action) => action.symbol === symbol && action.kind === 'SPLIT').toSorted(byExDate);

const ended = (why: string): SimulationError =>
  new SimulationError(
    'STRATEGY_FAILED',
    `${why}: what the strategy remembers is of two scales. Load the history again and deploy it anew; the account keeps what it holds`,
  );
