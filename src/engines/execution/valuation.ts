import type { Position } from '../../domain/books.js';

export const DAY_MS = 86_400_000;

/** UTC midnight at which the day of a slice began. */
export const dayStartOf = (time: number): number => Math.floor((time - 1) / DAY_MS) * DAY_MS;

export const equityCents = (cashCents: number, positions: Iterable<Position>): number => {
  let equity = cashCents;
  for (const position of positions) equity += position.marketValueCents;
  return equity;
};
