import type { BacktestExport } from '../../domain/backtest-exports.js';
import type { BacktestReport } from './backtest-report.js';
import { equityCsv, reportJson, tradesCsv } from './exports.js';
import { htmlReport } from './html-report.js';

/** The text of a file that a backtest is exported as, in parts. */
export function exportParts(report: BacktestReport, file: BacktestExport): Iterable<string> {
  switch (file) {
    case 'report.html':
      return [htmlReport(report)];
    case 'result.json':
      return [`${JSON.stringify(reportJson(report), null, 2)}\n`];
    case 'equity.csv':
      return equityCsv(report);
    case 'trades.csv':
      return tradesCsv(report);
  }
}

/** Lines are gathered up to here, in characters: one message a line would cost more than the line. */
const CHUNK = 65_536;

/** The parts as UTF-8, in pieces of about 64 kB. */
export function* encodedChunks(parts: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}
