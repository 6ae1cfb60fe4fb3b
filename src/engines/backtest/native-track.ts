import { TRAILING_BARS } from '../../domain/account-state.js';
import type { BarSeries } from '../../domain/bar.js';
import { timeframeMs } from '../../domain/timeframe.js';
import type { AccountDraft } from '../execution/account-draft.js';
import { isProtective } from '../execution/order-state.js';
import type { SliceBar } from '../execution/slice.js';
import type { TradingRules } from '../execution/trading-rules.js';
import type { TradedInstrument } from '../execution/trading-settings.js';
import { nearestTicks } from '../portfolio/instrument-scale.js';
import { notionalCents } from '../portfolio/money.js';
import { mark } from '../portfolio/position.js';
import type { BarAction } from './bar-actions.js';
import type { DecisionKind, StrategyMarket } from './market.js';
import type { PreparedActions } from './prepared-bars.js';
import type { EpochIndicators } from './split-epochs.js';

/** Cut to length and written over: an array that grows is copied twice on the way to twenty. */
const BLANK_VOLUMES: readonly number[] = Array.from({ length: TRAILING_BARS }, () => NaN);

/**
 * One symbol of a native run: where it is in its bars, what is held of it, and whether its next bar can fill anything.
 * While no bar can, the account is not told of them one by one: it catches up when it is to act.
 */
export class NativeTrack {
  readonly market: StrategyMarket;
  readonly closeTimes: Float64Array;
  /** Close time of the bar after the present one; Infinity when there is none. */
  nextCloseTime: number;
  /** Value of what is held, in cents, at the close of the present bar. */
  valueCents = 0;
  /** Index of the first bar that trades. */
  firstIndex = 0;
  /** An order waits that time alone can end. */
  hasSessionOrder = false;
  private readonly traded: TradedInstrument;
  private shown: BarSeries;
  private readonly rules: TradingRules;
  private readonly prepared: PreparedActions | null;
  private readonly indicators: EpochIndicators | null;
  /** Index of the present bar; -1 before the first. */
  private index = -1;
  /** The last bar that the account has been told of. */
  private toldIndex = -1;
  private lots = 0;
  /** A low below the first, a high at or above the second, in ticks before they are rounded, can fill something. */
  private lowBelow = -Infinity;
  private highFrom = Infinity;
  private isGuarded = false;
  private hasChanged = false;

  /** @param actions splits and dividends, and the indicators that follow them; null where there are none */
  constructor(
    market: StrategyMarket,
    series: BarSeries,
    closeTimes: Float64Array,
    traded: TradedInstrument,
    rules: TradingRules,
    actions: { readonly prepared: PreparedActions; readonly indicators: EpochIndicators } | null = null,
  ) {
    this.market = market;
    this.shown = series;
    this.prepared = actions?.prepared ?? null;
    this.indicators = actions?.indicators ?? null;
    this.closeTimes = closeTimes;
    this.traded = traded;
    this.rules = rules;
    this.nextCloseTime = closeTimes[0] ?? Infinity;
  }

  /** The bars as they look from the present one: a split puts others in their place, in its own scale. */
  get series(): BarSeries {
    return this.shown;
  }

  /** Actions of the bars ahead. */
  get actionsAhead(): readonly BarAction[] {
    return this.prepared?.actions.filter(({ barIndex }) => barIndex > this.index) ?? [];
  }

  /** Shows the bars, to the strategy as well, in the scale of one of them. */
  showEpoch(barIndex: number): void {
    const epoch = this.prepared?.epochs.at(barIndex);
    if (epoch === undefined || epoch.series === this.shown) return;
    this.shown = epoch.series;
    this.indicators?.rebase(this.market, epoch);
  }

  get symbol(): string {
    return this.series.symbol;
  }

  /** Index of the present bar within the series. */
  get barIndex(): number {
    return this.index;
  }

  get barsLeft(): number {
    return this.closeTimes.length - 1 - this.index;
  }

  /** Open time of the bar after the present one; Infinity when there is none. */
  get nextOpenTime(): number {
    return this.series.timestamps[this.index + 1] ?? Infinity;
  }

  /** Open time of the present bar. */
  get openTime(): number {
    return this.series.timestamps[this.index] as number;
  }

  /** Passes over the bars that open before `time`: they only warm up. */
  skipBefore(time: number): void {
    while (this.nextOpenTime < time) this.index += 1;
    this.firstIndex = this.index + 1;
    this.moveTo(this.index);
    this.showEpoch(this.index);
  }

  /** False for a decision that asks for what is so already. */
  wouldActOn(decision: DecisionKind): boolean {
    const { exclusiveOrders, allowShort } = this.rules;
    if (decision === 'BUY') return exclusiveOrders || this.lots <= 0 || (allowShort && this.isGuarded);
    if (decision === 'SELL' && allowShort) return exclusiveOrders || this.lots >= 0 || this.isGuarded;
    return this.lots !== 0 || this.isGuarded;
  }

  /** Goes on to the next bar. Answers true when an open order may fill in it. */
  step(): boolean {
    this.moveTo(this.index + 1);
    return this.isTouched(this.index);
  }

  /** Makes a bar the present one. */
  moveTo(index: number): void {
    const { closeTimes } = this;
    this.index = index;
    this.nextCloseTime = index + 1 < closeTimes.length ? (closeTimes[index + 1] as number) : Infinity;
    this.market.cursor.index = index;
    if (index >= 0) this.valueCents = this.valueCentsAt(index);
  }

  /** Value of what is held at the close of a bar, in cents. */
  valueCentsAt(index: number): number {
    if (this.lots === 0) return 0;
    const { scale } = this.traded;
    const ticks = nearestTicks(scale, this.series.closes[index] as number);
    // One call less at each of a million bars than asking `valueCents`.
    return this.lots > 0 ? notionalCents(scale, ticks, this.lots) : 0 - notionalCents(scale, ticks, 0 - this.lots);
  }

  /** True when an open order may fill in a bar. */
  isTouched(index: number): boolean {
    if (!this.isGuarded) return false;
    const { scale } = this.traded;
    return (
      (this.series.lows[index] as number) * scale.ticksPerUnit < this.lowBelow ||
      (this.series.highs[index] as number) * scale.ticksPerUnit >= this.highFrom
    );
  }

  /** The present bar, for the account. */
  bar(): SliceBar {
    const { index, series } = this;
    return {
      symbol: series.symbol,
      timeframe: series.timeframe,
      timestamp: series.timestamps[index] as number,
      closeTime: this.closeTimes[index] as number,
      open: series.opens[index] as number,
      high: series.highs[index] as number,
      low: series.lows[index] as number,
      close: series.closes[index] as number,
      volume: series.volumes[index] as number,
    };
  }

  /** The account has seen the present bar in a slice. */
  toldPresent(): void {
    this.toldIndex = this.index;
  }

  /** Shows the account what it was not told of, up to the bar before the present one, or with it. */
  tell(draft: AccountDraft, upTo: 'BEFORE_PRESENT' | 'PRESENT'): void {
    const last = upTo === 'PRESENT' ? this.index : this.index - 1;
    if (last <= this.toldIndex) return;
    this.toldIndex = last;
    const { scale } = this.traded;
    const lastTicks = nearestTicks(scale, this.series.closes[last] as number);
    const lastCloseTime = this.closeTimes[last] as number;
    const first = Math.max(0, last - TRAILING_BARS + 1);
    const volumes = BLANK_VOLUMES.slice(0, last - first + 1);
    for (let k = first; k <= last; k += 1) volumes[k - first] = this.series.volumes[k] as number;
    draft.markets.set(this.symbol, {
      lastTicks,
      lastCloseTime,
      pricedAt: this.series.timestamps[last] as number,
      timeframeMs: timeframeMs(this.series.timeframe),
      volumes,
    });
    const position = draft.positions.get(this.symbol);
    if (position !== undefined) draft.positions.set(this.symbol, mark(position, scale, lastTicks, lastCloseTime));
  }

  /** What the account holds, for the strategy to see. */
  showPosition(draft: AccountDraft): void {
    this.market.positionSize = draft.positionLots(this.symbol) / this.traded.scale.lotsPerUnit;
  }

  /** The account has changed what it holds of this symbol, or an order of it. */
  markChanged(): void {
    this.hasChanged = true;
  }

  /** Takes over what the account holds and waits for, after it has acted. */
  followIfChanged(draft: AccountDraft): void {
    if (!this.hasChanged) return;
    this.hasChanged = false;
    const position = draft.positions.get(this.symbol);
    this.lots = position?.lots ?? 0;
    this.valueCents = position?.marketValueCents ?? 0;
    this.showPosition(draft);
    let lowTouch = -Infinity;
    let highTouch = Infinity;
    this.hasSessionOrder = false;
    const through = this.traded.costs.tradeThroughTicks;
    for (const order of draft.openOrders(this.symbol)) {
      const waits = !isProtective(order) || order.triggered;
      this.hasSessionOrder ||= order.timeInForce === 'DAY';
      const { side, stopTicks, limitTicks } = order;
      if (waits) lowTouch = Infinity;
      else if (side === 'SELL') {
        lowTouch = Math.max(lowTouch, stopTicks ?? -Infinity);
        highTouch = Math.min(highTouch, limitTicks === null ? Infinity : limitTicks + through);
      } else {
        lowTouch = Math.max(lowTouch, limitTicks === null ? -Infinity : limitTicks - through);
        highTouch = Math.min(highTouch, stopTicks ?? Infinity);
      }
    }
    this.isGuarded = lowTouch !== -Infinity || highTouch !== Infinity;
    // What rounds to at most n ticks lies below n + 0.5, what rounds to at least n at or above n - 0.5. No price is below 1.
    this.lowBelow = lowTouch + 0.5;
    this.highFrom = highTouch <= 1 ? -Infinity : highTouch - 0.5;
  }
}
