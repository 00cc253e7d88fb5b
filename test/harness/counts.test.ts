import { expect, test } from 'vitest';
import { countsIn } from './counts.mjs';

test('our own closing line', () => {
  expect(countsIn('  passed a\n  failed b\n1 passed, 1 failed\n')).toEqual({ passed: 1, failed: 1 });
});

test('several closing lines of one step are added', () => {
  expect(countsIn('1 passed, 0 failed\ntext\n2 passed, 1 failed')).toEqual({ passed: 3, failed: 1 });
});

test("Vitest's sum, in colour, without its sum of files", () => {
  const output =
    ' Test Files  2 passed (2)\n\x1b[2m      Tests \x1b[22m \x1b[31m1 failed\x1b[39m | \x1b[32m12 passed\x1b[39m | 3 skipped (16)\n';
  expect(countsIn(output)).toEqual({ passed: 12, failed: 1 });
});

test("Mocha's sum", () => {
  expect(countsIn('  12 passing (3s)\n  1 pending\n  2 failing\n')).toEqual({ passed: 12, failed: 2 });
});

test("our own closing line wins over the runner's that it sums up", () => {
  expect(countsIn('  12 passing (3s)\n12 passed, 0 failed\n')).toEqual({ passed: 12, failed: 0 });
});

test('output without a sum', () => {
  expect(countsIn('Checked 120 files. No fixes applied.\n')).toBeUndefined();
});
