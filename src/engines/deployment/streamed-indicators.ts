import type { IndicatorSource } from '../backtest/market.js';
import type { IndicatorBar, IndicatorSpec, IndicatorStream } from '../indicators/indicator-spec.js';
import { Line, type Cursor } from '../strategies/line.js';
import { GrowingColumn } from './growing-column.js';

interface StreamedOutput {
  readonly name: string;
  column: GrowingColumn;
  readonly lines: Line[];
}

interface Streamed {
  readonly spec: IndicatorSpec;
  stream: IndicatorStream;
  readonly outputs: readonly StreamedOutput[];
}

/** Indicators that are computed bar by bar, as the bars come in. */
export class StreamedIndicators implements IndicatorSource {
  private readonly streamed = new Map<string, Streamed>();

  /** To be asked before the first bar: what an indicator was until then cannot be known later. */
  linesOf<O extends string>(spec: IndicatorSpec<O>, cursor: Cursor): Readonly<Record<O, Line>> {
    const known = this.streamed.get(spec.key);
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
    for (const { stream, outputs } of this.streamed.values()) {
      const values = stream.update(bar);
      for (const output of outputs) {
        const before = output.column.values;
        output.column.push(values[output.name] ?? NaN);
        if (output.column.values !== before) showColumn(output);
      }
    }
  }

  /** Forgets all bars, to be shown them again in another scale. Lines that were handed out stay in use. */
  beginAnew(): void {
    for (const each of this.streamed.values()) {
      each.stream = each.spec.stream();
      for (const output of each.outputs) {
        output.column = new GrowingColumn();
        showColumn(output);
      }
    }
  }

  private begin(spec: IndicatorSpec): Streamed {
    const outputs = spec.outputs.map((name) => ({ name, column: new GrowingColumn(), lines: [] }));
    const begun = { spec, stream: spec.stream(), outputs };
    this.streamed.set(spec.key, begun);
    return begun;
  }
}

function showColumn({ column, lines }: StreamedOutput): void {
  for (const line of lines) line.replaceValues(column.values);
}
