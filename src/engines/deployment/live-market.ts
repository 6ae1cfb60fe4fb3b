import type { Timeframe } from '../../domain/timeframe.js';
import { StrategyMarket } from '../backtest/market.js';
import type { IndicatorBar } from '../indicators/indicator-spec.js';
import { GrowingColumn } from './growing-column.js';
import { StreamedIndicators } from './streamed-indicators.js';

/** A bar as a live market takes it; its open time in epoch milliseconds UTC. */
export interface LiveBar extends IndicatorBar {
  readonly timestamp: number;
}

/** The market of one symbol whose bars come in one by one: what strategies see is the same as in a backtest. */
export class LiveMarket {
  readonly market: StrategyMarket;
  private readonly columns = {
    timestamps: new GrowingColumn(),
    opens: new GrowingColumn(),
    highs: new GrowingColumn(),
    lows: new GrowingColumn(),
    closes: new GrowingColumn(),
    volumes: new GrowingColumn(),
  };
  private readonly indicators = new StreamedIndicators();

  constructor(symbol: string, timeframe: Timeframe) {
    this.market = new StrategyMarket(symbol, timeframe, this.arrays(), this.indicators);
  }

  /** Takes the next bar and makes it the current one. */
  push(bar: LiveBar): void {
    const { timestamps, opens, highs, lows, closes, volumes } = this.columns;
    const before = timestamps.values;
    timestamps.push(bar.timestamp);
    opens.push(bar.open);
    highs.push(bar.high);
    lows.push(bar.low);
    closes.push(bar.close);
    volumes.push(bar.volume);
    // All columns are of one length, so they grow together.
    if (timestamps.values !== before) this.market.replaceColumns(this.arrays());
    this.indicators.push(bar);
    this.market.cursor.index += 1;
  }

  private arrays() {
    const { timestamps, opens, highs, lows, closes, volumes } = this.columns;
    return {
      timestamps: timestamps.values,
      opens: opens.values,
      highs: highs.values,
      lows: lows.values,
      closes: closes.values,
      volumes: volumes.values,
    };
  }
}
