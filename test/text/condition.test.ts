import { expect, test } from 'vitest';
import { evaluateCondition } from '../../server/src/core/text/condition.js';

const known = new Map<string, number | null>([
  ['NDIS_SUPPORT_NDIS6', 1],
  ['VERSION', 0x60000],
  ['MISSING', null],
]);

test.each([
  ['1', true],
  ['0', false],
  ['(0)', false],
  ['FALSE', false],
  ['defined(VERSION)', true],
  ['defined VERSION && !defined(MISSING)', true],
  ['VERSION >= 0x60000', true],
  ['VERSION < 0x50000 || MISSING', false],
  ['MISSING == 0', true],
  ['(VERSION & 0xF0000) == 0x60000', true],
  ['1 + 2 * 3 == 7', true],
  ['-1 < 0', true],
  ['10L - 010 == 2', true],
])('%s is %s', (expression, value) => {
  expect(evaluateCondition(expression, known)).toBe(value);
});

test.each([
  'OTHER',
  'OTHER == 1',
  'defined(OTHER)',
  'OTHER || VERSION < 3',
  'F(1)',
  '1 / 0',
  '',
  '(',
  '1 @ 2',
  'defined(',
  '1 1',
])('%s is not known', (expression) => {
  expect(evaluateCondition(expression, known)).toBeUndefined();
});

test('one known side can decide', () => {
  expect(evaluateCondition('OTHER && 0', known)).toBe(false);
  expect(evaluateCondition('OTHER || 1', known)).toBe(true);
});
