import { expect, test } from 'vitest';
import { declaredName, parse } from './parser.js';
import { sample } from './sample.js';

test.each(['c', 'cpp'] as const)('no beginning of a file makes the parser throw (%s)', (language) => {
  for (let length = 0; length <= sample.length; length += 7) {
    const file = parse(sample.slice(0, length), language);
    for (const item of file.items) expect(item.start + item.length).toBeLessThanOrEqual(length);
  }
});

const before = 'VOID First(VOID)\n{\n    A();\n}\n\n';
const after = '\nNDIS_STATUS\nLast(\n    IN PVOID Context\n    )\n{\n    return B(Context);\n}\n';

test.each([
  ['an open brace', 'VOID Middle(VOID)\n{\n    if (x) {\n        C();\n}\n'],
  ['an open function', 'VOID Middle(VOID)\n{\n    C();\n'],
  ['an open call', 'VOID Middle(VOID)\n{\n    C(a,\n}\n'],
  ['an open call without brace', 'VOID Middle(VOID)\n{\n    C(\n'],
  ['an open parameter list', 'VOID Middle(\n'],
  ['an open parameter list with parameters', 'VOID Middle(\n    IN PVOID Context,\n'],
  ['a word alone', 'VOID\n'],
  ['a brace too many', 'VOID Middle(VOID)\n{\n    C();\n}\n}\n'],
  ['a structure without end', 'typedef struct _A {\n    ULONG B;\n'],
  ['a string without end', 'VOID Middle(VOID)\n{\n    C("abc);\n}\n'],
  ['a lone #if', '#if DBG\nVOID Middle(VOID)\n{\n}\n'],
  ['a lone #endif', '#endif\n'],
])('functions around %s stay whole', (_, middle) => {
  const file = parse(before + middle + after);
  const whole = file.items.filter((item) => item.root.kind === 'function_definition' && !item.root.broken);
  expect(whole.map(declaredName)).toEqual(expect.arrayContaining(['First', 'Last']));
});

test('an error stays in its statement', () => {
  const file = parse('void f(void)\n{\n    a();\n    b = = c;\n    d();\n}\n');
  const body = file.items[0]?.root.children.at(-1);
  expect(body?.children.map((node) => node.broken === true)).toEqual([false, true, false]);
});
