import { defineConfig } from 'vitest/config';

/** On real PostgreSQL, Redis and Kafka: needs `apt-get install redis-server`, Java and Maven. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/services/**/*.test.ts'],
    globalSetup: ['tests/support/global-postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
  },
});
