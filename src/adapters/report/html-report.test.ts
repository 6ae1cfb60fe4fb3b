import { describe, expect, it } from 'vitest';
import type { BacktestResult } from '../../ports/backtest-runner.js';
import type { BacktestReport } from './backtest-report.js';
import { equityCsv, reportJson, tradesCsv } from './exports.js';
import { htmlReport } from './html-report.js';
import { textReport } from './text-report.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 30);
const times = Float64Array.from({ length: 5 }, (_, index) => START + index * DAY_MS);
const equity = Float64Array.of(1000, 1100, 990, 1210, 1200);
const one = (value: number) => Float64Array.of(value);

const RESULT: BacktestResult = {
  dataHash: 'ab'.repeat(32),
  barCount: 5,
  symbols: ['BTC-USD'],
  dataFrom: START,
  dataTo: START + 4 * DAY_MS,
  engineVersion: '1',
  actionsHash: null,
  statistics: { totalReturnPct: 20, sharpe: null, maxDrawdownPct: -10, roundTripCount: 1, winRatePct: 100 },
  foreignStatistics: null,
  monthlyReturns: [{ year: 2024, monthsPct: [10, 9.09, ...Array.from({ length: 10 }, () => null)], yearPct: 20 }],
  cautions: [{ code: 'FEW_TRADES', severity: 'WARNING', message: '1 round trip is <few>', values: {} }],
  times,
  equity,
  sample: { times, equity, drawdowns: Float64Array.of(0, 0, -0.1, 0, -0.00826) },
  roundTrips: {
    length: 1,
    symbolIndex: one(0),
    units: one(2.5),
    entryIndex: one(1),
    exitIndex: one(3),
    entryPrice: one(100),
    exitPrice: one(120),
    stopLoss: one(NaN),
    takeProfit: one(130),
    pnl: one(49),
    commission: one(1),
    returnFraction: one(0.196),
    maxAdverse: one(-0.02),
    maxFavorable: one(0.25),
    exitReason: ['SIGNAL'],
  },
};

const report = (overrides: Partial<BacktestReport> = {}): BacktestReport => ({
  spec: {
    strategy: 'mine',
    reference: { kind: 'FILE', path: '/home/me/</script><b>.ts' },
    params: { note: '</script><script>alert(1)</script>' },
    symbols: ['BTC-USD'],
    timeframe: 'ONE_DAY',
    from: null,
    to: null,
    profile: 'native',
    options: {
      initialCapital: 1000,
      commission: null,
      spread: null,
      slippage: null,
      margin: null,
      tradeOnClose: null,
      exclusiveOrders: null,
      finalizeTrades: null,
      lotSize: null,
      volumeShare: null,
      maxPositionPct: null,
      defaultSizePct: null,
    },
    seed: 7,
    deadlineSeconds: 60,
  },
  result: RESULT,
  benchmark: Float64Array.of(1000, 1010, 1020, 1030, 1040),
  source: 'a & b.csv',
  ...overrides,
});

describe('the HTML report', () => {
  const page = htmlReport(report());

  it('is one file that loads nothing, and the same each time', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page.includes('content="default-src &#39;none&#39;')).toBe(true);
    expect(/<(script|link|img|iframe)[^>]*\s(src|href)=/.test(page)).toBe(false);
    expect(htmlReport(report())).toBe(page);
  });

  it('lets no text of a strategy become a part of the page', () => {
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(page).toContain('1 round trip is &lt;few&gt;');
    expect(page).toContain('a &amp; b.csv');
  });

  it('holds the curves as data', () => {
    const data = /<script id="data" type="application\/json">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({
      times: [...times].map((time) => time / 1000),
      equity: [1000, 1100, 990, 1210, 1200],
      drawdowns: [0, 0, -10, 0, -0.826],
      benchmark: [1000, 1010, 1020, 1030, 1040],
      isIntraday: false,
    });
  });

  it('names hash, version, seed and cautions, and shows what is undefined as a dash', () => {
    for (const text of [RESULT.dataHash, 'Seed', 'WARNING', 'profile native', '2024-01-30 to 2024-02-03'])
      expect(page).toContain(text);
    expect(page).toMatch(/Sharpe, native<\/span\s*><strong class="">–</);
  });

  it('can be made of a run without round trips, months and a benchmark', () => {
    const empty = { ...RESULT, monthlyReturns: [], roundTrips: { ...RESULT.roundTrips, length: 0 } };
    expect(htmlReport(report({ result: empty, benchmark: null }))).toContain('There were none.');
  });
});

describe('the exports', () => {
  it('are JSON with everything that a second run needs', () => {
    const json = JSON.parse(JSON.stringify(reportJson(report()))) as Record<string, unknown>;
    expect(json).toMatchObject({
      profile: 'native',
      provenance: { dataHash: RESULT.dataHash, engineVersion: '1', seed: 7, dataFrom: '2024-01-30T00:00:00.000Z' },
      statistics: { sharpe: null, totalReturnPct: 20 },
      trades: [{ units: 2.5, stopLoss: null, takeProfit: 130, returnPct: 19.6, bars: 2, exitReason: 'SIGNAL' }],
    });
    expect(json).not.toHaveProperty('stats');
  });

  it('have the other program’s columns under its profile', () => {
    const foreign = report({ result: { ...RESULT, foreignStatistics: { '# Trades': 1 } } });
    const json = reportJson(foreign);
    expect(json['stats']).toEqual({ '# Trades': 1 });
    expect([...tradesCsv(foreign)].join('')).toBe(
      'Size,EntryBar,ExitBar,EntryPrice,ExitPrice,SL,TP,PnL,Commission,ReturnPct,EntryTime,ExitTime\n' +
        '2.5,1,3,100,120,,130,49,1,0.196,2024-01-31,2024-02-02\n',
    );
  });

  it('are CSV of the equity with its drawdown and the benchmark', () => {
    const [header, first, , third] = [...equityCsv(report())];
    expect(header).toBe('Time,Equity,DrawdownPct,Benchmark\n');
    expect(first).toBe('2024-01-30T00:00:00.000Z,1000,0,1000\n');
    expect(third).toMatch(/^2024-02-01T00:00:00.000Z,990,-9\.99\d+,1020\n$|,-10\.0*\d*,1020\n$|,-10,1020\n$/);
  });
});

describe('the table in the terminal', () => {
  it('is plain text without colours', () => {
    const text = textReport(report(), { color: false });
    expect(text).not.toContain('\u001b');
    expect(text).toContain('Total return');
    expect(text).toContain('! WARNING: 1 round trip is <few>');
    expect(textReport(report(), { color: true })).toContain('\u001b[32m');
  });
});
