import { expect, it } from 'vitest';
import { runWithFaults } from './fault-run.js';
import { faultSettings, inputFor } from './settings.js';
import type { FaultReport } from './report.js';
import type { AuditVariant } from './world/audit.js';

const { seed, directory } = faultSettings(process.env);
const EVENTS = 900;
/** A kill meets the moment between effect and offset by chance: a few seeds are tried. */
const ATTEMPTS_MAX = 5;
const FAULTS = 6;

/** The smallest world that has the bug: the feed, and the consumer that it is planted in. */
async function runWithBug(auditVariant: AuditVariant, attempt: number): Promise<FaultReport> {
  return runWithFaults({
    seed: seed + attempt,
    faults: FAULTS,
    events: EVENTS,
    input: await inputFor({ input: 'feed', seed, events: EVENTS }),
    services: false,
    directory,
    auditVariant,
    processes: { ingestion: 1, ml: 0, trading: 0, backtesting: 0, api: 0, audit: 1 },
    targets: ['audit-1'],
    kinds: ['kill', 'cut', 'end-backends'],
  });
}

/** The first run that shows the bug, else the last one. */
async function runUntilFound(auditVariant: AuditVariant): Promise<FaultReport> {
  for (let attempt = 1; ; attempt += 1) {
    const report = await runWithBug(auditVariant, attempt);
    if (report.violations.length > 0 || attempt === ATTEMPTS_MAX) return report;
  }
}

it('finds a consumer that commits its offset after its effect', async () => {
  const report = await runUntilFound('effect-first');
  expect(report.violations.join('\n')).toContain('8 duplicated');
  expect(report).toMatchObject({ lost: 0 });
});

it('finds a consumer that commits its offset before its effect', async () => {
  const report = await runUntilFound('offset-first');
  expect(report.violations.join('\n')).toContain('8 lost');
});
