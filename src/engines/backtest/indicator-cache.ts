import type { BarColumns, IndicatorSpec } from '../indicators/indicator-spec.js';
import type { Crossing, IndicatorOutput } from '../strategies/crossing.js';
import { Line, type Cursor } from '../strategies/line.js';
import { TurnFinder } from './find-turns.js';
import { KnownCrossing, type Turns } from './known-crossing.js';
import { findMeanTurns } from './mean-turns.js';
import type { IndicatorSource } from './market.js';

/** Enough for 60 columns over a million bars; a search over thousands of periods must not fill the memory. */
const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

/** Indicators over the columns of one market, each computed once: runs of a parameter search share it. */
export class IndicatorCache implements IndicatorSource {
  private readonly bars: BarColumns;
  private readonly maxBytes: number;
  private readonly kept = new Map<string, Readonly<Record<string, Float64Array>>>();
  private bytes = 0;
  /** Keys of indicators that were asked for once, and of which there may be no column. */
  private readonly passed = new Set<string>();

  constructor(bars: BarColumns, maxBytes = DEFAULT_MAX_BYTES) {
    this.bars = bars;
    this.maxBytes = maxBytes;
  }

  linesOf<O extends string>(spec: IndicatorSpec<O>, cursor: Cursor): Readonly<Record<O, Line>> {
    const columns = this.columnsOf(spec);
    const lines = {} as Record<O, Line>;
    for (const output of spec.outputs) lines[output] = new Line(columns[output], cursor);
    return lines;
  }

  /** The indicator's columns, of the bars' length; shared, so not to be written to. */
  columnsOf<O extends string>(spec: IndicatorSpec<O>): Readonly<Record<O, Float64Array>> {
    const known = this.kept.get(spec.key) as Readonly<Record<O, Float64Array>> | undefined;
    if (known !== undefined) return known;
    const columns = spec.overBars(this.bars);
    for (const output of spec.outputs) this.bytes += columns[output].byteLength;
    this.kept.set(spec.key, columns);
    this.forgetOldest();
    return columns;
  }

  crossingOf<A extends string, B extends string>(
    first: IndicatorOutput<A>,
    second: IndicatorOutput<B>,
    cursor: Cursor,
  ): Crossing {
    return new KnownCrossing(this.turnsOf(first, second), cursor);
  }

  /**
   * Two means that are asked for once are best looked at on the way: a column is memory that was never touched, which
   * costs more than the sums in it. What is asked for again (by the runs of a search) is worth one.
   */
  private turnsOf(first: IndicatorOutput, second: IndicatorOutput): Turns {
    const { bars } = this;
    const { length } = bars.closes;
    if (!(this.wasAskedFor(first.spec) && this.wasAskedFor(second.spec))) {
      this.passed.add(first.spec.key).add(second.spec.key);
      const [mean, otherMean] = [first.spec.meanOf?.(bars), second.spec.meanOf?.(bars)];
      if (mean !== undefined && otherMean !== undefined) return findMeanTurns(mean, otherMean, length);
    }
    const columnOf = ({ spec, output }: IndicatorOutput) => this.columnsOf(spec)[output] as Float64Array;
    const finder = new TurnFinder();
    finder.add(columnOf(first), columnOf(second), 0, length);
    return finder.turns(length);
  }

  private wasAskedFor({ key }: IndicatorSpec): boolean {
    return this.kept.has(key) || this.passed.has(key);
  }

  private forgetOldest(): void {
    for (const [key, columns] of this.kept) {
      if (this.bytes <= this.maxBytes || this.kept.size === 1) return;
      for (const column of Object.values(columns)) this.bytes -= column.byteLength;
      this.kept.delete(key);
    }
  }
}
