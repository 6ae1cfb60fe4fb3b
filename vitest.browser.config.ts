import { defineConfig } from 'vitest/config';

/** The page and the playground in a headless Chromium: needs `apt-get install chromium`. */
export default defineConfig({
  test: { include: ['tests/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 1 },
});
