import { performance } from 'node:perf_hooks';
import { simulateUnits } from '../src/engines/backtest/simulate-units.js';
import { indexBacktestingPy } from '../src/engines/metrics/backtesting-py/run-index.js';
import { backtestingPyStatistics } from '../src/engines/metrics/backtesting-py/statistics.js';
import { smaCross } from '../src/engines/strategies/built-in/sma-cross.js';
import { BENCH_OPTIONS, smaCrossValues } from './backtest-settings.js';
import { syntheticSeries } from './synthetic-series.js';

/** A process of its own: bars as the first argument, its time and its peak of memory as JSON on standard output. */
const count = Number(process.argv[2]);
const series = syntheticSeries(count, 'ONE_MINUTE', 0.1);
const values = smaCrossValues({ fast: 50, slow: 200, stopLossPct: 1, takeProfitPct: 2 });
const start = performance.now();
const result = simulateUnits({ series: [series], tradeFrom: null }, smaCross, values, BENCH_OPTIONS);
const seconds = (performance.now() - start) / 1000;
const statistics = backtestingPyStatistics(result, indexBacktestingPy(result.times, series.closes));
const peakRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ bars: count, seconds, peakRssMb, roundTrips: statistics['# Trades'] }));
