import { expect, it } from 'vitest';
import type { AccountState, MarketState } from '../../domain/account-state.js';
import type { Instrument } from '../../domain/instrument.js';
import type { TradingStore } from '../../ports/trading-store.js';
import type { Transaction } from '../../ports/unit-of-work.js';
import { AccountBooks } from './account-books.js';
import type { AssembledSlice } from './slice-assembler.js';
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

/** A slice of one bar that opens at this time. */
const barAt = (timestamp: number) =>
  ({ bars: [{ symbol: 'BTC-USD', timeframe: 'ONE_MINUTE', timestamp }] }) as unknown as AssembledSlice;

it('reads what a symbol has shown where it is not known, and where bars lie between the last one and this one', async () => {
  const bitcoin = { symbol: 'BTC-USD', calendar: 'crypto' } as Instrument;
  const stored: MarketState = {
    lastTicks: 7,
    pricedAt: 0,
    lastCloseTime: 180_000,
    timeframeMs: 60_000,
    volumes: [1, 2, 3],
  };
  let reads = 0;
  const store = {
    instruments: () => Promise.resolve(new Map([['BTC-USD', bitcoin]])),
    marketsBefore: () => {
      reads += 1;
      return Promise.resolve(new Map([['BTC-USD', stored]]));
    },
  } as unknown as TradingStore;
  const books = new AccountBooks(store, NATIVE_PROFILE);
  const before = { markets: new Map() } as unknown as AccountState;
  const first = await books.withMarkets({} as Transaction, before, new Map(), barAt(180_000));
  expect(first.state.markets.get('BTC-USD')).toBe(stored);
  await books.withMarkets({} as Transaction, first.state, first.instruments, barAt(180_000));
  expect(reads).toBe(1);
  await books.withMarkets({} as Transaction, first.state, first.instruments, barAt(240_000));
  expect(reads).toBe(2);
});
