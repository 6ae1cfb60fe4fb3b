import { defineConfig } from 'vitest/config';

/** Every contract suite on every adapter, and the program in five processes: needs redis-server, Java and Maven. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/services/**/*.test.ts', 'tests/contract/**/*.test.ts'],
    globalSetup: ['tests/support/global-postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    // One file at a time: brokers and processes have the machine for themselves.
    maxWorkers: 1,
    // What a broker that was killed leaves behind in a process is not to reach the next file.
    isolate: true,
  },
});
