import { expect, test } from 'vitest';
import { readSuppressions, type Suppression } from '../../server/src/core/text/suppression.js';
import { parse } from '../syntax/parser.js';

/** Each as `rules: from-to`, `*` for all. */
function suppressions(text: string): string[] {
  return readSuppressions(text, parse(text)).map(
    ({ rules, all, fromLine, toLine }: Suppression) => `${all ? '*' : rules.join(' ')}: ${fromLine}-${toLine}`,
  );
}

test('our own comments', () => {
  expect(suppressions('// ndis-disable-next-line rule-a, rule-b -- because\nint a;')).toEqual(['rule-a rule-b: 1-1']);
  expect(suppressions('/* ndis-disable-next-line\n   rule-a */\nint a;')).toEqual(['*: 2-2']);
  expect(suppressions('int a; // ndis-disable-line rule-a')).toEqual(['rule-a: 0-0']);
  expect(suppressions('int a; // ndis-disable-line')).toEqual(['*: 0-0']);
});

test('ranges end by rule, or all at once', () => {
  expect(
    suppressions('/* ndis-disable rule-a rule-b */\nint a;\n/* ndis-enable rule-a */\nint b;\n// ndis-enable\nint c;'),
  ).toEqual(['rule-a: 0-2', 'rule-b: 0-4']);
  expect(suppressions('// ndis-disable rule-a\nint a;\n')).toEqual(['rule-a: 0-3']);
});

test('comments of CodeQL', () => {
  expect(suppressions('int a; // lgtm[cpp/drivers/x]\n// codeql[cpp/y]\nint b;')).toEqual([
    'cpp/drivers/x: 0-0',
    'cpp/y: 2-2',
  ]);
});

test('a pragma holds to the end of the next statement or head', () => {
  expect(suppressions('#pragma warning(suppress: 28152 28175)\nVOID\nf(\n  int a\n  )\n{\n}\n')).toEqual([
    '28152 28175: 0-5',
  ]);
  expect(suppressions('#pragma prefast(suppress: 28197, "why; not {")\n// a; b\nint a = \';\';\nint b;')).toEqual([
    '28197: 0-2',
  ]);
  expect(suppressions('void f(void) {\n__pragma(warning(suppress: 28182))\n  a();\n}')).toEqual(['28182: 1-2']);
});

test('the words behind a number say nothing', () => {
  expect(suppressions('#pragma prefast(suppress: 28197, "see suppress: 28101; disable: 28102")\nint a;\n')).toEqual([
    '28197: 0-1',
  ]);
});

test('disabled warnings end with pop, default or the file', () => {
  const text =
    '#pragma warning(push)\n#pragma warning(disable: 28101; disable: 28102)\nint a;\n#pragma warning(pop)\n' +
    '#pragma prefast(disable: 28103)\n#pragma prefast(disable: 28104, "x")\n#pragma prefast(enable: 28103)\nint b;\n';
  expect(suppressions(text)).toEqual(['28101: 1-3', '28102: 1-3', '28103: 4-6', '28104: 5-9']);
});

test('push and pop inside each other', () => {
  const text =
    '#pragma warning(disable: 1)\n#pragma warning(push, 3)\n#pragma warning(disable: 2)\n#pragma warning(push)\n' +
    '#pragma warning(disable: 3)\n#pragma warning(pop)\n#pragma warning(pop)\n';
  expect(suppressions(text)).toEqual(['1: 0-8', '2: 2-6', '3: 4-5']);
});

test('nothing in strings and hidden branches', () => {
  expect(suppressions('char *a = "// ndis-disable-line";\n#if 0\n#pragma warning(disable: 28101)\n#endif\n')).toEqual(
    [],
  );
});

test('a pop too many and clauses of other kinds are left alone', () => {
  expect(
    suppressions('#pragma warning(pop)\n#pragma warning(error: 4)\n#pragma warning(once: 5; disable: 6)\n'),
  ).toEqual(['6: 2-4']);
});
