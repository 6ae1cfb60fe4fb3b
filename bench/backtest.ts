import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { simulateUnits } from '../src/engines/backtest/simulate-units.js';
import { indexBacktestingPy } from '../src/engines/metrics/backtesting-py/run-index.js';
import { backtestingPyStatistics } from '../src/engines/metrics/backtesting-py/statistics.js';
import { smaCross } from '../src/engines/strategies/built-in/sma-cross.js';
import { benchSearch } from './backtest-search.js';
import { BENCH_OPTIONS, smaCrossValues } from './backtest-settings.js';
import { plainSmaCross } from './plain-sma-cross.js';
import { syntheticSeries } from './synthetic-series.js';

const BARS = 1_000_000;
/** The sides alternate, so that a slow moment of the machine hits all of them; the first rounds are compiled on the way. */
const ROUNDS = 12;
const BRACKET = { stopLossPct: 1, takeProfitPct: 2 };

/**
 * Backtests of sma-cross under the `backtesting.py` profile, on one thread: millions of bars a second with the
 * indicators computed anew in each run, beside a plain loop over the same arrays that has no strategy, broker or orders.
 * Wanted: 30 million, 20 million with brackets, the statistics in 30 ms, 5 million bars within 600 MB.
 */
export async function benchBacktest(): Promise<unknown> {
  const series = syntheticSeries(BARS, 'ONE_MINUTE', 0.1);
  const bars = { series: [series], tradeFrom: null };
  const simulation = (parameters: Readonly<Record<string, unknown>>) => {
    const values = smaCrossValues(parameters);
    return () => void simulateUnits(bars, smaCross, values, BENCH_OPTIONS);
  };
  const result = simulateUnits(bars, smaCross, smaCrossValues({ fast: 10, slow: 20 }), BENCH_OPTIONS);
  const index = indexBacktestingPy(result.times, series.closes);
  const spent = alternate({
    plain1020: () => void plainSmaCross(series, 10, 20, 0.0001),
    smaCross1020: simulation({ fast: 10, slow: 20 }),
    smaCross1020Bracket: simulation({ fast: 10, slow: 20, ...BRACKET }),
    plain50200: () => void plainSmaCross(series, 50, 200, 0.0001),
    smaCross50200: simulation({ fast: 50, slow: 200 }),
    smaCross50200Bracket: simulation({ fast: 50, slow: 200, ...BRACKET }),
    statistics: () => void backtestingPyStatistics(result, index),
  });
  const { statistics, ...loops } = spent;
  return {
    bars: BARS,
    roundTrips: result.roundTrips.length,
    millionBarsPerSecond: mapped(loops, ({ seconds }) => rates(seconds)),
    millionBarsPerCpuSecond: mapped(loops, ({ cpuSeconds }) => rates(cpuSeconds)),
    timesTheCpuOfPlain: {
      smaCross1020: ratio(spent.smaCross1020, spent.plain1020),
      smaCross1020Bracket: ratio(spent.smaCross1020Bracket, spent.plain1020),
      smaCross50200: ratio(spent.smaCross50200, spent.plain50200),
      smaCross50200Bracket: ratio(spent.smaCross50200Bracket, spent.plain50200),
    },
    statisticsMs: Math.min(...statistics.seconds) * 1000,
    search: await benchSearch(),
    memory: [await inOwnProcess(BARS), await inOwnProcess(5 * BARS)],
  };
}

/** Of each round: by the clock, and on this thread, which on a busy machine is the steadier figure. */
interface Spent {
  readonly seconds: number[];
  readonly cpuSeconds: number[];
}

function alternate<Name extends string>(runs: Readonly<Record<Name, () => void>>): Readonly<Record<Name, Spent>> {
  const spent = mapped(runs, (): Spent => ({ seconds: [], cpuSeconds: [] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of Object.keys(runs) as Name[]) {
      const start = performance.now();
      const cpuStart = process.threadCpuUsage();
      runs[name]();
      const { user, system } = process.threadCpuUsage(cpuStart);
      spent[name].seconds.push((performance.now() - start) / 1000);
      spent[name].cpuSeconds.push((user + system) / 1e6);
    }
  }
  return spent;
}

const mapped = <Name extends string, A, B>(record: Readonly<Record<Name, A>>, change: (value: A) => B) =>
  Object.fromEntries(Object.entries<A>(record).map(([name, value]) => [name, change(value)])) as Record<Name, B>;

const millions = (seconds = NaN): number => Math.round(BARS / seconds / 1e5) / 10;

function rates(seconds: readonly number[]) {
  const sorted = [...seconds].sort((a, b) => a - b);
  return { best: millions(sorted[0]), median: millions(sorted[ROUNDS >> 1]) };
}

const ratio = (spent: Spent, plain: Spent): number =>
  Math.round((Math.min(...spent.cpuSeconds) / Math.min(...plain.cpuSeconds)) * 100) / 100;

async function inOwnProcess(bars: number): Promise<unknown> {
  const script = fileURLToPath(new URL('./backtest-memory.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(bars)]);
  return JSON.parse(stdout);
}
