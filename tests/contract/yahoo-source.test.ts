import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { YahooSource } from '../../src/adapters/yahoo/yahoo-source.js';
import { checkBar } from '../../src/domain/bar.js';
import { readExchanges, replayExchanges } from '../support/recorded-exchanges.js';
import { describeMarketDataSource } from './market-data-source.js';

const MINUTE_MS = 60_000;
const at = (text: string) => Date.parse(text);
const clockAt = (time: number) => ({ isReplay: false, now: () => time });

const exchanges = readExchanges('yahoo/chart', 'yahoo/errors')?.filter(({ request }) =>
  request.url.includes('/chart/'),
);
const paramsOf = (url: URL) => ['interval', 'period1', 'period2'].map((name) => url.searchParams.get(name)).join(' ');
/** The same symbol, interval and range. */
const exactly = (asked: URL, recorded: URL) =>
  asked.pathname === recorded.pathname && paramsOf(asked) === paramsOf(recorded);
/** The same symbol and interval, whatever the range: the source filters rows anyway. SI is unknown at any interval. */
const roughly = (asked: URL, recorded: URL) =>
  asked.pathname === recorded.pathname &&
  (asked.searchParams.get('interval') === recorded.searchParams.get('interval') || asked.pathname.endsWith('/SI'));
const recorded = (now: string, find = exactly) =>
  new YahooSource({ clock: clockAt(at(now)), fetch: replayExchanges(exchanges ?? [], find) });
/** A made-up answer: prices without times. */
const hasPricesWithoutTimes = (body: unknown) =>
  JSON.stringify(body)?.includes('"close":[') === true && !JSON.stringify(body).includes('"timestamp":[');

describe.skipIf(exchanges === undefined)('recorded answers of Yahoo', () => {
  describeMarketDataSource('Yahoo', () => ({
    source: recorded('2024-10-03T20:00:01Z', roughly),
    now: at('2024-10-03T20:00:01Z'),
    symbol: 'AAPL',
    timeframe: 'ONE_MINUTE',
    from: at('2024-10-02T00:00:00Z'),
    to: at('2024-10-03T00:00:00Z'),
    unknownSymbol: 'SI',
  }));

  it('gives the 390 minutes of a session and leaves out the row of the latest quote', async () => {
    const source = recorded('2024-10-03T20:00:01Z');
    const [from, to] = [at('2024-10-02T00:00:00Z'), at('2024-10-03T00:00:00Z')];
    const { bars, malformed } = await source.fetch({ symbol: 'AAPL', timeframe: 'ONE_MINUTE', from, to });
    expect(bars.length + malformed.length).toBe(390);
    expect(bars[0]).toMatchObject({
      timestamp: at('2024-10-02T13:30:00Z'),
      low: 225.4199981689453,
      adjustment: 'SPLIT',
    });
    expect(bars.at(-1)?.closeTime).toBe(at('2024-10-02T20:00:00Z'));
  });

  it('gives days: a session of a share, 24 hours of crypto, and no day that has not closed', async () => {
    const request = { timeframe: 'ONE_DAY', from: at('2020-01-01'), to: at('2020-01-03') } as const;
    const later = recorded('2025-02-20T12:00:00Z');
    const apple = await later.fetch({ symbol: 'AAPL', ...request });
    expect(apple.bars).toMatchObject([
      { timestamp: at('2020-01-02T14:30:00Z'), closeTime: at('2020-01-02T21:00:00Z') },
    ]);
    const bitcoin = await later.fetch({ symbol: 'BTC-USD', ...request });
    expect(bitcoin.bars.map(({ timestamp }) => timestamp)).toEqual([at('2020-01-01'), at('2020-01-02')]);
    expect(bitcoin.bars[1]).toMatchObject({ closeTime: at('2020-01-03'), open: 7202.55126953125, volume: 20802083465 });
  });

  it('gives the splits and dividends of the range along with the days, in shares of today', async () => {
    const source = recorded('2025-02-20T12:00:00Z', roughly);
    const inAutumn = exchanges?.filter(
      ({ request }) => request.url.includes('AAPL') && request.url.includes('1598832000'),
    );
    const fetch = replayExchanges(inAutumn ?? [], roughly);
    const autumn = new YahooSource({ clock: clockAt(at('2025-02-20T12:00:00Z')), fetch });
    const range = { timeframe: 'ONE_DAY', from: at('2020-08-31'), to: at('2020-11-07') } as const;
    expect((await autumn.fetch({ symbol: 'AAPL', ...range })).actions).toEqual([
      { symbol: 'AAPL', exDate: at('2020-08-31'), kind: 'SPLIT', value: 4, basis: 'SPLIT' },
      { symbol: 'AAPL', exDate: at('2020-11-06'), kind: 'DIVIDEND', value: 0.205, basis: 'SPLIT' },
    ]);
    const bitcoin = await source.fetch({ ...range, symbol: 'BTC-USD' });
    expect(bitcoin.actions).toBeUndefined();
  });

  it('gives valid bars of every recorded daily answer', async () => {
    const now = at('2025-03-24T13:00:00Z');
    let total = 0;
    for (const { request, response } of exchanges ?? []) {
      const url = new URL(request.url);
      if (response.status !== 200 || url.searchParams.get('interval') !== '1d') continue;
      const symbol = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
      const source = new YahooSource({ clock: clockAt(now), fetch: replayExchanges([{ request, response }], roughly) });
      const answered = source.fetch({ symbol, timeframe: 'ONE_DAY', from: 0, to: now });
      if (hasPricesWithoutTimes(response.bodyJson)) {
        await expect(answered).rejects.toMatchObject({ code: 'MALFORMED_ANSWER' });
        continue;
      }
      const { bars } = await answered;
      for (const bar of bars) expect(checkBar(bar, now)).toMatchObject({ ok: true });
      total += bars.length;
    }
    expect(total).toBeGreaterThan(250);
  });

  it('says what a symbol is', async () => {
    const source = recorded('2025-03-24T13:00:00Z', roughly);
    expect(await source.instrument('AAPL')).toEqual({
      ok: true,
      value: {
        symbol: 'AAPL',
        name: 'Apple Inc.',
        assetClass: 'EQUITY',
        currency: 'USD',
        tickSize: '0.0001',
        lotSize: '1',
        calendar: 'us-equity',
        dataSource: 'yahoo',
      },
    });
    expect(await source.instrument('BTC-USD')).toMatchObject({
      value: { name: 'Bitcoin USD', assetClass: 'CRYPTO', tickSize: '0.01', lotSize: '0.00000001', calendar: 'crypto' },
    });
    expect(await source.instrument('ORSTED.CO')).toMatchObject({ value: { currency: 'DKK', calendar: 'crypto' } });
  });

  it('takes "no data for this range" as no bars and "no such symbol" as an error', async () => {
    const source = recorded('2024-09-16T12:14:24Z', roughly);
    const request = { timeframe: 'ONE_DAY', from: at('2020-01-01'), to: at('2020-01-03') } as const;
    expect(await source.fetch({ symbol: 'BEKE', ...request })).toEqual({ bars: [], malformed: [], ended: false });
    await expect(source.fetch({ symbol: 'SI', ...request })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
      message: 'Yahoo: No data found, symbol may be delisted',
      retriable: false,
    });
  });
});

const OPEN = at('2024-10-02T13:30:00Z');
const chart = (result: unknown) => JSON.stringify({ chart: { result: [result], error: null } });
const column = (...values: (number | null)[]) => values;
const timestamps = (...offsets: number[]) => offsets.map((offset) => OPEN / 1000 + offset * 60);

describe('what Yahoo may answer otherwise', () => {
  const NOW = at('2024-10-02T14:00:30Z');
  const request = { symbol: 'AAPL', timeframe: 'ONE_MINUTE', from: OPEN, to: NOW } as const;
  const asked: URL[] = [];
  let answer: { status: number; headers?: Record<string, string>; body: string; cut?: boolean };
  let server: Server;
  let source: YahooSource;

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      asked.push(new URL(incoming.url ?? '', 'http://localhost'));
      response.writeHead(answer.status, answer.headers);
      if (answer.cut !== true) return response.end(answer.body);
      response.write(answer.body.slice(0, 50), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const toServer = (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, init);
    };
    source = new YahooSource({ clock: clockAt(NOW), fetch: toServer });
  });
  afterAll(() => server?.close());

  const meta = {
    symbol: 'AAPL',
    currency: 'USD',
    instrumentType: 'EQUITY',
    exchangeTimezoneName: 'America/New_York',
    tradingPeriods: [[{ start: OPEN / 1000, end: OPEN / 1000 + 23_400 }]],
  };
  const bars = (quote: Record<string, unknown>, ...offsets: number[]) => ({
    status: 200,
    body: chart({ meta, timestamp: timestamps(...offsets), indicators: { quote: [quote] } }),
  });

  it('drops the row that still forms and counts rows without a price', async () => {
    const prices = column(100, null, 102, 103, 104);
    answer = bars(
      { open: prices, high: prices, low: prices, close: prices, volume: column(1, null, 3, 4, 5) },
      0,
      1,
      2,
      30,
      30.5,
    );
    const fetched = await source.fetch(request);
    expect(fetched.bars.map(({ timestamp, close }) => [(timestamp - OPEN) / MINUTE_MS, close])).toEqual([
      [0, 100],
      [2, 102],
    ]);
    expect(fetched.malformed).toEqual([
      { detail: 'AAPL ONE_MINUTE 2024-10-02T13:31:00.000Z: a price or the volume is missing' },
    ]);
  });

  it('takes half a column as rows without a price', async () => {
    const prices = column(100, 101);
    answer = bars({ open: prices, high: prices, low: prices, close: column(100), volume: prices }, 0, 1);
    expect(await source.fetch(request)).toMatchObject({ bars: [{ timestamp: OPEN }], malformed: [{}] });
    answer = bars({}, 0, 1);
    expect(await source.fetch(request)).toMatchObject({ bars: [], malformed: [{}, {}] });
  });

  it('takes 429 in plain text as a limit, with the time that it asks to wait', async () => {
    answer = { status: 429, body: 'Too Many Requests\r\n', headers: { 'retry-after': '7' } };
    await expect(source.fetch(request)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retriable: true,
      retryAfterMs: 7000,
    });
    await expect(source.instrument('AAPL')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('takes a page of HTML, half of an answer or another shape as malformed', async () => {
    const shapes = [
      '<!doctype html><title>Consent</title>',
      '{"chart":{"result":[{"me',
      '{}',
      '[]',
      'null',
      chart(null),
      chart({ meta }),
    ];
    for (const body of shapes) {
      answer = { status: 200, body };
      await expect(source.fetch(request)).rejects.toMatchObject({ code: 'MALFORMED_ANSWER', retriable: true });
    }
  });

  it('takes a fault of the server, and a connection that breaks, as unavailable or malformed, to be tried again', async () => {
    answer = { status: 503, body: '<html>Service Unavailable</html>' };
    await expect(source.fetch(request)).rejects.toMatchObject({ code: 'UNAVAILABLE', retriable: true });
    answer = { ...bars({}, 0), cut: true, headers: { 'content-length': '500' } };
    await expect(source.fetch(request)).rejects.toMatchObject({ retriable: true });
    const dead = new YahooSource({ clock: clockAt(NOW), fetch: () => Promise.reject(new TypeError('fetch failed')) });
    await expect(dead.fetch(request)).rejects.toMatchObject({ code: 'UNAVAILABLE', retriable: true });
  });

  it('takes 404 without a reason as an unknown symbol and refuses prices in pence', async () => {
    answer = { status: 404, body: 'not found' };
    await expect(source.fetch(request)).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL', retriable: false });
    answer = { status: 200, body: chart({ meta: { ...meta, currency: 'GBp' }, indicators: { quote: [{}] } }) };
    expect(await source.instrument('VOD.L')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_SYMBOL' } });
  });

  it('asks for no more than Yahoo keeps, in pieces that it gives, and escapes the symbol', async () => {
    answer = { status: 200, body: chart({ meta, indicators: { quote: [{}] } }) };
    asked.length = 0;
    expect(await source.fetch({ ...request, symbol: '^GS/PC', from: 0 })).toEqual({
      bars: [],
      malformed: [],
      ended: false,
    });
    expect(
      asked.map(({ searchParams }) => Number(searchParams.get('period2')) - Number(searchParams.get('period1'))),
    ).toEqual([7, 7, 7, 7, 1].map((days) => days * 86_400));
    expect(asked[0]?.pathname).toBe('/v8/finance/chart/%5EGS%2FPC');
    asked.length = 0;
    await source.fetch({ ...request, from: NOW, to: NOW });
    expect(asked).toEqual([]);
  });

  it('does not collect hours, and stops when it is aborted', async () => {
    await expect(source.fetch({ ...request, timeframe: 'ONE_HOUR' })).rejects.toMatchObject({
      code: 'UNSUPPORTED_TIMEFRAME',
    });
    const controller = new AbortController();
    const hanging = new YahooSource({
      clock: clockAt(NOW),
      fetch: (_, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
    });
    const waiting = hanging.fetch(request, controller.signal);
    controller.abort(new Error('the program is stopping'));
    await expect(waiting).rejects.toThrow('the program is stopping');
  });
});
