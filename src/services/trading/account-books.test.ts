import { expect, it } from 'vitest';
import type { Instrument } from '../../domain/instrument.js';
import type { TradingStore } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { AccountBooks } from './account-books.js';
import { NATIVE_PROFILE } from './trading-profile.js';

it('a slice waits for a US equity up to the close of its session, and never on a holiday', async () => {
  const apple = { symbol: 'AAPL', calendar: 'us-equity' } as Instrument;
  const store = { instruments: () => Promise.resolve(new Map([['AAPL', apple]])) } as unknown as TradingStore;
  const books = new AccountBooks(store, NATIVE_PROFILE);
  await books.know({} as Transaction, ['AAPL']);
  const isOpen = (time: string) => books.marketIsOpen('AAPL', Date.parse(time));
  expect([isOpen('2024-07-03T17:00:00Z'), isOpen('2024-07-03T17:01:00Z')]).toEqual([true, false]);
  expect([isOpen('2024-07-02T20:00:00Z'), isOpen('2024-07-04T15:00:00Z')]).toEqual([true, false]);
  expect(books.marketIsOpen('BTC-USD', Date.parse('2024-07-04T15:00:00Z'))).toBe(true);
});
