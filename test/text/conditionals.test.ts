import { expect, test } from 'vitest';
import { parse, parser, textsOf } from '../syntax/parser.js';

const body = (lines: string): string => `void f(void)\n{\n${lines}\n}\n`;
const calls = (text: string): string[] => textsOf(parse(text), 'call_expression');

test('groups of whole statements stay, both branches', () => {
  const file = parse(body('  a();\n#if DBG\n  b();\n#else\n  c();\n#endif\n  d();'));
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'call_expression')).toEqual(['a()', 'b()', 'c()', 'd()']);
  expect(textsOf(file, 'preproc_if')).toHaveLength(1);
  expect(file.hidden).toEqual([]);
});

test('the condition of a group is one node, whatever it holds', () => {
  const file = parse(body("#if (A > 1) && \\\n  B == 'x' ? 1 : 0\n  b();\n#elif defined(C)\n  c();\n#endif"));
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'preproc_elif')).toHaveLength(1);
});

test.each([
  ['in a condition', body('  if (a\n#ifdef X\n    && b\n#endif\n  ) {\n    c();\n  }'), ['c()']],
  [
    'in an argument list',
    body('  a(b,\n#if X\n    c);\n#else\n    d);\n#endif\n  e();'),
    ['a(b,\n#if X\n    c)', 'e()'],
  ],
  ['around an opening brace', body('#if X\n  if (a) {\n#else\n  if (b) {\n#endif\n    c();\n  }'), ['c()']],
  [
    'before else',
    body('  if (a) {\n    b();\n  }\n#if X\n  else {\n    c();\n  }\n#endif\n  d();'),
    ['b()', 'c()', 'd()'],
  ],
  ['else before #endif', body('#if X\n  if (a)\n    b();\n  else\n#endif\n    c();'), ['b()', 'c()']],
  ['after a condition', body('  if (a)\n#if X\n    b();\n#else\n    c();\n#endif\n  d();'), ['b()', 'd()']],
  ['an operator first', body('  x = a\n#if X\n    + b()\n#endif\n    ;'), ['b()']],
])('a group %s is resolved to one branch', (_, text, expected) => {
  const file = parse(text);
  expect(file.errors).toBe(0);
  expect(calls(text)).toEqual(expected);
});

test('two heads of one function', () => {
  const file = parse('#if X\nVOID f(int a)\n#else\nVOID f(int a, int b)\n#endif\n{\n  g();\n}\n');
  expect(file.errors).toBe(0);
  expect(file.items.map((item) => item.root.kind)).toEqual(['function_definition']);
  expect(file.hidden).toHaveLength(1);
});

test('braces that open under one condition and close under the same', () => {
  const file = parse(body('#ifdef X\n  if (a) {\n#endif\n  b();\n#ifdef X\n  }\n#endif\n#ifndef X\n  c();\n#endif'));
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'if_statement')).toHaveLength(1);
});

test('a choice once made holds for the opposite condition', () => {
  const file = parse(
    body(
      '#ifdef X\n  if (a) {\n#else\n  while (a) {\n#endif\n  b();\n#ifndef X\n  c(); } else {\n#else\n  d(); }\n#endif\n',
    ),
  );
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'call_expression')).toEqual(['b()', 'd()']);
});

test('#if 0 hides, its #else shows, #if 1 is taken', () => {
  const file = parse('#if 0\nnot C {{{\n#else\nint a;\n#endif\n#if 1\nint b;\n#else\nalso not }\n#endif\n');
  expect(file.errors).toBe(0);
  expect(file.items.map((item) => item.text)).toEqual(['int a;', 'int b;']);
  expect(file.hidden).toHaveLength(2);
});

test('macros in hidden branches are none', () => {
  expect(parse('#if 0\n#define A 1\n#include "b.h"\n#endif\n#define C 2\n').macros.map((macro) => macro.name)).toEqual([
    'C',
  ]);
});

test('known macros decide', () => {
  const text =
    '#if NDIS_SUPPORT_NDIS6\nint six;\n#else\nint five;\n#endif\n#ifdef NDIS51\nint old;\n#endif\n#if OTHER\nint other;\n#endif\n';
  const known = new Map([
    ['NDIS_SUPPORT_NDIS6', 1],
    ['NDIS51', null],
  ]);
  const names = (options: object): string[] => parser.parse(text, 'c', options).items.map((item) => item.text);
  expect(names({ known })).toEqual(['int six;', 'int other;']);
  expect(names({})).toEqual(['int six;', 'int five;', 'int old;', 'int other;']);
});

test('groups in structures, enumerations and initialisers', () => {
  const text =
    'typedef struct _A {\n  ULONG B;\n#if X\n  ULONG C;\n#else\n  PVOID C;\n#endif\n} A;\n' +
    'enum { D,\n#if X\n  E,\n#endif\n  F };\n' +
    'A g = {\n  1,\n#if X\n  2,\n#endif\n};\n';
  const file = parse(text);
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'field_declaration')).toHaveLength(3);
  expect(textsOf(file, 'enumerator')).toEqual(['D', 'E', 'F']);
});

test('a group without end holds nothing', () => {
  const file = parse('#if A\nint b;\n');
  expect(file.items.map((item) => [item.text, item.conditions])).toEqual([['int b;', []]]);
});

test('groups inside groups', () => {
  const text = body(
    '#if A\n  if (x) {\n#if B\n    b();\n#endif\n  }\n#else\n  if (y)\n#if C\n    c();\n#else\n    d();\n#endif\n#endif\n  e();',
  );
  expect(parse(text).errors).toBe(0);
  expect(calls(text)).toEqual(['b()', 'c()', 'e()']);
});
