import type { IndicatorSource } from '../backtest/market.js';
import type { IndicatorBar, IndicatorSpec, IndicatorStream } from '../indicators/indicator-spec.js';
import { Line, type Cursor } from '../strategies/line.js';
import { GrowingColumn } from './growing-column.js';

interface Streamed {
  readonly stream: IndicatorStream;
  readonly outputs: readonly { readonly name: string; readonly column: GrowingColumn; readonly lines: Line[] }[];
}

/** Indicators that are computed bar by bar, as the bars come in. */
export class StreamedIndicators implements IndicatorSource {
  private readonly streamed = new Map<string, Streamed>();
  private barCount = 0;

  /** @throws RangeError once bars have come: a strategy asks for its indicators when it is created */
  linesOf<O extends string>(spec: IndicatorSpec<O>, cursor: Cursor): Readonly<Record<O, Line>> {
    const known = this.streamed.get(spec.key);
    if (known === undefined && this.barCount > 0) {
      throw new RangeError(`${spec.key} is asked for after the first bar: indicators are asked for at the creation`);
    }
    const { outputs } = known ?? this.begin(spec);
    const lines = {} as Record<O, Line>;
    for (const output of outputs) {
      const line = new Line(output.column.values, cursor);
      output.lines.push(line);
      lines[output.name as O] = line;
    }
    return lines;
  }

  /** Takes the next bar into every indicator. */
  push(bar: IndicatorBar): void {
    this.barCount += 1;
    for (const { stream, outputs } of this.streamed.values()) {
      const values = stream.update(bar);
      for (const { name, column, lines } of outputs) {
        const before = column.values;
        column.push(values[name] ?? NaN);
        if (column.values !== before) for (const line of lines) line.replaceValues(column.values);
      }
    }
  }

  private begin(spec: IndicatorSpec): Streamed {
    const outputs = spec.outputs.map((name) => ({ name, column: new GrowingColumn(), lines: [] }));
    const begun = { stream: spec.stream(), outputs };
    this.streamed.set(spec.key, begun);
    return begun;
  }
}
