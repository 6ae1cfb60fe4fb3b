/** A row of bars takes about a hundred characters. */
const LINE_MAX_CHARACTERS = 10_000;

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  /** Without its end; null when it was too long to be kept. */
  readonly text: string | null;
}

/** Lines of a text, whatever its size: a line without an end is given up at a bound instead of filling the memory. */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  const cutter = new LineCutter();
  for await (const chunk of chunks) yield* cutter.take(chunk);
  yield* cutter.finish();
}

/** Cuts a text that comes in pieces into lines, as many at once as are whole. */
export class LineCutter {
  private number = 1;
  private rest = '';
  private isTooLong = false;

  take(chunk: string): Line[] {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    const lines = parts.map((part) => this.next(this.rest === '' ? part : this.rest + part));
    this.isTooLong ||= this.rest.length + last.length > LINE_MAX_CHARACTERS;
    this.rest = this.isTooLong ? '' : this.rest + last;
    return lines;
  }

  /** The last line, where the text does not end with the end of one. */
  finish(): Line[] {
    return this.isTooLong || this.rest !== '' ? [this.next(this.rest)] : [];
  }

  private next(text: string): Line {
    const line = { number: this.number, text: this.isTooLong ? null : endless(text) };
    this.number += 1;
    this.rest = '';
    this.isTooLong = false;
    return line;
  }
}

function endless(line: string): string | null {
  if (line.length > LINE_MAX_CHARACTERS) return null;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
