import { defineConfig } from 'vitest/config';

/** The real program in several processes while it is killed, stopped and cut off: docs/faults.md. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/faults/**/*.faults.ts'],
    // A long run says itself how long it may take.
    testTimeout: 900_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
