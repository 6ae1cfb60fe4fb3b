import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** A process of the harness, as it was built. */
export const builtChild = (name: string): string => join(PROJECT, 'dist/tests/faults/world', `${name}.js`);

/** The program with one role. */
export const roleProgram = (role: string): readonly string[] => [join(PROJECT, 'bin/tradegraph.mjs'), 'start', role];

/** Loaded before a program: its wall clock can then be set. */
export const CLOCK_JUMP = pathToFileURL(join(PROJECT, 'tests/faults/world/clock-jump.mjs')).href;
