import { faultOfAction, type CorporateAction } from '../../domain/corporate-action.js';
import type { ChartAnswer } from './chart-answer.js';

const DAY_MS = 86_400_000;
const exDate = (seconds: number): number => Math.floor((seconds * 1000) / DAY_MS) * DAY_MS;

/**
 * The splits and dividends of an answer, by ex-date. Yahoo stamps them with the open of the session that trades without;
 * its amounts are, as its prices, of shares of today. One whose amount is none is left out.
 */
export function chartActions({ events }: ChartAnswer, symbol: string): readonly CorporateAction[] {
  const splits = Object.values(events?.splits ?? {}).map(({ date, numerator, denominator }): CorporateAction => {
    return { symbol, exDate: exDate(date), kind: 'SPLIT', value: numerator / denominator, basis: 'SPLIT' };
  });
  const dividends = Object.values(events?.dividends ?? {}).map(({ date, amount }): CorporateAction => {
    return { symbol, exDate: exDate(date), kind: 'DIVIDEND', value: amount, basis: 'SPLIT' };
  });
  return [...splits, ...dividends]
    .filter(({ kind, value, exDate: day }) => faultOfAction(kind, value) === null && Number.isFinite(day))
    .toSorted((a, b) => a.exDate - b.exDate);
}
