const INITIAL_ROWS = 4_096;
/** Time, open, high, low, close, volume. */
const COLUMN_COUNT = 6;

/** Rows of a file as columns that grow, with the line that each one came from. */
export class RowColumns {
  length = 0;
  /** True while every time was a plain date. */
  areDates = true;
  private columns = Array.from({ length: COLUMN_COUNT }, () => new Float64Array(INITIAL_ROWS));
  private lines = new Uint32Array(INITIAL_ROWS);

  /** Begins a row; its values follow by `set`. */
  begin(line: number, time: number, isDate: boolean): void {
    if (this.length === this.lines.length) this.grow();
    this.lines[this.length] = line;
    this.length += 1;
    this.areDates &&= isDate;
    this.put(0, time);
  }

  /** @param valueIndex 0 for open, then high, low, close, volume */
  set(valueIndex: number, value: number): void {
    this.put(valueIndex + 1, value);
  }

  timeAt(row: number): number {
    return this.columns[0]?.[row] ?? NaN;
  }

  lineAt(row: number): number {
    return this.lines[row] ?? 0;
  }

  /** The rows oldest first; of equal times, the one that came first. */
  orderByTime(): Uint32Array {
    const order = Uint32Array.from({ length: this.length }, (_, row) => row);
    const isOrdered = order.every((row) => row === 0 || this.timeAt(row) >= this.timeAt(row - 1));
    return isOrdered ? order : order.sort((a, b) => this.timeAt(a) - this.timeAt(b) || a - b);
  }

  writeTo(targets: readonly Float64Array[], order: Uint32Array): void {
    for (const [index, target] of targets.entries()) {
      const column = this.columns[index] as Float64Array;
      for (let place = 0; place < order.length; place += 1) target[place] = column[order[place] as number] as number;
    }
  }

  private put(column: number, value: number): void {
    (this.columns[column] as Float64Array)[this.length - 1] = value;
  }

  private grow(): void {
    const capacity = this.lines.length * 2;
    this.columns = this.columns.map((column) => {
      const larger = new Float64Array(capacity);
      larger.set(column);
      return larger;
    });
    const lines = new Uint32Array(capacity);
    lines.set(this.lines);
    this.lines = lines;
  }
}
