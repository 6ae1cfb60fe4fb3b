import type { BacktestStatus } from '../domain/backtest.js';
import type { BacktestExport } from '../domain/backtest-exports.js';

export type OpenedExport =
  | { readonly kind: 'UNKNOWN' }
  | { readonly kind: 'NO_RESULT'; readonly status: BacktestStatus }
  /** UTF-8, in pieces that are made as they are asked for. To be read to the end, or returned. */
  | { readonly kind: 'PARTS'; readonly parts: AsyncIterable<Uint8Array> };

/** Makes files of stored backtests, off the event loop of the caller. */
export interface BacktestExporter {
  /** Rejects with the reason of `signal`, which also ends what is being made. */
  open(backtestId: string, file: BacktestExport, signal: AbortSignal): Promise<OpenedExport>;
}
