import type { RoundTrips } from '../backtest/round-trips.js';
import { kellyCriterion } from './kelly-criterion.js';
import { systemQualityNumber } from './system-quality-number.js';

/** What a run's round trips say; money in the account's currency, returns and excursions as fractions. */
export interface RoundTripStatistics {
  readonly count: number;
  /** PnL above 0, over all round trips. */
  readonly winRate: number | null;
  readonly bestReturn: number | null;
  readonly worstReturn: number | null;
  readonly meanReturn: number | null;
  /** Mean PnL of a round trip. */
  readonly expectancy: number | null;
  readonly meanWin: number | null;
  /** Below 0. */
  readonly meanLoss: number | null;
  /** Sum of the wins over the sum of the losses, in money; null without a loss. */
  readonly profitFactor: number | null;
  readonly systemQualityNumber: number | null;
  readonly kelly: number | null;
  readonly maxDurationMs: number | null;
  readonly meanDurationMs: number | null;
  /** Excursions against us (0 or below) and for us (0 or above), of the entry price. */
  readonly meanAdverse: number | null;
  readonly worstAdverse: number | null;
  readonly meanFavorable: number | null;
  readonly bestFavorable: number | null;
}

/** @param times instants of the run, epoch milliseconds: the indexes of the round trips point into them */
export function roundTripStatistics(trips: RoundTrips, times: Float64Array): RoundTripStatistics {
  const pnl = trips.column('pnl');
  const count = pnl.length;
  const money = summarizePnl(pnl);
  const returns = summarize(trips.column('returnFraction'));
  const adverse = summarize(trips.column('maxAdverse'));
  const favorable = summarize(trips.column('maxFavorable'));
  const duration = summarizeDurations(trips, times);
  const mean = (sum: number): number | null => (count > 0 ? sum / count : null);
  const winRate = mean(money.winCount);
  const meanWin = money.winCount > 0 ? money.wins / money.winCount : null;
  const meanLoss = money.lossCount > 0 ? money.losses / money.lossCount : null;
  return {
    count,
    winRate,
    bestReturn: count > 0 ? returns.max : null,
    worstReturn: count > 0 ? returns.min : null,
    meanReturn: mean(returns.sum),
    expectancy: mean(money.wins + money.losses),
    meanWin,
    meanLoss,
    profitFactor: money.lossCount > 0 ? money.wins / -money.losses : null,
    systemQualityNumber: systemQualityNumber(pnl),
    kelly: winRate === null ? null : kellyCriterion(winRate, meanWin, meanLoss),
    maxDurationMs: count > 0 ? duration.max : null,
    meanDurationMs: mean(duration.sum),
    meanAdverse: mean(adverse.sum),
    worstAdverse: count > 0 ? adverse.min : null,
    meanFavorable: mean(favorable.sum),
    bestFavorable: count > 0 ? favorable.max : null,
  };
}

function summarizePnl(pnl: Float64Array) {
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
  return { wins, losses, winCount, lossCount };
}

function summarize(values: Float64Array) {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { sum, min, max };
}

function summarizeDurations(trips: RoundTrips, times: Float64Array) {
  const entries = trips.column('entryIndex');
  const exits = trips.column('exitIndex');
  let sum = 0;
  let max = 0;
  for (let i = 0; i < entries.length; i += 1) {
    const duration = (times[exits[i] as number] as number) - (times[entries[i] as number] as number);
    sum += duration;
    if (duration > max) max = duration;
  }
  return { sum, max };
}
