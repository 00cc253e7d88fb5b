import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Runs inside VS Code, under Mocha.
    exclude: ['test/editor/**'],
    // Far more than a test takes: a machine may have other work.
    testTimeout: 60_000,
  },
});
