import type { FaultKind } from './plan/fault-kinds.js';

/** What a run came to. */
export interface FaultReport {
  readonly seed: number;
  readonly planned: number;
  /** Faults that were done, by kind. */
  readonly injected: Readonly<Partial<Record<FaultKind, number>>>;
  /** Kinds that could not be done here, each with its reason. */
  readonly skipped: Readonly<Partial<Record<FaultKind, string>>>;
  /** What was wrong with the input on purpose. */
  readonly fed: Readonly<Record<string, number>>;
  /** In the log of the disturbed run. */
  readonly events: number;
  /** Events that the clean run has and this one has not, and effects that the audit lacks. */
  readonly lost: number;
  /** Events that this run has too often, and effects beyond the first of an event. */
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Events of the API that a subscriber saw, over all its connections. */
  readonly seenBySubscriber: number;
  /** Ends of processes that nobody asked for, as "name: codes". */
  readonly unaskedEnds: readonly string[];
  /** From the end of the last fault to the moment when nothing was left to do. */
  readonly recoveredInMs: number;
  readonly tookMs: number;
  /** Of it, what the clean run has taken, and the disturbed one with its start and its stop. */
  readonly cleanMs: number;
  readonly disturbedMs: number;
  /** Everything that is wrong, a line each; [] is right. */
  readonly violations: readonly string[];
}

export function reportText(report: FaultReport): string {
  const injected = Object.values(report.injected).reduce((sum, count) => sum + count, 0);
  const took = `${seconds(report.tookMs)} (clean run ${seconds(report.cleanMs)}, disturbed run ${seconds(report.disturbedMs)})`;
  return [
    `seed ${report.seed}: ${injected} faults in ${took} (${counts(report.injected)})`,
    ...Object.entries(report.skipped).map(([kind, reason]) => `  skipped ${kind}: ${reason}`),
    ...(Object.keys(report.fed).length > 0 ? [`  the feed: ${counts(report.fed)}`] : []),
    `  ${report.events} events, ${report.lost} lost, ${report.duplicated} duplicated, ${report.outOfOrder} out of order; a subscriber saw ${report.seenBySubscriber}`,
    `  nothing left to do ${(report.recoveredInMs / 1000).toFixed(1)} s after the last fault; ends that nobody asked for: ${report.unaskedEnds.join('; ') || 'none'}`,
    ...(report.violations.length === 0
      ? ['  every invariant holds']
      : report.violations.map((line) => `  WRONG ${line}`)),
  ].join('\n');
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
