import { expect, it } from 'vitest';
import { runWithFaults } from './fault-run.js';
import { reportText } from './report.js';
import { EVERY_ROLE, faultSettings, inputFor } from './settings.js';

const settings = faultSettings(process.env);
/** Several times what a fault and an event take on two idle cores, and what starting and stopping takes. */
const DEADLINE_MS = 900_000 + settings.faults * 20_000 + settings.events * 60;

it(
  `${settings.faults} faults of seed ${settings.seed}: nothing is lost, nothing is done twice, and the end is that of a clean run`,
  async () => {
    const report = await runWithFaults({ ...settings, input: await inputFor(settings), processes: EVERY_ROLE });
    console.log(reportText(report));
    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 0 });
    expect(Object.values(report.injected).reduce((sum, count) => sum + count, 0)).toBe(settings.faults);
    expect(report.events).toBeGreaterThan(settings.events * 0.8);
  },
  DEADLINE_MS,
);
