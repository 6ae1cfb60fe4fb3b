import type { Bar } from '../domain/bar.js';

/** A row of a file: a bar that is still to be checked, or why there is none. Lines count from 1, the header's included. */
export type BarFileRow =
  { readonly line: number; readonly bar: Bar } | { readonly line: number; readonly problem: string };

/** The file as a whole cannot be read as bars: no header, or columns that are missing. */
export class BarFileError extends Error {
  override readonly name = 'BarFileError';
}
