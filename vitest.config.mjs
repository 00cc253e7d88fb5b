import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Runs inside VS Code, under Mocha.
    exclude: ['test/editor/**'],
    // Test files share parser and catalog; none of them changes either.
    isolate: false,
    // Far more than a test takes: a machine may have other work.
    testTimeout: 60_000,
  },
});
