/** What a finished backtest is handed out as, by the name of the file. */
export const BACKTEST_EXPORTS = ['report.html', 'result.json', 'equity.csv', 'trades.csv'] as const;
export type BacktestExport = (typeof BACKTEST_EXPORTS)[number];

/** Where the API serves it, beside its own endpoint. */
export const backtestExportPath = (backtestId: string, file: BacktestExport): string =>
  `/backtests/${backtestId}/${file}`;
