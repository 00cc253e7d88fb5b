import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Runs inside VS Code, under Mocha.
    exclude: ['test/editor/**'],
    testTimeout: 20_000,
  },
});
