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

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The closed trades of a run in the order of their exits. */
export function backtestingPyTrades({
  roundTrips,
  times,
}: Pick<SimulationResult, 'roundTrips' | 'times'>): BacktestingPyTrade[] {
  const column = (name: Parameters<typeof roundTrips.column>[0]) => {
    const values = roundTrips.column(name);
    return (row: number) => values[row] as number;
  };
  const [size, entryBar, exitBar] = [column('units'), column('entryIndex'), column('exitIndex')];
  const [entryPrice, exitPrice] = [column('entryPrice'), column('exitPrice')];
  const [stopLoss, takeProfit] = [column('stopLoss'), column('takeProfit')];
  const [pnl, commission, returnFraction] = [column('pnl'), column('commission'), column('returnFraction')];
  const timesOf = (bar: (row: number) => number) =>
    columnTexts(Array.from({ length: roundTrips.length }, (_, row) => times[bar(row)] as number));
  const [entryTimes, exitTimes] = [timesOf(entryBar), timesOf(exitBar)];
  return entryTimes.map((entryTime, row) => ({
    Size: size(row),
    EntryBar: entryBar(row),
    ExitBar: exitBar(row),
    EntryPrice: entryPrice(row),
    ExitPrice: exitPrice(row),
    SL: orNull(stopLoss(row)),
    TP: orNull(takeProfit(row)),
    PnL: pnl(row),
    Commission: commission(row),
    ReturnPct: returnFraction(row),
    EntryTime: entryTime,
    ExitTime: exitTimes[row] as string,
  }));
}
