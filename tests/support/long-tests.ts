/**
 * Tests of the real program that take long, and whose parts the default suite has tests for: they run with
 * `npm run test:long`, as the last step of CI does, so that the default suite stays below five minutes on two cores.
 */
export const RUNS_LONG_TESTS = process.env['LONG_TESTS'] === '1';
