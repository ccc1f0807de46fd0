import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/support/fast-check.ts'],
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests that run the command start processes of their own, which the figure does not include.
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['src/report/client/**'],
      reporter: ['text-summary', 'html'],
    },
  },
});
