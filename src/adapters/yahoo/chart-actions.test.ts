import { expect, it } from 'vitest';
import { chartActions } from './chart-actions.js';
import { chartAnswer } from './chart-answer.js';

const META = { symbol: 'AAPL', instrumentType: 'EQUITY', exchangeTimezoneName: 'America/New_York' };
const answer = (events: unknown) => chartAnswer.parse({ meta: META, timestamp: [], events, indicators: { quote: [] } });

it('splits and dividends of an answer are those of their session, in shares of today', () => {
  const events = {
    dividends: { '1604673000': { amount: 0.205, date: 1604673000 } },
    splits: { '1598880600': { date: new Date(1598880600_000), numerator: 4, denominator: 1, splitRatio: '4:1' } },
  };
  expect(chartActions(answer(events), 'AAPL')).toEqual([
    { symbol: 'AAPL', exDate: Date.parse('2020-08-31'), kind: 'SPLIT', value: 4, basis: 'SPLIT' },
    { symbol: 'AAPL', exDate: Date.parse('2020-11-06'), kind: 'DIVIDEND', value: 0.205, basis: 'SPLIT' },
  ]);
});

it('what cannot be read of them is left out, and the bars with it are not', () => {
  const zero = { date: 1598880600, numerator: 0, denominator: 1 };
  expect(
    chartActions(answer({ splits: { a: zero }, dividends: { b: { amount: -1, date: 1604673000 } } }), 'X'),
  ).toEqual([]);
  for (const events of [undefined, null, 'none', [], { dividends: [] }, { dividends: { a: { amount: 'much' } } }]) {
    expect(chartActions(answer(events), 'X')).toEqual([]);
  }
});
