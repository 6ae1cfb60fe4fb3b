/** One empty column of `length` for each output, to be filled bar by bar. */
export function emptyColumns<O extends string>(outputs: readonly O[], length: number): Record<O, Float64Array> {
  return Object.fromEntries(outputs.map((output) => [output, new Float64Array(length)])) as Record<O, Float64Array>;
}

/** One NaN for each output: what a stream writes its values into. */
export function emptyValues<O extends string>(outputs: readonly O[]): Record<O, number> {
  return Object.fromEntries(outputs.map((output) => [output, NaN])) as Record<O, number>;
}
