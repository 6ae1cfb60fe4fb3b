import { expect, it } from 'vitest';
import { chartBars } from './chart-bars.js';

const at = (text: string) => Date.parse(text);

it('a day closes with its own session, whatever the length of the present one', () => {
  const opens = ['2024-07-02T13:30:00Z', '2024-07-03T13:30:00Z', '2024-07-05T13:30:00Z'];
  const prices = opens.map(() => 100);
  const today = { start: at('2024-07-05T13:30:00Z') / 1000, end: at('2024-07-05T20:00:00Z') / 1000 };
  const answer = {
    meta: {
      instrumentType: 'EQUITY',
      exchangeTimezoneName: 'America/New_York',
      currentTradingPeriod: { regular: { ...today } },
    },
    timestamp: opens.map((open) => at(open) / 1000),
    indicators: { quote: [{ open: prices, high: prices, low: prices, close: prices, volume: prices }] },
  } as unknown as Parameters<typeof chartBars>[0];
  const request = {
    symbol: 'AAPL',
    timeframe: 'ONE_DAY',
    from: 0,
    to: at('2024-07-06'),
    now: at('2024-07-05T19:59:00Z'),
  } as const;
  const { bars } = chartBars(answer, request);
  expect(bars.map(({ closeTime }) => new Date(closeTime).toISOString())).toEqual([
    '2024-07-02T20:00:00.000Z',
    '2024-07-03T17:00:00.000Z',
  ]);
});
