import { expect, it } from 'vitest';
import type { SearchSpec } from '../../domain/search.js';
import { searchText, type OptimizeReport } from './search-text.js';

const report = (best: OptimizeReport['best']): OptimizeReport => ({
  spec: {
    strategy: 'sma-cross',
    symbols: ['GOOG'],
    ranges: { fast: {} },
    objective: 'sharpe',
    seed: 1,
  } as unknown as SearchSpec,
  source: 'GOOG.csv',
  dataHash: 'f'.repeat(64),
  engineVersion: '2',
  runCount: 3,
  unfitCount: 1,
  failedCount: 0,
  firstError: null,
  best,
  result: {
    statistics: { deflatedSharpe: 0.25 },
    stability: null,
    cautions: [],
  } as unknown as OptimizeReport['result'],
});

it('ranks the sets and says what the best is worth', () => {
  const set = {
    params: { fast: 10 },
    score: 1.5,
    sharpe: 1.5,
    totalReturnPct: 12,
    maxDrawdownPct: -3,
    roundTripCount: 7,
  };
  const text = searchText(report([set]));
  expect(text).toMatch(/fast  sharpe  return %  drawdown %  trips\n +10  1\.5000     12\.00       -3\.00      7\n/);
  expect(text).toMatch(/Deflated Sharpe of the best .*: 0\.2500/);
});

it('says why nothing is ranked, and what would help, where the objective is undefined for all sets', () => {
  const text = searchText(report([]));
  expect(text).toContain('No set is ranked: sharpe is undefined for all of them');
  expect(text).toContain('--objective');
  expect(text).not.toContain('Deflated');
});
