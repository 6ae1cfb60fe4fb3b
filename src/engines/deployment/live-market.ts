import type { Timeframe } from '../../domain/timeframe.js';
import { StrategyMarket } from '../backtest/market.js';
import type { IndicatorBar } from '../indicators/indicator-spec.js';
import { GrowingColumn } from './growing-column.js';
import { StreamedIndicators } from './streamed-indicators.js';

/** A bar as a live market takes it; its open time in epoch milliseconds UTC. */
export interface LiveBar extends IndicatorBar {
  readonly timestamp: number;
  /** A split between the bar before and this one: new units for one old. None when left out. */
  readonly splitRatio?: number;
}

interface LiveColumns {
  readonly opens: GrowingColumn;
  readonly highs: GrowingColumn;
  readonly lows: GrowingColumn;
  readonly closes: GrowingColumn;
  readonly volumes: GrowingColumn;
}

/** The market of one symbol whose bars come in one by one: what strategies see is the same as in a backtest. */
export class LiveMarket {
  readonly market: StrategyMarket;
  private readonly timestamps = new GrowingColumn();
  private columns = emptyColumns();
  /** The bars as they were traded; `columns` themselves while there was no split. */
  private asTraded = this.columns;
  private readonly splits: { readonly barIndex: number; readonly ratio: number }[] = [];
  private readonly indicators = new StreamedIndicators();

  constructor(symbol: string, timeframe: Timeframe) {
    this.market = new StrategyMarket(symbol, timeframe, this.arrays(), this.indicators);
  }

  /** Takes the next bar and makes it the current one; a split before it brings all earlier ones into its scale. */
  push(bar: LiveBar): void {
    if (bar.splitRatio !== undefined && bar.splitRatio !== 1) this.split(bar.splitRatio);
    const before = this.timestamps.values;
    this.timestamps.push(bar.timestamp);
    pushTo(this.columns, bar);
    if (this.asTraded !== this.columns) pushTo(this.asTraded, bar);
    // All columns are of one length, so they grow together.
    if (this.timestamps.values !== before) this.market.replaceColumns(this.arrays());
    this.indicators.push(bar);
    this.market.cursor.index += 1;
  }

  /** Prices divided, volumes multiplied by the splits in between: the same numbers as the epochs of a backtest (`SplitEpochs`). */
  private split(ratio: number): void {
    const { asTraded, splits } = this;
    const count = this.timestamps.length;
    splits.push({ barIndex: count, ratio });
    const factors: number[] = [];
    let factor = 1;
    for (let k = splits.length - 1; k >= 0; k -= 1) factors[k] = factor *= splits[k]?.ratio ?? 1;
    const columns = emptyColumns(this.timestamps.values.length);
    this.indicators.beginAnew();
    for (let index = 0, k = 0; index < count; index += 1) {
      while ((splits[k]?.barIndex ?? Infinity) <= index) k += 1;
      const by = factors[k] ?? 1;
      const bar = {
        timestamp: this.timestamps.values[index] as number,
        open: (asTraded.opens.values[index] as number) / by,
        high: (asTraded.highs.values[index] as number) / by,
        low: (asTraded.lows.values[index] as number) / by,
        close: (asTraded.closes.values[index] as number) / by,
        volume: (asTraded.volumes.values[index] as number) * by,
      };
      pushTo(columns, bar);
      this.indicators.push(bar);
    }
    this.columns = columns;
    this.market.replaceColumns(this.arrays());
  }

  private arrays() {
    const { opens, highs, lows, closes, volumes } = this.columns;
    return {
      timestamps: this.timestamps.values,
      opens: opens.values,
      highs: highs.values,
      lows: lows.values,
      closes: closes.values,
      volumes: volumes.values,
    };
  }
}

const emptyColumns = (capacity?: number): LiveColumns => ({
  opens: new GrowingColumn(capacity),
  highs: new GrowingColumn(capacity),
  lows: new GrowingColumn(capacity),
  closes: new GrowingColumn(capacity),
  volumes: new GrowingColumn(capacity),
});

function pushTo({ opens, highs, lows, closes, volumes }: LiveColumns, bar: IndicatorBar): void {
  opens.push(bar.open);
  highs.push(bar.high);
  lows.push(bar.low);
  closes.push(bar.close);
  volumes.push(bar.volume);
}
