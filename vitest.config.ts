import { defineConfig } from 'vitest/config';

/** Whole files of `npm run test:long` (tests/support/long-tests.ts): processes that are started, and killed, many times, and models that are trained. */
const LONG_FILES = [
  'tests/e2e/start.test.ts',
  'tests/e2e/backtest.test.ts',
  'tests/e2e/optimize.test.ts',
  'src/workers/search-preparation.test.ts',
  'tests/faults/event-log-crash.test.ts',
  'tests/integration/embedded-postgres.test.ts',
];
const runsLongTests = process.env['LONG_TESTS'] === '1';

export default defineConfig({
  // Two copies of graphql appear under vitest without this: one by its ESM entry, one by its CJS entry.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [
      'tests/browser/**',
      'tests/services/**',
      'node_modules/**',
      'dist/**',
      ...(runsLongTests ? [] : LONG_FILES),
    ],
    globalSetup: ['tests/support/global-postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the real servers wait for each other.
    maxWorkers: 2,
    // Modules are read once a worker and not once a file: a fifth of the suite's CPU. Tests leave no global state behind.
    isolate: false,
  },
});
