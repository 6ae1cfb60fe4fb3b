import type { BarSeries } from '../../domain/bar.js';
import { invariant } from '../../domain/result.js';
import type { IndicatorSpec } from '../indicators/indicator-spec.js';
import { Line, type Cursor } from '../strategies/line.js';
import type { BarAction } from './bar-actions.js';
import { IndicatorCache } from './indicator-cache.js';
import type { IndicatorSource, StrategyMarket } from './market.js';

/** The columns of a series from one split to the next, and the indicators over them. */
export interface SplitEpoch {
  /** Index of its first bar: the first one that trades after the split; 0 for the first epoch. */
  readonly firstBar: number;
  /** Bars before it in the scale of this epoch: prices divided, volumes multiplied by the splits in between. */
  readonly series: BarSeries;
  readonly indicators: IndicatorCache;
}

/**
 * A series as it looks from each stretch between two splits. Within one, every bar of it is as it was traded and all
 * earlier ones are in its scale: point in time, and still plain columns that a run reads at the speed of any others. The
 * bars after a stretch are in the arrays too, raw, and out of reach of its lines; made when first asked for, shared by
 * all runs over the same bars.
 */
export class SplitEpochs {
  private readonly raw: BarSeries;
  private readonly splits: readonly BarAction[];
  private readonly maxIndicatorBytes: number | undefined;
  private readonly made: (SplitEpoch | undefined)[];

  /** @param first indicators of the first epoch, which is the series itself */
  constructor(raw: BarSeries, actions: readonly BarAction[], first: IndicatorCache, maxIndicatorBytes?: number) {
    this.raw = raw;
    this.splits = actions.filter(({ ratio }) => ratio !== 1);
    this.maxIndicatorBytes = maxIndicatorBytes;
    this.made = [{ firstBar: 0, series: raw, indicators: first }];
  }

  /** The epoch that the bar at an index belongs to. */
  at(barIndex: number): SplitEpoch {
    let number = 0;
    while ((this.splits[number]?.barIndex ?? Infinity) <= barIndex) number += 1;
    return (this.made[number] ??= this.make(number));
  }

  private make(number: number): SplitEpoch {
    const [opens, highs, lows, closes, volumes] = [
      this.raw.opens.slice(),
      this.raw.highs.slice(),
      this.raw.lows.slice(),
      this.raw.closes.slice(),
      this.raw.volumes.slice(),
    ];
    let factor = 1;
    for (let split = number - 1; split >= 0; split -= 1) {
      const { barIndex, ratio } = this.splits[split] as BarAction;
      factor *= ratio;
      const from = this.splits[split - 1]?.barIndex ?? 0;
      for (let i = from; i < barIndex; i += 1) {
        opens[i] = (opens[i] as number) / factor;
        highs[i] = (highs[i] as number) / factor;
        lows[i] = (lows[i] as number) / factor;
        closes[i] = (closes[i] as number) / factor;
        volumes[i] = (volumes[i] as number) * factor;
      }
    }
    const series: BarSeries = { ...this.raw, opens, highs, lows, closes, volumes };
    const firstBar = this.splits[number - 1]?.barIndex ?? 0;
    return { firstBar, series, indicators: new IndicatorCache(series, this.maxIndicatorBytes) };
  }
}

/** The indicators that one market has handed out, which follow it from one epoch to the next. */
export class EpochIndicators implements IndicatorSource {
  private indicators: IndicatorCache;
  private readonly followed: {
    readonly spec: IndicatorSpec<string>;
    readonly lines: Readonly<Record<string, Line>>;
  }[] = [];

  constructor(indicators: IndicatorCache) {
    this.indicators = indicators;
  }

  linesOf<O extends string>(spec: IndicatorSpec<O>, cursor: Cursor): Readonly<Record<O, Line>> {
    const lines = this.indicators.linesOf(spec, cursor);
    this.followed.push({ spec, lines });
    return lines;
  }

  /** Shows a market, and every line that it handed out, in the scale of an epoch. */
  rebase(market: StrategyMarket, { series, indicators }: SplitEpoch): void {
    this.indicators = indicators;
    market.replaceColumns(series);
    for (const { spec, lines } of this.followed) {
      const columns = indicators.columnsOf(spec);
      for (const output of spec.outputs) {
        const line = lines[output];
        const column = columns[output];
        invariant(line !== undefined && column !== undefined, () => `${spec.key} has no output ${output}`);
        line.replaceValues(column);
      }
    }
  }
}

/** The indicators of a run over prepared bars, one a series; null where no action needs them to follow. */
export const epochIndicatorsOf = (prepared: {
  readonly indicators: readonly IndicatorCache[];
  readonly actions: readonly (unknown | null)[];
}): readonly (EpochIndicators | null)[] =>
  prepared.indicators.map((indicators, index) =>
    prepared.actions[index] === null ? null : new EpochIndicators(indicators),
  );
