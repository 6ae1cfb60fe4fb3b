import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Two copies of graphql appear under vitest without this: one by its ESM entry, one by its CJS entry.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/services/**', 'node_modules/**', 'dist/**'],
    globalSetup: ['tests/support/global-postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the real servers wait for each other.
    maxWorkers: 2,
    // Modules are read once a worker and not once a file: a fifth of the suite's CPU. Tests leave no global state behind.
    isolate: false,
  },
});
