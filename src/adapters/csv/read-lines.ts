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
  let number = 1;
  let rest = '';
  let isTooLong = false;
  for await (const chunk of chunks) {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield { number, text: isTooLong ? null : endless(rest + part) };
      number += 1;
      rest = '';
      isTooLong = false;
    }
    isTooLong ||= rest.length + last.length > LINE_MAX_CHARACTERS;
    rest = isTooLong ? '' : rest + last;
  }
  if (isTooLong || rest !== '') yield { number, text: isTooLong ? null : endless(rest) };
}

function endless(line: string): string | null {
  if (line.length > LINE_MAX_CHARACTERS) return null;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
