import type { SimulationResult } from '../../backtest/simulation.js';
import { columnTexts } from './time-text.js';

/** One row of the program's trades table; prices and money in the quote currency, ReturnPct a fraction as there. */
export interface BacktestingPyTrade {
  /** Units, below 0 short. */
  readonly Size: number;
  readonly EntryBar: number;
  readonly ExitBar: number;
  readonly EntryPrice: number;
  readonly ExitPrice: number;
  /** Prices of the stop-loss and the take-profit; null without one. */
  readonly SL: number | null;
  readonly TP: number | null;
  readonly PnL: number;
  readonly Commission: number;
  readonly ReturnPct: number;
  /** `2004-11-17`, or `2004-11-17 14:30:00` when not all are at midnight UTC. */
  readonly EntryTime: string;
  readonly ExitTime: string;
}

/** Columns of the table in their order. */
export const BACKTESTING_PY_TRADE_COLUMNS = [
  'Size',
  'EntryBar',
  'ExitBar',
  'EntryPrice',
  'ExitPrice',
  'SL',
  'TP',
  'PnL',
  'Commission',
  'ReturnPct',
  'EntryTime',
  'ExitTime',
] as const satisfies readonly (keyof BacktestingPyTrade)[];

/** The closed trades of a run in the order of their exits. */
export function backtestingPyTrades({ roundTrips, times }: SimulationResult): BacktestingPyTrade[] {
  const rows = Array.from({ length: roundTrips.length }, (_, i) => roundTrips.at(i));
  const entryTimes = columnTexts(rows.map((trip) => times[trip.entryIndex] as number));
  const exitTimes = columnTexts(rows.map((trip) => times[trip.exitIndex] as number));
  return rows.map((trip, i) => ({
    Size: trip.units,
    EntryBar: trip.entryIndex,
    ExitBar: trip.exitIndex,
    EntryPrice: trip.entryPrice,
    ExitPrice: trip.exitPrice,
    SL: Number.isNaN(trip.stopLoss) ? null : trip.stopLoss,
    TP: Number.isNaN(trip.takeProfit) ? null : trip.takeProfit,
    PnL: trip.pnl,
    Commission: trip.commission,
    ReturnPct: trip.returnFraction,
    EntryTime: entryTimes[i] as string,
    ExitTime: exitTimes[i] as string,
  }));
}
