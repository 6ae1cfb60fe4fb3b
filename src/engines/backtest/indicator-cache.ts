import type { BarColumns, IndicatorSpec } from '../indicators/indicator-spec.js';
import type { Crossing, IndicatorOutput } from '../strategies/crossing.js';
import { Line, type Cursor } from '../strategies/line.js';
import { findTurns, STRETCH, type StretchReader } from './find-turns.js';
import { KnownCrossing } from './known-crossing.js';
import type { IndicatorSource } from './market.js';

/** Enough for 60 columns over a million bars; a search over thousands of periods must not fill the memory. */
const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

/** Indicators over the columns of one market, each computed once: runs of a parameter search share it. */
export class IndicatorCache implements IndicatorSource {
  private readonly bars: BarColumns;
  private readonly maxBytes: number;
  private readonly kept = new Map<string, Readonly<Record<string, Float64Array>>>();
  private bytes = 0;
  /** Keys of indicators that were read in passing, and of which no column was made. */
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
    const turns = findTurns(this.readerOf(first), this.readerOf(second), this.bars.closes.length);
    return new KnownCrossing(turns, cursor);
  }

  /**
   * Reads stretch after stretch of an output. What is asked for once is best computed on the way; what is asked for again
   * (by the runs of a search) is worth a column.
   */
  private readerOf<O extends string>({ spec, output }: IndicatorOutput<O>): StretchReader {
    const { overRange } = spec;
    if (overRange === undefined || this.kept.has(spec.key) || this.passed.has(spec.key)) {
      const column = this.columnsOf(spec)[output];
      return (from, to) => (to - from === column.length ? column : column.subarray(from, to));
    }
    this.passed.add(spec.key);
    const stretch = new Float64Array(STRETCH);
    return (from, to) => {
      overRange(this.bars, from, to, stretch);
      return stretch;
    };
  }

  private forgetOldest(): void {
    for (const [key, columns] of this.kept) {
      if (this.bytes <= this.maxBytes || this.kept.size === 1) return;
      for (const column of Object.values(columns)) this.bytes -= column.byteLength;
      this.kept.delete(key);
    }
  }
}
