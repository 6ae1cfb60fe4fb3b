import type { SearchResult, SearchSpec } from '../../domain/search.js';
import type { TriedSet } from './tried-sets.js';

/** What an optimization leaves, for people and as JSON. */
export interface OptimizeReport {
  readonly spec: SearchSpec;
  readonly source: string;
  readonly dataHash: string;
  readonly engineVersion: string;
  /** Sets that were tried, those that the strategy refuses, and those that failed. */
  readonly runCount: number;
  readonly unfitCount: number;
  readonly failedCount: number;
  readonly firstError: string | null;
  readonly best: readonly TriedSet[];
  readonly result: SearchResult;
}

const figure = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined ? '–' : value.toFixed(digits);

/** The report as a table for the terminal: the best sets, what the best one is worth, the cautions. */
export function searchText(report: OptimizeReport): string {
  const { spec, result, runCount, unfitCount, failedCount } = report;
  const lines = [
    '',
    `  ${spec.strategy} on ${spec.symbols.join(', ')}: ${runCount} sets tried, ${unfitCount} do not fit, ${failedCount} failed`,
    '',
    ...(report.best.length === 0 ? nothingRanked(spec) : ranking(report)),
    ...(report.firstError === null ? [] : [`  ! ${failedCount} failed, the first: ${report.firstError}`]),
    ...result.cautions.map(({ severity, message }) => `  ! ${severity}: ${message}`),
    `  data ${report.dataHash.slice(0, 16)}  engine ${report.engineVersion}  seed ${spec.seed}  ${report.source}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const nothingRanked = ({ objective }: SearchSpec): string[] => [
  `  No set is ranked: ${objective} is undefined for all of them, as ratios are over fewer than 30 days or without trades.`,
  '  More bars, or another --objective (totalReturnPct), rank them.',
  '',
];

function ranking({ spec, best, result: { statistics, stability } }: OptimizeReport): string[] {
  const names = Object.keys(spec.ranges);
  // Once is enough.
  const hasSharpe = spec.objective !== 'sharpe';
  const head = [...names, spec.objective, ...(hasSharpe ? ['sharpe'] : []), 'return %', 'drawdown %', 'trips'];
  const rows = best.map((set) => [
    ...names.map((name) => String(set.params[name])),
    figure(set.score, 4),
    ...(hasSharpe ? [figure(set.sharpe, 4)] : []),
    figure(set.totalReturnPct),
    figure(set.maxDrawdownPct),
    figure(set.roundTripCount, 0),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) => `  ${cells.map((cell, k) => cell.padStart(widths[k] ?? 0)).join('  ')}`;
  const deflated = figure(statistics?.['deflatedSharpe'], 4);
  return [
    line(head),
    ...rows.map(line),
    '',
    `  Deflated Sharpe of the best (probability that it beats what the best of all these trials has by luck): ${deflated}`,
    ...(stability === null
      ? []
      : [
          `  Its ${stability.neighbourCount} neighbours: median ${figure(stability.medianScore, 4)}, worst ${figure(stability.worstScore, 4)}`,
        ]),
  ];
}

/** The report for programs. */
export function searchJson({ spec, source, dataHash, engineVersion, result, ...counts }: OptimizeReport) {
  const { strategy, symbols, timeframe, profile, options, params, ranges, method, objective, seed } = spec;
  const { bestParams, statistics, stability, cautions } = result;
  return {
    strategy,
    symbols,
    timeframe,
    profile,
    options,
    params,
    ranges,
    method,
    objective,
    provenance: { source, dataHash, engineVersion, seed },
    ...counts,
    bestParams,
    statistics,
    stability,
    cautions,
  };
}
