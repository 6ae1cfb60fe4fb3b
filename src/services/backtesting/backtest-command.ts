import { createHash } from 'node:crypto';
import type { BacktestOptions, BacktestProfileName } from '../../domain/backtest.js';
import type { Timeframe } from '../../domain/timeframe.js';

/** A backtest as somebody asks for it: nothing in it has been checked. */
export interface RunBacktestCommand {
  readonly name: string | null;
  readonly clientRequestId: string | null;
  readonly strategy: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  /** Open times from <= t < to, epoch milliseconds UTC; null where open. */
  readonly from: number | null;
  readonly to: number | null;
  readonly profile: BacktestProfileName;
  readonly options: BacktestOptions;
  readonly seed: number;
  readonly deadlineSeconds: number;
}

/** Digest of what was asked for, whatever the order in which it was written. */
export function commandDigest(command: RunBacktestCommand): string {
  return createHash('sha256').update(canonicalJson(command)).digest('hex');
}

/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
