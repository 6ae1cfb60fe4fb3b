import { createHash } from 'node:crypto';
import type { Adjustment } from './bar.js';

export const CORPORATE_ACTION_KINDS = ['SPLIT', 'DIVIDEND'] as const;
export type CorporateActionKind = (typeof CORPORATE_ACTION_KINDS)[number];

/** What an issuer did to its shares, as of the first day on which they trade without it. */
export interface CorporateAction {
  readonly symbol: string;
  /** Ex-date: midnight UTC, epoch milliseconds. The first bar that opens at or after it trades without. */
  readonly exDate: number;
  readonly kind: CorporateActionKind;
  /** SPLIT: new shares for one old (2 for 2:1, 0.1 for 1:10). DIVIDEND: cash a share, in the quote currency. */
  readonly value: number;
  /** Of a dividend, a share of when: RAW is one of the ex-date (after a split of the same day), SPLIT one of today. */
  readonly basis: Adjustment;
}

/** The actions of one symbol, and what the prices that they are applied to are. */
export interface SeriesActions {
  readonly symbol: string;
  readonly adjustment: Adjustment;
  /** In the order of their ex-dates. */
  readonly actions: readonly CorporateAction[];
}

/** A ratio beyond it is a mistake: reverse splits of funds reach 1:1000. */
export const SPLIT_RATIO_MAX = 100_000;

/** What is wrong with the value of an action; null when nothing is. */
export function faultOfAction(kind: CorporateActionKind, value: number): string | null {
  if (!(value > 0 && value < Infinity)) return `${value} is not a number above 0`;
  if (kind === 'SPLIT' && (value > SPLIT_RATIO_MAX || value < 1 / SPLIT_RATIO_MAX)) {
    return `${value} is no ratio of a split: it lies between 1/${SPLIT_RATIO_MAX} and ${SPLIT_RATIO_MAX}`;
  }
  return null;
}

/** By ex-date; on one day, splits before dividends, which are then paid on the new shares. */
export const byExDate = (a: CorporateAction, b: CorporateAction): number =>
  a.exDate - b.exDate || (a.kind === b.kind ? 0 : a.kind === 'SPLIT' ? -1 : 1);

/** sha256, hexadecimal, of the actions of a run and of the basis of its prices; null where there are none. */
export function actionsHash(series: readonly SeriesActions[]): string | null {
  if (series.every(({ actions }) => actions.length === 0)) return null;
  const hash = createHash('sha256');
  for (const { symbol, adjustment, actions } of series) {
    hash.update(`${symbol} ${adjustment}\n`);
    for (const { exDate, kind, value, basis } of actions) hash.update(`${exDate} ${kind} ${value} ${basis}\n`);
  }
  return hash.digest('hex');
}
