import type { Caution } from './caution.js';

/** How a run compares with holding what it trades. Null where undefined. */
export interface BenchmarkFacts {
  /** Of the run and of buy-and-hold over the same instants, percent. */
  readonly totalReturnPct: number;
  readonly benchmarkReturnPct: number | null;
  /** Of the run's returns on the benchmark's. */
  readonly beta: number | null;
}

/** Share of the growth that the market may account for. */
const MAX_EXPLAINED_SHARE = 0.8;

const logGrowth = (percent: number): number => Math.log1p(percent / 100);

/** A return that is the market's own, or less than it. */
export function benchmarkCautions(facts: BenchmarkFacts): Caution[] {
  return [...exposureExplains(facts), ...behindBenchmark(facts)];
}

/** What the run would have grown by with its mean exposure and no timing: beta times the benchmark's log growth. */
function exposureExplains({ totalReturnPct, benchmarkReturnPct, beta }: BenchmarkFacts): Caution[] {
  const growth = logGrowth(totalReturnPct);
  if (benchmarkReturnPct === null || beta === null || !(growth > 0)) return [];
  // More than all of it is all of it: the timing has cost something.
  const explained = Math.min(1, (beta * logGrowth(benchmarkReturnPct)) / growth);
  if (explained <= MAX_EXPLAINED_SHARE) return [];
  const message =
    `Being exposed to the market (beta ${beta.toFixed(2)}, buy-and-hold ${benchmarkReturnPct.toFixed(1)} %) accounts for ` +
    `${(100 * explained).toFixed(0)} % of the growth, more than ${100 * MAX_EXPLAINED_SHARE} %: little is left to the timing.`;
  const values = { explainedShare: explained, beta, benchmarkReturnPct, totalReturnPct, limit: MAX_EXPLAINED_SHARE };
  return [{ code: 'EXPOSURE_EXPLAINS', severity: 'WARNING', message, values }];
}

function behindBenchmark({ totalReturnPct, benchmarkReturnPct }: BenchmarkFacts): Caution[] {
  if (benchmarkReturnPct === null || totalReturnPct >= benchmarkReturnPct) return [];
  const message = `The return of ${totalReturnPct.toFixed(1)} % is below buy-and-hold's ${benchmarkReturnPct.toFixed(1)} %.`;
  const values = { totalReturnPct, benchmarkReturnPct, limit: benchmarkReturnPct };
  return [{ code: 'BEHIND_BENCHMARK', severity: 'INFO', message, values }];
}
