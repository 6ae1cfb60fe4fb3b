import type { Pool } from 'pg';
import { checkInvariants } from '../../support/invariants.js';
import { stateDigest } from '../../support/state-digest.js';
import { compareLogs } from './compare-logs.js';
import { auditFindings, type AuditFindings } from './effects.js';
import { logViolations } from './log-invariants.js';

/** A database as postgres://..., and a pool on it. */
export interface Checked {
  readonly connectionString: string;
  readonly pool: Pool;
}

export interface Findings {
  readonly events: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** A line each; [] is right. */
  readonly violations: readonly string[];
}

/** Holds what a disturbed run has left against the invariants of the design, and against what an undisturbed one has left. */
export async function checkRun(clean: Checked, disturbed: Checked, startsAt: number): Promise<Findings> {
  const log = await compareLogs(clean.pool, disturbed.pool);
  const audit = await auditFindings(disturbed.pool);
  return {
    events: log.events,
    lost: log.lost + audit.lost,
    duplicated: log.duplicated + audit.duplicated,
    outOfOrder: audit.outOfOrder,
    violations: [
      ...(await checkInvariants(disturbed.connectionString)),
      ...(await logViolations(disturbed.pool, startsAt)),
      ...auditViolations(audit),
      ...(await digestDifferences(clean.connectionString, disturbed.connectionString)),
      ...log.examples.map((example) => `11 ${example}`),
    ],
  };
}

async function digestDifferences(clean: string, disturbed: string): Promise<string[]> {
  const [expected, found] = [await stateDigest(clean), await stateDigest(disturbed)];
  return Object.entries(expected)
    .filter(([part, digest]) => found[part] !== digest)
    .map(([part, digest]) => `11 ${part}: ${found[part]}; the clean run has ${digest}`);
}

function auditViolations({ lost, duplicated, outOfOrder, unknown }: AuditFindings): string[] {
  return [
    ...(lost > 0 ? [`8 lost: ${lost} events have had no effect`] : []),
    ...(duplicated > 0 ? [`8 duplicated: ${duplicated} effects of events that had theirs`] : []),
    ...(outOfOrder > 0 ? [`8 out of order: ${outOfOrder} effects`] : []),
    ...(unknown > 0 ? [`8 unknown: ${unknown} effects of events that are not in the log`] : []),
  ];
}
