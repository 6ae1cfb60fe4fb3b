import type { SearchMethod, SearchRange } from '../../domain/search.js';
import type { Objective } from '../../engines/research/objectives.js';
import type { BacktestFlags } from '../backtest/options.js';
import { UsageError } from '../backtest/usage-error.js';

/** The options as commander reads them: texts, still to be checked. */
export interface OptimizeFlags extends BacktestFlags {
  readonly ranges?: string;
  readonly random?: string;
  readonly objective: Objective;
  readonly best: string;
}

/** What is tried, and how many of the best are shown. */
export interface OptimizeRequest {
  readonly ranges: Readonly<Record<string, SearchRange>>;
  readonly method: SearchMethod;
  readonly best: number;
}

const BEST_MAX = 1_000;

/** Reads what an optimization says beyond a backtest. @throws UsageError for the first that is wrong */
export function readSearchFlags(flags: OptimizeFlags, seed: number): OptimizeRequest {
  const samples = flags.random === undefined ? null : countOf('--random', flags.random, 100_000);
  return {
    ranges: rangesOf(flags.ranges),
    method: samples === null ? { kind: 'GRID' } : { kind: 'RANDOM', samples, seed },
    best: countOf('--best', flags.best, BEST_MAX),
  };
}

function countOf(option: string, text: string, most: number): number {
  const count = text.trim() === '' ? NaN : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`${option}: "${text.slice(0, 40)}" is not a whole number from 1 to ${most}`);
}

function rangesOf(text: string | undefined): Readonly<Record<string, SearchRange>> {
  const example = `write it as in '{"fast":"5:50:5","slow":[20,50,100]}'`;
  if (text === undefined) throw new UsageError(`--ranges is missing: ${example}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--ranges: ${text.slice(0, 60)} is no JSON (${(error as Error).message}); ${example}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--ranges: ${text.slice(0, 60)} is no object; ${example}`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([parameter, range]: [string, unknown]) => {
      const read = rangeOf(range);
      if (read !== null) return [parameter, read];
      const what = JSON.stringify(range).slice(0, 40);
      throw new UsageError(`--ranges: ${parameter}: ${what} is neither "from:to", "from:to:step" nor a list of values`);
    }),
  );
}

function rangeOf(range: unknown): SearchRange | null {
  if (Array.isArray(range)) {
    const isValues = range.length > 0 && range.every((each) => ['number', 'boolean', 'string'].includes(typeof each));
    return isValues ? { kind: 'VALUES', values: range as (number | boolean | string)[] } : null;
  }
  if (typeof range !== 'string') return null;
  const parts = range.split(':').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [from = NaN, to = NaN, step] = parts;
  if (parts.length > 3 || parts.some((part) => !Number.isFinite(part)) || Number.isNaN(to)) return null;
  return { kind: 'STEPS', from, to, step: step ?? null };
}
