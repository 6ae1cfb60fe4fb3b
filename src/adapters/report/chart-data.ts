import type { BacktestReport } from './backtest-report.js';

/** The curves as the page draws them: a sample that shows what the whole one does. */
export interface ChartData {
  /** Seconds, ascending, each once. */
  readonly times: readonly number[];
  readonly equity: readonly number[];
  /** Percent, 0 or below. */
  readonly drawdowns: readonly number[];
  readonly benchmark: readonly number[] | null;
  readonly isIntraday: boolean;
}

export function chartData({ spec, result, benchmark }: BacktestReport): ChartData {
  const { times, equity, drawdowns } = result.sample;
  // The library draws seconds; what lies closer together than one would be refused.
  const kept = Array.from(times.keys()).filter(
    (index) => index === 0 || second(times[index]) > second(times[index - 1]),
  );
  const pick = (values: Float64Array, factor = 1) => kept.map((index) => rounded((values[index] ?? NaN) * factor));
  return {
    times: kept.map((index) => second(times[index])),
    equity: pick(equity),
    drawdowns: pick(drawdowns, 100),
    benchmark: benchmark === null ? null : pick(atTimes(times, result.times, benchmark)),
    isIntraday: spec.timeframe !== 'ONE_DAY',
  };
}

const second = (time: number | undefined): number => Math.floor((time ?? NaN) / 1000);
/** A ten-thousandth is finer than any screen. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** The values at some of the ascending times. */
function atTimes(some: Float64Array, all: Float64Array, values: Float64Array): Float64Array {
  const found = new Float64Array(some.length);
  let at = 0;
  for (let index = 0; index < some.length; index += 1) {
    while (at < all.length - 1 && (all[at] as number) < (some[index] as number)) at += 1;
    found[index] = values[at] as number;
  }
  return found;
}
