import { writeFile } from 'node:fs/promises';
import { memberOf, type Injector } from './injector.js';

const LONGEST_JUMP_MS = 2 * 3_600_000;

/** The wall clock of a process is off by up to two hours, forward or back, until the next jump. */
export const jumpClock: Injector = {
  inject: async (fault, surroundings) => {
    const offsetMs = Math.round((2 * fault.draw - 1) * LONGEST_JUMP_MS);
    await writeFile(memberOf(fault, surroundings).clockFile, String(offsetMs));
  },
};
