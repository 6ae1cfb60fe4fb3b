import type { RoundTrips } from '../../backtest/round-trips.js';

/** Figures of the closed trades as the program defines them; fractions, NaN where the program has NaN. */
export interface TradeFigures {
  readonly count: number;
  readonly winRate: number;
  readonly best: number;
  readonly worst: number;
  /** Geometric mean of the trades' returns. */
  readonly average: number;
  readonly maxDurationMs: number;
  readonly meanDurationMs: number;
  /** Of returns, not of money (the native profile's is of money). */
  readonly profitFactor: number;
  readonly expectancy: number;
  readonly sqn: number;
  readonly kelly: number;
}

/** @param times instants of the run, epoch milliseconds */
export function tradeFigures(trips: RoundTrips, times: Float64Array): TradeFigures {
  const count = trips.length;
  const money = pnlFigures(trips.column('pnl'));
  const winRate = count > 0 ? money.winCount / count : NaN;
  const meanWin = money.wins / money.winCount;
  const meanLoss = money.losses / money.lossCount;
  return {
    count,
    winRate,
    ...returnFigures(trips.column('returnFraction')),
    ...durations(trips, times),
    sqn: money.deviation === 0 ? NaN : (Math.sqrt(count) * money.mean) / money.deviation,
    kelly: winRate - (1 - winRate) / (meanWin / -meanLoss),
  };
}

function pnlFigures(pnl: Float64Array) {
  let wins = 0;
  let losses = 0;
  let winCount = 0;
  let lossCount = 0;
  for (let i = 0; i < pnl.length; i += 1) {
    const value = pnl[i] as number;
    if (value > 0) {
      wins += value;
      winCount += 1;
    } else if (value < 0) {
      losses += value;
      lossCount += 1;
    }
  }
  const mean = (wins + losses) / pnl.length;
  let squares = 0;
  for (let i = 0; i < pnl.length; i += 1) {
    const distance = (pnl[i] as number) - mean;
    squares += distance * distance;
  }
  return { wins, losses, winCount, lossCount, mean, deviation: Math.sqrt(squares / (pnl.length - 1)) };
}

function returnFigures(returns: Float64Array) {
  const count = returns.length;
  let best = -Infinity;
  let worst = Infinity;
  let gains = 0;
  let losses = 0;
  let logs = 0;
  for (let i = 0; i < count; i += 1) {
    const value = returns[i] as number;
    if (value > best) best = value;
    if (value < worst) worst = value;
    if (value > 0) gains += value;
    else losses -= value;
    logs += Math.log1p(value);
  }
  if (count === 0) return { best: NaN, worst: NaN, average: NaN, profitFactor: NaN, expectancy: NaN };
  // A trade that loses everything has no geometric mean: the program says 0.
  const average = worst <= -1 ? 0 : Math.expm1(logs / count);
  const profitFactor = losses === 0 ? NaN : gains / losses;
  return { best, worst, average, profitFactor, expectancy: (gains - losses) / count };
}

function durations(trips: RoundTrips, times: Float64Array) {
  const entries = trips.column('entryIndex');
  const exits = trips.column('exitIndex');
  let sum = 0;
  let maxDurationMs = trips.length > 0 ? 0 : NaN;
  for (let i = 0; i < entries.length; i += 1) {
    const duration = (times[exits[i] as number] as number) - (times[entries[i] as number] as number);
    sum += duration;
    if (duration > maxDurationMs) maxDurationMs = duration;
  }
  return { maxDurationMs, meanDurationMs: sum / trips.length };
}
